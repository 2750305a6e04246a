package io.katydid.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the load generator itself kept up. A generator that is late reports its own delay as the server's latency, so
 * every reading of results begins here.
 *
 * @param cpuPercent CPU of this process, 100 = one core; NaN if unknown
 * @param maxLateMillis the worst late wake-up of a timer during the run; NaN if unknown
 * @param p99LateMillis its 99th percentile
 * @param gcMillis time spent in collector pauses during the run
 * @param seconds how long the run has lasted that these are of; NaN if unknown
 * @param warnings sentences for the user, each ending in what to do; empty = results can be trusted
 */
public record GeneratorHealth(
    double cpuPercent,
    double maxLateMillis,
    double p99LateMillis,
    double gcMillis,
    double seconds,
    List<String> warnings) {

  /** Nothing measured yet. */
  public static final GeneratorHealth UNKNOWN =
      new GeneratorHealth(Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of());

  /** A shorter run says nothing good of a generator. */
  private static final double ENOUGH_SECONDS = 10;
  /** From here on a single late wake-up shows in the maximum and the highest percentiles. */
  private static final double LATE_ONCE_MILLIS = 100;

  /** One of an unknown time: that of a worker, or of an ended run. */
  public GeneratorHealth(
      double cpuPercent, double maxLateMillis, double p99LateMillis, double gcMillis, List<String> warnings) {
    this(cpuPercent, maxLateMillis, p99LateMillis, gcMillis, Double.NaN, warnings);
  }

  public boolean trusted() {
    return warnings.isEmpty();
  }

  /** Of this process and the workers together: the worst of each figure, everybody's warnings. */
  public GeneratorHealth with(List<RunStatus.Worker> workers) {
    double max = maxLateMillis;
    double p99 = p99LateMillis;
    double gc = gcMillis;
    List<String> all = new ArrayList<>(warnings);
    for (RunStatus.Worker worker : workers) {
      GeneratorHealth health = worker.health();
      if (health != null) {
        max = larger(max, health.maxLateMillis);
        p99 = larger(p99, health.p99LateMillis);
        gc = larger(gc, health.gcMillis);
        health.warnings.forEach(warning -> all.add(worker.id() + ": " + warning));
      }
    }
    return new GeneratorHealth(cpuPercent, max, p99, gc, seconds, all);
  }

  private static double larger(double one, double other) {
    return one >= other || Double.isNaN(other) ? one : other;
  }

  /**
   * What can be said of the results.
   *
   * @param good nothing speaks against them
   * @param text a sentence for the user
   */
  public record Verdict(boolean good, String text) {}

  public Verdict verdict() {
    if (!trusted()) {
      return new Verdict(false, "These results are not to be trusted as they are.");
    }
    if (Double.isNaN(maxLateMillis)) {
      return new Verdict(false, "Nothing is known of the load generator.");
    }
    if (maxLateMillis >= LATE_ONCE_MILLIS) {
      return new Verdict(false, String.format(Locale.ROOT,
          "The load generator kept up, but once it woke %.0f ms late: the longest response times may be its own delay.",
          maxLateMillis));
    }
    if (seconds < ENOUGH_SECONDS) {
      return new Verdict(false, String.format(Locale.ROOT,
          "Nothing was noticed of the load generator in %.0f s; there is no verdict before %.0f s.",
          Math.floor(seconds), ENOUGH_SECONDS));
    }
    return new Verdict(true, "The load generator kept up with its work; nothing speaks against the results.");
  }
}
