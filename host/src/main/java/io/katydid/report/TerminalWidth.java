package io.katydid.report;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.IntSupplier;

/**
 * How many columns the terminal on standard output has now, asked anew each time, so that a resized window needs no
 * signal handler. Java has no call for this, hence one to the C library; where that is refused or unknown there is no
 * terminal. Use it from one thread (the one that prints).
 */
public final class TerminalWidth implements IntSupplier {
  /** No terminal: a file, a pipe, or a system we do not know. */
  public static final int NONE = 0;

  private static final int STANDARD_OUTPUT = 1;
  private static final long GET_WINDOW_SIZE_LINUX = 0x5413L;
  private static final long GET_WINDOW_SIZE_MAC = 0x40087468L;
  private static final int COLUMNS_OFFSET = 2;
  private static final int WINDOW_SIZE_BYTES = 8;

  private final MethodHandle ioctl;
  private final long getWindowSize;

  /** @param systemName the system property os.name */
  public TerminalWidth(String systemName) {
    getWindowSize = systemName.startsWith("Mac") ? GET_WINDOW_SIZE_MAC : GET_WINDOW_SIZE_LINUX;
    ioctl = systemName.startsWith("Mac") || systemName.startsWith("Linux") ? ioctl() : null;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle ioctl() {
    try {
      Linker linker = Linker.nativeLinker();
      return linker.defaultLookup().find("ioctl").map(address -> linker.downcallHandle(
          address,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2))).orElse(null);
    } catch (IllegalCallerException | UnsupportedOperationException noNativeAccess) {
      return null;
    }
  }

  @Override
  public int getAsInt() {
    if (ioctl == null) {
      return NONE;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINDOW_SIZE_BYTES, Short.BYTES);
      int failed = (int) ioctl.invokeExact(STANDARD_OUTPUT, getWindowSize, size);
      return failed != 0 ? NONE : Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_OFFSET));
    } catch (Throwable e) {
      throw new IllegalStateException("The C library's ioctl could not be called", e);
    }
  }
}
