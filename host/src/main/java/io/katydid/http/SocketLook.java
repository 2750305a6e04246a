package io.katydid.http;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.SocketChannel;

/**
 * Asks the system whether something has come on a socket, bytes or its end, without reading it (poll of poll(2), which does not
 * wait here). For requests that must not be sent twice: the {@link SocketLoop} may be a moment behind. Owned by the connection, used by
 * the thread that holds it.
 */
final class SocketLook {
  private static final short POLLIN = 1;
  private static final short POLLRDHUP = 0x2000;
  private static final int EVENTS_AT = 4;
  private static final int FOUND_AT = 6;

  /** struct pollfd: number, what is asked for, what is there. */
  private final MemorySegment asked = MemorySegment.ofArray(new int[2]);

  /** Looked up at the first use. */
  private static final class Calls {
    static final MethodHandle POLL = Linker.nativeLinker().downcallHandle(
        Linker.nativeLinker().defaultLookup().findOrThrow("poll"),
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), Linker.Option.critical(true));
  }

  /** Whether nothing has come, as far as the system can tell; true where it cannot be asked. */
  boolean silent(SocketChannel channel) {
    if (!SystemSockets.possible()) {
      return true;
    }
    asked.set(JAVA_INT, 0, SystemSockets.number(channel));
    asked.set(JAVA_SHORT, EVENTS_AT, (short) (POLLIN | POLLRDHUP));
    asked.set(JAVA_SHORT, FOUND_AT, (short) 0);
    try {
      return (int) Calls.POLL.invokeExact(asked, 1L, 0) <= 0;
    } catch (Throwable e) {
      throw SystemSockets.unexpected(e);
    }
  }
}
