package io.katydid.health;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Whether this process may open as many connections as its users will want. Users that cannot connect count as failures
 * of the system under test, so this is said before they start. Stateless; any thread.
 */
public final class OpenFiles {
  /** Jars, logs, sockets of the cluster and of the web UI. */
  private static final long OWN_FILES = 300;

  /** What Locust asks of every system, however many users there will be. */
  private static final long ENOUGH = 10_000;

  private OpenFiles() {}

  /** A sentence for the user, as Locust has it, if the limit is low in general; said once, at the start. */
  public static Optional<String> fewInGeneral() {
    long limit = limit();
    return limit <= 0 || limit >= ENOUGH
        ? Optional.empty()
        : Optional.of(
            "System open file limit '" + limit + "' is below minimum setting '" + ENOUGH
                + "'. Each user has a connection: raise the limit with 'ulimit -n " + ENOUGH + "' before the start.");
  }

  /**
   * A sentence for the user if the limit is too low for a number of users; empty where it is not, and where the system
   * does not tell.
   *
   * @param users with one connection each
   */
  public static Optional<String> tooFewFor(long users) {
    return tooFew(limit(), users);
  }

  /** The JVM has raised it as far as it is allowed to; 0 = the system does not tell. */
  private static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount()
        : 0;
  }

  static Optional<String> tooFew(long limit, long users) {
    long needed = users + OWN_FILES;
    if (limit <= 0 || limit >= needed) {
      return Optional.empty();
    }
    long rounded = (needed + 1023) / 1024 * 1024;
    return Optional.of(
        "This process may open " + limit + " files and " + users + " users with a connection each need " + needed
            + ". Run 'ulimit -n " + rounded + "' in the shell before starting it (in a container: --ulimit nofile="
            + rounded + "), or spread the users over more workers.");
  }
}
