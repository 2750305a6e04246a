package io.katydid.graalpy;

import com.oracle.graal.python.runtime.EmulatedPosixSupport;
import com.oracle.graal.python.runtime.PythonContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The Java channels behind the sockets of GraalPy's Java-made posix module. GraalPy keeps them in private fields, makes one
 * only at connect or listen, and connects it blocking; {@link PythonSockets} needs them to wait outside of Python. Read and
 * written by threads that are in the context.
 *
 * <p>{@code -Dkatydid.pythonSockets=graalpy} leaves sockets to GraalPy: then at most 32 users wait in one at a time.
 */
final class GraalPySockets {
  /** The system property that can leave sockets to GraalPy. */
  static final String PROPERTY = "katydid.pythonSockets";

  private static final String EMULATION = "com.oracle.graal.python.runtime.EmulatedPosixSupport";

  private final Class<?> streams;
  private final Class<?> datagrams;
  private final VarHandle client;
  private final VarHandle server;
  private final VarHandle datagram;

  private GraalPySockets() throws ReflectiveOperationException {
    streams = Class.forName(EMULATION + "$EmulatedStreamSocket");
    datagrams = Class.forName(EMULATION + "$EmulatedDatagramSocket");
    MethodHandles.Lookup inStreams = MethodHandles.privateLookupIn(streams, MethodHandles.lookup());
    client = inStreams.findVarHandle(streams, "clientChannel", SocketChannel.class);
    server = inStreams.findVarHandle(streams, "serverChannel", ServerSocketChannel.class);
    datagram =
        MethodHandles.privateLookupIn(datagrams, MethodHandles.lookup())
            .findVarHandle(datagrams, "channel", DatagramChannel.class);
  }

  /** Null if the property, or another GraalPy than the one this was written for, leaves sockets to GraalPy. */
  static GraalPySockets find() {
    if ("graalpy".equals(System.getProperty(PROPERTY))
        || !(PythonContext.get(null).getPosixSupport() instanceof EmulatedPosixSupport)) {
      return null;
    }
    try {
      return new GraalPySockets();
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static Channel file(int fd) {
    return ((EmulatedPosixSupport) PythonContext.get(null).getPosixSupport()).getFileChannel(fd);
  }

  /** GraalPy's socket with this number; null if there is none. */
  private static Object in(Class<?> kind, int fd) {
    Channel file = file(fd);
    return kind.isInstance(file) ? file : null;
  }

  /** Whether this is a socket of streams, connected or not. */
  boolean isStream(int fd) {
    return in(streams, fd) != null;
  }

  /** Whether this is a socket. */
  boolean isSocket(int fd) {
    return isStream(fd) || in(datagrams, fd) != null;
  }

  /** The channel of a socket; null if it has none yet. */
  SelectableChannel channel(int fd) {
    Object packets = in(datagrams, fd);
    if (packets != null) {
      return (DatagramChannel) datagram.get(packets);
    }
    ServerSocketChannel listening = listener(fd);
    return listening != null ? listening : connection(fd);
  }

  /** The channel of a socket that has been bound or connected; null if there is none. */
  SocketChannel connection(int fd) {
    Object socket = in(streams, fd);
    return socket == null ? null : (SocketChannel) client.getVolatile(socket);
  }

  /** The channel of a socket that listens; null if there is none. */
  ServerSocketChannel listener(int fd) {
    Object socket = in(streams, fd);
    return socket == null ? null : (ServerSocketChannel) server.getVolatile(socket);
  }

  /** From now on the socket is this connection, or what is to become one; null: nothing yet. */
  void connection(int fd, SocketChannel channel) {
    client.setVolatile(in(streams, fd), channel);
  }

  /** From now on the socket is this listener. */
  void listener(int fd, ServerSocketChannel channel) {
    Object socket = in(streams, fd);
    client.setVolatile(socket, (SocketChannel) null);
    server.setVolatile(socket, channel);
  }
}
