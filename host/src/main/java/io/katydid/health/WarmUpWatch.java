package io.katydid.health;

/**
 * Tells when a generator has warmed up: its compilers have been nearly idle for some seconds in a row. Before that, users
 * run code that will soon be many times faster, so they send fewer requests than the machine can make. Pure: it is fed
 * once a second by the {@link HealthMonitor}, which owns it.
 */
final class WarmUpWatch {
  /** Compilers that use less than this share of a core leave the users alone. */
  static final double BUSY_SHARE = 0.1;
  /** Pauses between two bursts of compilations are shorter. */
  static final int QUIET_SECONDS = 5;

  private double lastSeconds = Double.NaN;
  private double lastCompilerSeconds;
  private double quietSince = Double.NaN;
  private double warmSince = Double.NaN;

  /**
   * Takes a reading.
   *
   * @param seconds now, on any steady scale
   * @param compilerSeconds what compilers have worked since the start of the process
   */
  void sample(double seconds, double compilerSeconds) {
    if (warm()) {
      return;
    }
    double elapsed = seconds - lastSeconds;
    if (!Double.isNaN(elapsed)) {
      if (compilerSeconds - lastCompilerSeconds > BUSY_SHARE * elapsed) {
        quietSince = Double.NaN;
      } else if (Double.isNaN(quietSince)) {
        quietSince = lastSeconds;
      }
      if (seconds - quietSince >= QUIET_SECONDS) {
        warmSince = quietSince;
      }
    }
    lastSeconds = seconds;
    lastCompilerSeconds = compilerSeconds;
  }

  boolean warm() {
    return !Double.isNaN(warmSince);
  }

  /** When the compilers became quiet, on the scale of {@link #sample}; NaN while they are not. */
  double warmSince() {
    return warmSince;
  }
}
