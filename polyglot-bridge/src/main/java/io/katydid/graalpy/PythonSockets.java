package io.katydid.graalpy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.graalvm.polyglot.HostAccess;

/**
 * What the Python module {@code _katydid_socket_waits} needs of Java: waiting for sockets with the gate given back, and
 * connecting and binding as the system does it. One per context; called by threads that are in Python. Methods return the
 * system's error numbers, 0 for none.
 */
public final class PythonSockets {
  /** What a socket can be waited for, as Python says it. */
  private static final int READ = 1;
  private static final int WRITE = 2;
  /** The system's numbers of families. */
  private static final int INET6 = 10;

  /** By the system's numbers (Linux): the level in the upper half. */
  private static final Map<Integer, SocketOption<?>> OPTIONS =
      Map.of(
          1 << 16 | 13, StandardSocketOptions.SO_LINGER,
          1 << 16 | 15, StandardSocketOptions.SO_REUSEPORT,
          1, StandardSocketOptions.IP_TOS,
          6 << 16 | 4, ExtendedSocketOptions.TCP_KEEPIDLE,
          6 << 16 | 5, ExtendedSocketOptions.TCP_KEEPINTERVAL,
          6 << 16 | 6, ExtendedSocketOptions.TCP_KEEPCOUNT,
          6 << 16 | 12, ExtendedSocketOptions.TCP_QUICKACK);

  private final PythonGate gate;
  private final GraalPySockets sockets;
  private final SocketWaits waits = new SocketWaits();

  PythonSockets(PythonGate gate, GraalPySockets sockets) {
    this.gate = gate;
    this.sockets = sockets;
  }

  void close() {
    waits.close();
  }

  /** Whether {@link #select} can wait for a file: a socket, unless it has been detached and so blocks. */
  @HostAccess.Export
  public boolean canBeAwaited(int fd) {
    SelectableChannel channel = sockets.channel(fd);
    return channel == null ? sockets.isSocket(fd) : !channel.isBlocking();
  }

  /** The number of what went wrong, by the text that Java has for it. */
  @HostAccess.Export
  public int numberOf(String text) {
    return SystemErrors.number(new IOException(text));
  }

  /** Whether a socket is one of streams. */
  @HostAccess.Export
  public boolean isStream(int fd) {
    return sockets.isStream(fd);
  }

  /**
   * Begins to connect.
   *
   * @return 0 connected, {@link SystemErrors#IN_PROGRESS} if {@link #connected} will tell, or why not
   */
  @HostAccess.Export
  public int connect(int fd, int family, String host, int port) {
    SocketChannel connection = sockets.connection(fd);
    try {
      if (sockets.listener(fd) != null) {
        return SystemErrors.IS_CONNECTED;
      }
      InetAddress address = address(family, host);
      if (connection == null) {
        connection = open(family);
        sockets.connection(fd, connection);
      }
      return connection.connect(new InetSocketAddress(address, port)) ? 0 : SystemErrors.IN_PROGRESS;
    } catch (IOException | RuntimeException e) {
      int number = SystemErrors.number(e);
      if (connection != null && number != SystemErrors.IS_CONNECTED && !connection.isOpen()) {
        // Java closes a channel that could not be connected; in Python the socket may try again.
        sockets.connection(fd, null);
      }
      return number;
    }
  }

  /** How the connecting has ended: 0, {@link SystemErrors#IN_PROGRESS} if it has not, or why it failed. */
  @HostAccess.Export
  public int connected(int fd) {
    SocketChannel connection = sockets.connection(fd);
    if (connection == null) {
      return SystemErrors.NOT_CONNECTED;
    }
    try {
      return connection.finishConnect() ? 0 : SystemErrors.IN_PROGRESS;
    } catch (IOException | RuntimeException e) {
      sockets.connection(fd, null);
      return SystemErrors.number(e);
    }
  }

  /** Binds a socket of streams. */
  @HostAccess.Export
  public int bind(int fd, int family, String host, int port, boolean reuseAddress) {
    if (sockets.connection(fd) != null || sockets.listener(fd) != null) {
      return SystemErrors.INVALID;
    }
    SocketChannel channel = null;
    try {
      InetAddress address = address(family, host);
      channel = open(family);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, reuseAddress);
      channel.bind(new InetSocketAddress(address, port));
      sockets.connection(fd, channel);
      return 0;
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      return SystemErrors.number(e);
    }
  }

  /** A socket of streams accepts connections from now on, where it is bound. */
  @HostAccess.Export
  public int listen(int fd, int family, int backlog) {
    if (sockets.listener(fd) != null) {
      return 0;
    }
    SocketChannel bound = sockets.connection(fd);
    ServerSocketChannel listener = null;
    try {
      if (bound != null && (bound.isConnected() || bound.isConnectionPending())) {
        return SystemErrors.INVALID;
      }
      // Java's listeners are another kind of channel: the port is free for a moment.
      InetSocketAddress at = bound == null ? null : (InetSocketAddress) bound.getLocalAddress();
      closeQuietly(bound);
      listener = ServerSocketChannel.open(family(family));
      listener.configureBlocking(false);
      listener.bind(at, backlog);
      sockets.listener(fd, listener);
      return 0;
    } catch (IOException | RuntimeException e) {
      closeQuietly(listener);
      sockets.connection(fd, null);
      return SystemErrors.number(e);
    }
  }

  /**
   * Waits until a socket is ready.
   *
   * @param what 1 to read or accept, 2 to write, 3 either
   * @param seconds negative = for ever
   * @return 1 ready, 0 timed out, -1 the calling thread was killed
   */
  @HostAccess.Export
  public int await(int fd, int what, double seconds) {
    return select(new int[] {fd}, new int[] {what}, seconds) instanceof int[] ready
        ? Math.min(ready[0], 1) : PythonThread.KILLED;
  }

  /**
   * Waits until one of several sockets is ready.
   *
   * @param what for each: 1 to read or accept, 2 to write, 3 either
   * @param seconds negative = for ever; 0 = only looks
   * @return for each what it is ready for; null: the calling thread was killed
   */
  @HostAccess.Export
  public int[] select(int[] fds, int[] what, double seconds) {
    int[] found = new int[fds.length];
    List<SocketWaits.Interest> interests = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < fds.length; i++) {
      SelectableChannel channel = sockets.channel(fds[i]);
      int operations = channel == null ? 0 : operations(channel, what[i]);
      if (operations == 0) {
        // Not connected: whoever tries it learns why at once.
        found[i] = what[i];
        any = true;
      } else {
        interests.add(new SocketWaits.Interest(channel, operations));
        indexes.add(i);
      }
    }
    boolean once = any || seconds == 0;
    PythonThread self = PythonThread.current();
    SocketWaits.Wait wait = waits.begin(interests, once);
    gate.leave();
    try {
      if (!await(wait, once, seconds, self)) {
        return null;
      }
    } finally {
      waits.end(wait);
      gate.enter();
    }
    if (wait.anyReady()) {
      for (int i = 0; i < indexes.size(); i++) {
        found[indexes.get(i)] = said(wait.ready(i), what[indexes.get(i)]);
      }
    }
    return found;
  }

  /** False if the calling thread was killed. */
  private static boolean await(SocketWaits.Wait wait, boolean once, double seconds, PythonThread self) {
    boolean forEver = seconds < 0;
    long deadline = System.nanoTime() + (forEver ? 0 : (long) Math.min(seconds * 1e9, 4e18));
    while (!wait.anyReady() && !(once && wait.lookedAt())) {
      if (self != null && self.killPending()) {
        return !self.takeKill();
      }
      long left = deadline - System.nanoTime();
      if (once || forEver) {
        LockSupport.park(wait);
      } else if (left <= 0) {
        return true;
      } else {
        LockSupport.parkNanos(wait, left);
      }
      Thread.interrupted();
    }
    return true;
  }

  /**
   * Sets an option that Java has and GraalPy has not.
   *
   * @return false if this is none of them, or the socket cannot have it now
   */
  @HostAccess.Export
  public boolean setOption(int fd, int level, int name, int value) {
    SocketOption<?> option = OPTIONS.get(level << 16 | name);
    if (option == null || !(sockets.channel(fd) instanceof NetworkChannel channel)
        || !channel.supportedOptions().contains(option)) {
      return false;
    }
    try {
      set(channel, option, value);
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(NetworkChannel channel, SocketOption<T> option, int value) throws IOException {
    channel.setOption(option, option.type() == Boolean.class ? (T) Boolean.valueOf(value != 0) : (T) Integer.valueOf(value));
  }

  /** A socket is about to be closed: nobody waits for it any more. */
  @HostAccess.Export
  public void closing(int fd) {
    SelectableChannel channel = sockets.channel(fd);
    if (channel != null) {
      waits.forget(channel);
    }
  }

  private static int operations(SelectableChannel channel, int what) {
    int operations = 0;
    if (channel instanceof ServerSocketChannel) {
      return (what & READ) == 0 ? 0 : SelectionKey.OP_ACCEPT;
    }
    if (channel instanceof SocketChannel connection && !connection.isConnected()) {
      return connection.isConnectionPending() ? SelectionKey.OP_CONNECT : 0;
    }
    if ((what & READ) != 0) {
      operations |= SelectionKey.OP_READ;
    }
    if ((what & WRITE) != 0) {
      operations |= SelectionKey.OP_WRITE;
    }
    return operations;
  }

  private static int said(int operations, int what) {
    int said = 0;
    if ((operations & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
      said |= READ;
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      said |= WRITE;
    }
    if ((operations & SelectionKey.OP_CONNECT) != 0) {
      // A connection that has failed can be read as well as written.
      said |= what;
    }
    return said & what;
  }

  private static SocketChannel open(int family) throws IOException {
    SocketChannel channel = SocketChannel.open(family(family));
    channel.configureBlocking(false);
    return channel;
  }

  private static StandardProtocolFamily family(int number) {
    return number == INET6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  /** Looks a name up with the gate given back; numbers need no look. */
  private InetAddress address(int family, String host) throws UnknownHostException {
    if (host.isEmpty()) {
      return InetAddress.getByAddress(new byte[family == INET6 ? 16 : 4]);
    }
    boolean number = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    InetAddress[] known;
    if (number) {
      known = InetAddress.getAllByName(host);
    } else {
      gate.leave();
      try {
        known = InetAddress.getAllByName(host);
      } finally {
        gate.enter();
      }
    }
    Class<?> wanted = family == INET6 ? Inet6Address.class : Inet4Address.class;
    for (InetAddress address : known) {
      if (wanted.isInstance(address)) {
        return address;
      }
    }
    throw new UnknownHostException(host);
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
