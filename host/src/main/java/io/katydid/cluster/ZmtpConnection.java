package io.katydid.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jdk.net.ExtendedSocketOptions;

/**
 * One TCP connection to a ROUTER, spoken in ZMTP 3.1 with the NULL mechanism as a DEALER (rfc.zeromq.org/spec/37).
 *
 * <p>Written here because JeroMQ 0.6's connecting side loses up to one connection in ten to a race (its issue 1022) and
 * hides connects and disconnects, which a worker wants to know. One thread reads, any thread may write.
 */
final class ZmtpConnection implements AutoCloseable {
  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;
  private static final int GREETING_BYTES = 64;
  private static final int LONGEST_COMMAND = 64 << 10;
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int HANDSHAKE_TIMEOUT_MS = 10_000;
  private static final int KEEPALIVE_IDLE_SECONDS = 30;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final long maxFrameBytes;

  private ZmtpConnection(Socket socket, long maxFrameBytes) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
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
    byte[] greeting = new byte[GREETING_BYTES];
    greeting[0] = (byte) 0xff;
    greeting[8] = 1;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    greeting[11] = 1;
    System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
    out.write(greeting);
    out.flush();
    byte[] answer = new byte[GREETING_BYTES];
    in.readFully(answer);
    if (answer[0] != (byte) 0xff || (answer[9] & 1) == 0 || answer[10] < 3) {
      throw new IOException("What listens there does not speak ZMTP 3, so it is no Locust master.");
    }
    if (!Arrays.equals(greeting, 12, 32, answer, 12, 32)) {
      throw new IOException("The master asks for a security mechanism, which Locust does not use.");
    }
  }

  private void ready(byte[] identity) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream command = new DataOutputStream(body)) {
      command.writeByte(5);
      command.writeBytes("READY");
      property(command, "Socket-Type", "DEALER".getBytes(StandardCharsets.US_ASCII));
      property(command, "Identity", identity);
    }
    frame(COMMAND, body.toByteArray());
    out.flush();
    int flags = in.readUnsignedByte();
    byte[] answer = body(flags, LONGEST_COMMAND);
    String name = commandName(answer);
    if ((flags & COMMAND) == 0 || !name.equals("READY")) {
      throw new IOException("The master refused the connection (" + name + ").");
    }
  }

  private static void property(DataOutputStream command, String name, byte[] value) throws IOException {
    command.writeByte(name.length());
    command.writeBytes(name);
    command.writeInt(value.length);
    command.write(value);
  }

  private static String commandName(byte[] body) {
    int length = body.length == 0 ? 0 : Math.min(body[0] & 0xff, body.length - 1);
    return new String(body, Math.min(1, body.length), length, StandardCharsets.ISO_8859_1);
  }

  /** Sends one message of one frame. Returns when the operating system has taken it. */
  synchronized void write(byte[] payload, boolean flush) throws IOException {
    frame(0, payload);
    if (flush) {
      out.flush();
    }
  }

  private void frame(int flags, byte[] body) throws IOException {
    if (body.length > 255) {
      out.writeByte(flags | LONG);
      out.writeLong(body.length);
    } else {
      out.writeByte(flags);
      out.writeByte(body.length);
    }
    out.write(body);
  }

  /**
   * Waits for the next message and returns its first frame; further frames are skipped.
   *
   * @throws EOFException when the master has closed the connection
   */
  byte[] read() throws IOException {
    while (true) {
      int flags = in.readUnsignedByte();
      if ((flags & COMMAND) != 0) {
        command(body(flags, LONGEST_COMMAND));
        continue;
      }
      byte[] first = body(flags, maxFrameBytes);
      while ((flags & MORE) != 0) {
        flags = in.readUnsignedByte();
        body(flags, maxFrameBytes);
      }
      return first;
    }
  }

  private byte[] body(int flags, long limit) throws IOException {
    long length = (flags & LONG) != 0 ? in.readLong() : in.readUnsignedByte();
    if (length < 0 || length > limit) {
      throw new IOException("The master sent a frame of " + length + " bytes; the limit is " + limit + ".");
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  /**
   * A PING (two bytes of time to live, then a context) is answered with its context; other commands mean nothing
   * here.
   */
  private synchronized void command(byte[] body) throws IOException {
    if (commandName(body).equals("PING") && body.length >= 7) {
      byte[] pong = new byte[body.length - 2];
      System.arraycopy(new byte[] {4, 'P', 'O', 'N', 'G'}, 0, pong, 0, 5);
      System.arraycopy(body, 7, pong, 5, body.length - 7);
      frame(COMMAND, pong);
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
