package io.katydid.console;

import java.util.List;

/**
 * Whether the load generator itself kept up. A generator that is late reports its own delay as the server's latency, so
 * every reading of results begins here.
 *
 * @param cpuPercent CPU of this process, 100 = one core; NaN if unknown
 * @param maxLateMillis the worst late wake-up of a timer since the run began; NaN if unknown
 * @param p99LateMillis its 99th percentile
 * @param gcMillis time spent in collector pauses since the run began
 * @param warnings sentences for the user, each ending in what to do; empty = results can be trusted
 */
public record GeneratorHealth(
    double cpuPercent, double maxLateMillis, double p99LateMillis, double gcMillis, List<String> warnings) {

  /** Nothing measured yet. */
  public static final GeneratorHealth UNKNOWN =
      new GeneratorHealth(Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of());

  public boolean trusted() {
    return warnings.isEmpty();
  }
}
