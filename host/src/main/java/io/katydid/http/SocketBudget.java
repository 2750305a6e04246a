package io.katydid.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Keeps some of the files that the system lets this process open out of the reach of users' connections: Python needs them to
 * import a module, to show where an exception came from, and the run to write its results. Without them users would end in places where
 * nobody expects it. One per {@link SocketLoop}; any thread.
 *
 * <p>The system is not asked for each connection: that takes as long as there are files.
 */
final class SocketBudget {
  private static final int RESERVED = 48;
  /** Others open files too, so not all that is left is given away before the system is asked again. */
  private static final int MOST_AT_ONCE = 256;
  private static final int SHARE = 4;

  private final LongSupplier free;
  private final AtomicInteger left = new AtomicInteger();

  SocketBudget() {
    this(SocketBudget::freeInSystem);
  }

  /** @param free how many files may still be opened; negative = nobody knows */
  SocketBudget(LongSupplier free) {
    this.free = free;
  }

  private static long freeInSystem() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? Math.max(0, system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()) : -1;
  }

  /** Whether there may be one more socket. */
  boolean take() {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0 || ask();
  }

  private synchronized boolean ask() {
    long all = free.getAsLong();
    if (all < 0) {
      left.set(MOST_AT_ONCE);
      return true;
    }
    long forUsers = all - RESERVED;
    if (forUsers <= 0) {
      return false;
    }
    left.set((int) Math.min((forUsers - 1) / SHARE, MOST_AT_ONCE));
    return true;
  }
}
