package io.katydid.runner;

import java.util.function.LongSupplier;

/**
 * The time of a run: seconds since 1970 as the wall clock had them when the run began, and from there on as a steady clock
 * counts. So durations and rates stay true when the system's clock is set, and times of day are those of the run's start
 * on. One per node of a test; the runner says when a run begins, any thread reads.
 */
public final class RunClock {
  private record Anchor(double epochSeconds, long nanos) {}

  private final LongSupplier wallMillis;
  private final LongSupplier steadyNanos;
  private volatile Anchor anchor;

  /**
   * @param wallMillis since 1970; may be set at any time
   * @param steadyNanos from any moment on; never goes back
   */
  public RunClock(LongSupplier wallMillis, LongSupplier steadyNanos) {
    this.wallMillis = wallMillis;
    this.steadyNanos = steadyNanos;
    this.anchor = anchorNow();
  }

  /** That of this machine. */
  public static RunClock ofSystem() {
    return new RunClock(System::currentTimeMillis, System::nanoTime);
  }

  private Anchor anchorNow() {
    return new Anchor(wallMillis.getAsLong() / 1000.0, steadyNanos.getAsLong());
  }

  /** A run begins: from now on what the wall clock says counts, as it goes on steadily. */
  public void begin() {
    anchor = anchorNow();
  }

  /** Seconds since 1970. */
  public double now() {
    Anchor from = anchor;
    return from.epochSeconds + (steadyNanos.getAsLong() - from.nanos) / 1e9;
  }

  /** The time of day, as messages between nodes have it. */
  double wallSeconds() {
    return wallMillis.getAsLong() / 1000.0;
  }
}
