package io.katydid.http;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sockets by calls of the operating system that also tell when it had received what they bring (SO_TIMESTAMPNS of
 * socket(7)). So a thread that reads late, because the JVM collects garbage or others have the processor, still learns when a
 * reply was there. Sends on them without what a channel does for threads that it does not have here: locks, and a note of who waits.
 *
 * <p>For 64-bit Linux, and a JVM that tells the numbers of its sockets, for which the launcher asks. Owned by one thread, which alone
 * calls what is here; a channel's socket must not be given back to the system while it is used here.
 */
final class SystemSockets implements AutoCloseable {
  // The kernel's numbers, equal on x86-64 and AArch64.
  private static final int SOL_SOCKET = 1;
  private static final int SO_TIMESTAMPNS = 35;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int ECONNRESET = 104;

  /** msghdr: name, its length, buffers, their number, control data, its length, flags. */
  private static final int MESSAGE_BYTES = 56;
  private static final int CONTROL_LENGTH_AT = 40;
  /** cmsghdr: length, level, type; then a timespec, seconds and nanoseconds. */
  private static final int STAMP_BYTES = 32;
  private static final int CONTROL_BYTES = 64;

  private static final int LOOKS = 3;

  private static final boolean POSSIBLE = System.getProperty("os.name").equals("Linux")
      && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"))
      && Channel.class.getModule().isExported("sun.nio.ch", SystemSockets.class.getModule());

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(Calls.STATE);
  private final MemorySegment control = arena.allocate(CONTROL_BYTES, Long.BYTES);
  private final MemorySegment message = arena.allocate(MESSAGE_BYTES, Long.BYTES);
  private final MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
  private final ByteBuffer buffer;
  private final MemorySegment bytes;
  private final Clock timeOfDay = Clock.systemUTC();
  private final ClockOffset clocks = new ClockOffset();
  /** The system takes times while one socket wants them; that it begins and ends to do so would cost more than the times. */
  private final DatagramChannel keeper;
  private long arrivedNanos;

  /** Looked up when the first socket is to be read. */
  private static final class Calls {
    static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    static final long ERRNO_AT = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    static final MethodHandle RECVMSG =
        find("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle SEND =
        find("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle SETSOCKOPT =
        find("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private static MethodHandle find(String function, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(function), type, Linker.Option.captureCallState("errno"));
    }
  }

  /** The number of a channel's socket, for as long as it is open. */
  private static final class Numbers {
    static final MethodHandle OF = find();

    private static MethodHandle find() {
      try {
        return MethodHandles.lookup()
            .findVirtual(Class.forName("sun.nio.ch.SelChImpl"), "getFDVal", MethodType.methodType(int.class))
            .asType(MethodType.methodType(int.class, Channel.class));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private SystemSockets(ByteBuffer buffer) throws IOException {
    this.buffer = buffer;
    this.bytes = MemorySegment.ofBuffer(buffer.clear());
    MemorySegment parts = arena.allocate(2 * Long.BYTES, Long.BYTES);
    parts.set(ADDRESS, 0, bytes);
    parts.set(JAVA_LONG, Long.BYTES, bytes.byteSize());
    message.set(ADDRESS, 16, parts);
    message.set(JAVA_LONG, 24, 1);
    message.set(ADDRESS, 32, control);
    keeper = DatagramChannel.open();
    try {
      stamp(number(keeper));
      lookAtClocks();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Reads into `buffer`, a direct one, and sends from it, by the calling thread; empty where the system or the JVM does not do that.
   */
  static Optional<SystemSockets> with(ByteBuffer buffer) {
    if (!possible()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SystemSockets(buffer));
    } catch (IOException e) {
      // A system that calls itself Linux and takes no times, such as a sandbox.
      return Optional.empty();
    }
  }

  /** Whether this is a system, and a JVM, of which all this can be had. */
  static boolean possible() {
    return POSSIBLE;
  }

  /** The number of a channel's socket, as the system knows it. */
  static int number(Channel channel) {
    try {
      return (int) Numbers.OF.invokeExact(channel);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static IllegalStateException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }

  /**
   * From now on the system notes when what it receives for a channel arrives. Returns the channel's number for {@link #read} and
   * {@link #send}.
   */
  int begin(SocketChannel channel) throws IOException {
    int number = number(channel);
    stamp(number);
    return number;
  }

  private void stamp(int number) throws IOException {
    try {
      int failed =
          (int) Calls.SETSOCKOPT.invokeExact(state, number, SOL_SOCKET, SO_TIMESTAMPNS, on, (int) on.byteSize());
      if (failed != 0) {
        throw new IOException("setsockopt failed (errno " + errno() + ")");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private int errno() {
    return state.get(JAVA_INT, Calls.ERRNO_AT);
  }

  /** Sees how the clocks stand; to be called before what has come after a wait is read. */
  void lookAtClocks() throws IOException {
    boolean known = clocks.known();
    for (int i = 0; i < LOOKS; i++) {
      long before = System.nanoTime();
      Instant time = timeOfDay.instant();
      if (clocks.look(before, time.getEpochSecond() * 1_000_000_000L + time.getNano(), System.nanoTime())) {
        break;
      }
    }
    if (known && !clocks.known()) {
      // Perhaps it is a process that comes from the disk, whose sockets have lost what was set.
      stamp(number(keeper));
    }
  }

  /**
   * Reads what there is, without waiting, into the buffer from its beginning, and tells how much as a SocketChannel does: bytes, 0
   * for none, -1 for the end. Afterwards {@link #arrivedNanos} is known.
   */
  int read(int number) throws IOException {
    while (true) {
      message.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
      long n;
      try {
        n = (long) Calls.RECVMSG.invokeExact(state, number, message, MSG_DONTWAIT);
      } catch (Throwable e) {
        throw unexpected(e);
      }
      long now = System.nanoTime();
      arrivedNanos = now;
      if (n > 0) {
        if (message.get(JAVA_LONG, CONTROL_LENGTH_AT) >= STAMP_BYTES && control.get(JAVA_INT, 8) == SOL_SOCKET
            && control.get(JAVA_INT, 12) == SO_TIMESTAMPNS) {
          arrivedNanos = clocks.nanosAt(control.get(JAVA_LONG, 16) * 1_000_000_000L + control.get(JAVA_LONG, 24), now);
        }
        buffer.limit((int) n).position(0);
        return (int) n;
      } else if (n == 0) {
        return -1;
      }
      int reason = errno();
      if (reason == EAGAIN) {
        return 0;
      } else if (reason == ECONNRESET) {
        throw new SocketException("Connection reset");
      } else if (reason != EINTR) {
        throw new IOException(explain(reason));
      }
    }
  }

  /** When the last of what was read last had arrived, on the scale of {@link System#nanoTime}; at the latest when it was read. */
  long arrivedNanos() {
    return arrivedNanos;
  }

  /** Sends what the system takes at once of `rest`, which has an array. */
  void send(int number, ByteBuffer rest) throws IOException {
    int n;
    int sent;
    do {
      n = Math.min(rest.remaining(), buffer.capacity());
      buffer.clear().put(rest.array(), rest.arrayOffset() + rest.position(), n);
      sent = sendBuffer(number, n);
      rest.position(rest.position() + sent);
    } while (sent == n && rest.hasRemaining());
  }

  /** How many of the buffer's first `n` bytes have been taken. */
  private int sendBuffer(int number, int n) throws IOException {
    while (true) {
      long sent;
      try {
        sent = (long) Calls.SEND.invokeExact(state, number, bytes, (long) n, MSG_DONTWAIT | MSG_NOSIGNAL);
      } catch (Throwable e) {
        throw unexpected(e);
      }
      if (sent >= 0) {
        return (int) sent;
      }
      int reason = errno();
      if (reason == EAGAIN) {
        return 0;
      } else if (reason != EINTR) {
        throw new IOException(explain(reason));
      }
    }
  }

  private static String explain(int reason) {
    try {
      MethodHandle strerror = Linker.nativeLinker().downcallHandle(
          Linker.nativeLinker().defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
      MemorySegment text = (MemorySegment) strerror.invokeExact(reason);
      return text.reinterpret(Integer.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void close() {
    try {
      keeper.close();
    } catch (IOException e) {
      assert !keeper.isOpen();
    }
    arena.close();
  }
}
