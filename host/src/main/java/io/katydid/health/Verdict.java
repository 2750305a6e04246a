package io.katydid.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether what was measured of the generator lets its results be trusted. Pure: figures in, sentences out, each ending in
 * what to do. The limits are where the generator's own delay becomes visible in results.
 */
final class Verdict {
  /** Above this share of all cores, response times contain waiting for a core. */
  static final double HIGH_CPU_SHARE = 0.9;

  /** A timer this late (99th percentile, milliseconds) delays users by as much. */
  private static final double LATE_MILLIS = 20;
  /** Collector pauses beyond this share of the time show in the slowest percentiles. */
  private static final double HIGH_GC_SHARE = 0.05;
  /** This many users waiting for Python on average: the queue, no longer their wait time, decides how fast they are. */
  private static final double MANY_WAITING = 5;
  /** Shares of a shorter time say nothing: the first seconds of a test load classes and compile. */
  private static final double ENOUGH_SECONDS = 10;
  /** The 99th percentile of lateness is that of three wake-ups at least. */
  private static final double ENOUGH_WAKE_UPS_SECONDS = 3;

  private Verdict() {}

  /**
   * @param cores that this process may use
   * @param worstCpuPercent the highest ten seconds since the run began, 100 = one core
   * @param p99LateMillis how late timers were, 99th percentile
   * @param gcMillis collector pauses since the run began
   * @param pythonWaitMillis time that users waited for Python since the run began, all together
   * @param seconds since the run began
   * @return empty if nothing speaks against the results
   */
  static List<String> warnings(
      int cores, double worstCpuPercent, double p99LateMillis, double gcMillis, double pythonWaitMillis,
      double seconds) {
    List<String> warnings = new ArrayList<>();
    if (worstCpuPercent > HIGH_CPU_SHARE * 100 * cores) {
      warnings.add(text("This load generator used %.0f%% of its %d cores: response times may contain its own delays. "
          + "Use fewer users here or add workers.", worstCpuPercent / cores, cores));
    }
    if (seconds >= ENOUGH_WAKE_UPS_SECONDS && p99LateMillis > LATE_MILLIS) {
      warnings.add(text("Timers of this load generator were up to %.0f ms late (99%%): waits are longer than asked "
          + "for. Give it more CPU or add workers.", p99LateMillis));
    }
    if (seconds >= ENOUGH_SECONDS && gcMillis > HIGH_GC_SHARE * seconds * 1000) {
      warnings.add(text("This load generator spent %.0f%% of the time in collector pauses: some response times "
          + "contain them. Give it more memory (KATYDID_JAVA_OPTS=-Xmx...) or add workers.",
          gcMillis / seconds / 10));
    }
    double waiting = seconds > 0 ? pythonWaitMillis / 1000 / seconds : 0;
    if (seconds >= ENOUGH_SECONDS && waiting >= MANY_WAITING) {
      warnings.add(text("On average %.0f users of this load generator waited for Python, so they were slower than their "
          + "wait times say. Start it with --processes or add workers.", waiting));
    }
    return warnings;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
