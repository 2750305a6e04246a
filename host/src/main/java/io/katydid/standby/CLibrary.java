package io.katydid.standby;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Calls of the C library of a 64-bit Linux that Java has no words for. Stateless; any thread. */
final class CLibrary {
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET = CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private CLibrary() {}

  /** A call that failed, with the C library's number of the reason. */
  static final class CallFailed extends IOException {
    private static final long serialVersionUID = 1L;
    private final int number;

    CallFailed(String function, int number) {
      super(function + " failed (errno " + number + ")");
      this.number = number;
    }

    /** Nothing came within the time. */
    boolean timedOut() {
      return number == EAGAIN;
    }
  }

  /** A call with ints only, one of which it returns. */
  static int ints(String function, Integer... arguments) throws IOException {
    return (int) call(function, JAVA_INT, (Object[]) arguments);
  }

  /** Changes this process's working directory, for the kernel; Java's own must be {@code /proc/self/cwd} to follow. */
  static void enter(Path folder) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      call("chdir", JAVA_INT, arena.allocateFrom(folder.toString()));
    }
  }

  /**
   * A call, made again if a signal has interrupted it. For what is called a few times in a process's life.
   *
   * @param result the layout of the result, int or long; a negative one is a failure
   * @param arguments ints, longs and addresses, as the function's parameters are
   */
  static long call(String function, ValueLayout result, Object... arguments) throws IOException {
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = arguments[i] instanceof Integer ? JAVA_INT : arguments[i] instanceof Long ? JAVA_LONG : ADDRESS;
    }
    MethodHandle handle =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow(function),
            FunctionDescriptor.of(result, types),
            Linker.Option.captureCallState("errno"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      List<Object> all = new ArrayList<>(List.of(state));
      all.addAll(List.of(arguments));
      while (true) {
        long value = ((Number) handle.invokeWithArguments(all)).longValue();
        if (value >= 0) {
          return value;
        }
        int number = state.get(JAVA_INT, ERRNO_OFFSET);
        if (number != EINTR) {
          throw new CallFailed(function, number);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
