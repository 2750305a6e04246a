package io.katydid.cluster;

import io.katydid.cluster.zmtp.Command;
import io.katydid.cluster.zmtp.Frames;
import io.katydid.cluster.zmtp.Greeting;
import io.katydid.cluster.zmtp.ZmtpException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/**
 * One TCP connection to a ROUTER, spoken in ZMTP 3.1 with the NULL mechanism as a DEALER (rfc.zeromq.org/spec/37).
 *
 * <p>Written here because JeroMQ 0.6's connecting side loses up to one connection in ten to a race (its issue 1022) and
 * hides connects and disconnects, which a worker wants to know. One thread reads, any thread may write.
 */
final class ZmtpConnection implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int HANDSHAKE_TIMEOUT_MS = 10_000;
  private static final int KEEPALIVE_IDLE_SECONDS = 30;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final long maxFrameBytes;

  private ZmtpConnection(Socket socket, long maxFrameBytes) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    this.maxFrameBytes = maxFrameBytes;
  }

  /**
   * Connects and shakes hands.
   *
   * @throws IOException with a sentence if there is nobody or no ROUTER
   */
  static ZmtpConnection open(InetSocketAddress address, byte[] identity, long maxFrameBytes) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
      }
      socket.setTcpNoDelay(true);
      socket.connect(address, CONNECT_TIMEOUT_MS);
      if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
        throw new IOException("Nobody listens on " + address + "; the connection came back to itself.");
      }
      socket.setSoTimeout(HANDSHAKE_TIMEOUT_MS);
      ZmtpConnection connection = new ZmtpConnection(socket, maxFrameBytes);
      connection.greet();
      connection.ready(identity);
      socket.setSoTimeout(0);
      return connection;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void greet() throws IOException {
    out.write(Greeting.ours());
    out.flush();
    byte[] answer = new byte[Greeting.BYTES];
    in.readFully(answer);
    try {
      Greeting.check(answer, answer.length);
    } catch (ZmtpException e) {
      throw new IOException("What listens there is no Locust master: it " + e.getMessage() + ".", e);
    }
  }

  private void ready(byte[] identity) throws IOException {
    out.write(Command.ready("DEALER", identity).frame());
    out.flush();
    int flags = in.readUnsignedByte();
    Command answer = Command.read(body(flags, Frames.LONGEST_COMMAND));
    if ((flags & Frames.COMMAND) == 0 || !answer.isReady()) {
      throw new IOException("The master refused the connection (" + answer.name() + ").");
    }
  }

  /** Sends one message of one frame. Returns when the operating system has taken it. */
  synchronized void write(byte[] payload, boolean flush) throws IOException {
    out.write(Frames.message(payload));
    if (flush) {
      out.flush();
    }
  }

  /**
   * Waits for the next message and returns its first frame; further frames are skipped.
   *
   * @throws EOFException when the master has closed the connection
   */
  byte[] read() throws IOException {
    while (true) {
      int flags = in.readUnsignedByte();
      if ((flags & Frames.COMMAND) != 0) {
        command(Command.read(body(flags, Frames.LONGEST_COMMAND)));
        continue;
      }
      byte[] first = body(flags, maxFrameBytes);
      while ((flags & Frames.MORE) != 0) {
        flags = in.readUnsignedByte();
        body(flags, maxFrameBytes);
      }
      return first;
    }
  }

  private byte[] body(int flags, long limit) throws IOException {
    long length = (flags & Frames.LONG) != 0 ? in.readLong() : in.readUnsignedByte();
    try {
      Frames.checkLength(length, limit);
    } catch (ZmtpException e) {
      throw new IOException("The master " + e.getMessage() + ".", e);
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  /** A PING is answered; other commands mean nothing here. */
  private synchronized void command(Command command) throws IOException {
    Command pong = command.pong();
    if (pong != null) {
      out.write(pong.frame());
      out.flush();
    }
  }

  /** Sends what is left and says that no more comes; reading goes on until the master closes as well. */
  synchronized void finishWriting() throws IOException {
    out.flush();
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // closing is all that was wanted
      return;
    }
  }
}
