package io.katydid.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.katydid.log.Log;
import java.lang.management.ManagementFactory;

/** How many files and connections this process may have open. The JVM has raised that as far as it is allowed to. */
final class OpenFiles {
  private static final long ENOUGH = 10_000;

  private OpenFiles() {}

  static void warnIfFew(Log log) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() < ENOUGH) {
      log.warning(
          "System open file limit '" + system.getMaxFileDescriptorCount() + "' is below minimum setting '" + ENOUGH
              + "'. Each user has a connection: raise the limit with 'ulimit -n " + ENOUGH + "' before the start.");
    }
  }
}
