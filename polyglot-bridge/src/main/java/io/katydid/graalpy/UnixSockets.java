package io.katydid.graalpy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Unix socket for Python, which has only sockets of the network: what comes on one is carried to the other, on threads of
 * our own. The loopback's ports are open to every user of the machine, so each side accepts only a connection whose port it
 * was told. Made and closed by the Python socket that it stands behind.
 */
public final class UnixSockets implements AutoCloseable {
  private static final int PIECE_BYTES = 64 * 1024;

  private final String problem;
  private final SocketChannel connection;
  private final ServerSocketChannel listener;
  private final ServerSocket door;
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  private UnixSockets(String problem, SocketChannel connection, ServerSocketChannel listener, ServerSocket door) {
    this.problem = problem;
    this.connection = connection;
    this.listener = listener;
    this.door = door;
  }

  /** Connected to the socket at this path; {@link #problem} says if it is not. */
  static UnixSockets connect(Path path) {
    try {
      if (!Files.exists(path)) {
        return new UnixSockets("missing", null, null, null);
      }
      SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(path));
      return new UnixSockets("", connection, null, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException | RuntimeException e) {
      return new UnixSockets(problem(e), null, null, null);
    }
  }

  /** Listening at this path; {@link #problem} says if not. */
  static UnixSockets listen(Path path) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(path));
      return new UnixSockets("", null, listener, null);
    } catch (IOException | RuntimeException e) {
      return new UnixSockets(problem(e), null, null, null);
    }
  }

  private static String problem(Exception e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
    if (e instanceof AccessDeniedException || text.contains("permission denied")) {
      return "denied";
    }
    return text.contains("refused") ? "refused" : text.contains("no such file") ? "missing" : "invalid";
  }

  /** "", or why there is no socket: missing, refused, denied, invalid. */
  public String problem() {
    return problem;
  }

  /** The port of the loopback at which the connection is to be had. */
  public int port() {
    return door.getLocalPort();
  }

  /** Python has come from this port of the loopback; whoever else comes is sent away. */
  public void expect(int port) {
    Thread.ofVirtual().name("unix-socket").start(() -> letIn(port));
  }

  private void letIn(int port) {
    try (door) {
      while (true) {
        Socket python = door.accept();
        if (python.getPort() == port) {
          carry(connection, python);
          return;
        }
        python.close();
      }
    } catch (IOException e) {
      closeQuietly(connection);
    }
  }

  /** From now on whoever connects to the Unix socket is led to this port of the loopback. */
  public void carryTo(int port) {
    Thread.ofVirtual().name("unix-socket").start(() -> accept(port));
  }

  private void accept(int port) {
    try {
      while (true) {
        SocketChannel peer = listener.accept();
        Socket python = new Socket();
        python.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ports.add(python.getLocalPort());
        try {
          python.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          carry(peer, python);
        } catch (IOException e) {
          closeQuietly(peer);
          closeQuietly(python);
        }
      }
    } catch (IOException e) {
      closeQuietly(listener);
    }
  }

  /** Whether a connection that has come from this port is one of ours. */
  public boolean carries(int port) {
    return ports.remove(port);
  }

  private static void carry(SocketChannel unix, Socket python) throws IOException {
    python.setTcpNoDelay(true);
    Thread.ofVirtual().name("unix-socket").start(() -> carryIn(unix, python));
    Thread.ofVirtual().name("unix-socket").start(() -> carryOut(unix, python));
  }

  private static void carryIn(SocketChannel unix, Socket python) {
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    try {
      OutputStream to = python.getOutputStream();
      while (unix.read(piece) >= 0) {
        to.write(piece.array(), 0, piece.position());
        piece.clear();
      }
      python.shutdownOutput();
    } catch (ClosedChannelException e) {
      closeQuietly(python);
    } catch (IOException e) {
      closeQuietly(python);
      closeQuietly(unix);
    }
  }

  private static void carryOut(SocketChannel unix, Socket python) {
    byte[] piece = new byte[PIECE_BYTES];
    try {
      InputStream from = python.getInputStream();
      for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
        ByteBuffer left = ByteBuffer.wrap(piece, 0, length);
        while (left.hasRemaining()) {
          unix.write(left);
        }
      }
      unix.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(python);
      closeQuietly(unix);
    }
  }

  /** A listener ends; of a connection the two carriers see the end themselves. */
  @Override
  public void close() {
    closeQuietly(listener);
    closeQuietly(door);
  }

  private static void closeQuietly(AutoCloseable one) {
    try {
      if (one != null) {
        one.close();
      }
    } catch (Exception e) {
      // It is gone either way.
    }
  }
}
