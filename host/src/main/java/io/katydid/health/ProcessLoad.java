package io.katydid.health;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what the system knows of this process. Stateless; any thread. */
public final class ProcessLoad {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;

  private ProcessLoad() {}

  /** CPU time of all threads so far, in nanoseconds. */
  public static long cpuNanos() {
    return SYSTEM.getProcessCpuTime();
  }

  /** Time in collector pauses so far, in milliseconds; what collectors do beside the program does not count. */
  static long gcMillis() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (!collector.getName().endsWith("Cycles")) {
        sum += Math.max(0, collector.getCollectionTime());
      }
    }
    return sum;
  }

  /** Resident memory in bytes; where the system does not tell, the committed heap. */
  public static long residentBytes() {
    try {
      return Long.parseLong(Files.readString(STATM, StandardCharsets.US_ASCII).split(" ")[1]) * PAGE_BYTES;
    } catch (IOException | RuntimeException e) {
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }
  }
}
