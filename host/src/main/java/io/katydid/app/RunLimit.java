package io.katydid.app;

import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The times of the present test: its warm-up, which is not counted, and then its run time. Any thread may call it; a new
 * order replaces the old one.
 */
final class RunLimit implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          body -> Thread.ofPlatform().name("run-limit").daemon().unstarted(body));
  private final double warmUpSeconds;
  private final Runnable onWarm;
  private final Runnable onLimit;
  private ScheduledFuture<?> pending;
  /** What is added to the time until {@link #pending}: the run time while it is the warm-up that is waited for. */
  private Double after;

  /**
   * @param warmUpSeconds 0 = none
   * @param onWarm called on this timer's thread when the warm-up is over
   * @param onLimit called on this timer's thread at the end of the run time; must not wait
   */
  RunLimit(double warmUpSeconds, Runnable onWarm, Runnable onLimit) {
    this.warmUpSeconds = warmUpSeconds;
    this.onWarm = onWarm;
    this.onLimit = onLimit;
  }

  /**
   * A test begins.
   *
   * @param runTimeSeconds from the end of the warm-up; null = no limit
   */
  synchronized void begin(Double runTimeSeconds) {
    if (warmUpSeconds <= 0) {
      set(runTimeSeconds);
    } else {
      schedule(() -> warm(runTimeSeconds), warmUpSeconds);
      after = runTimeSeconds;
    }
  }

  private void warm(Double runTimeSeconds) {
    onWarm.run();
    set(runTimeSeconds);
  }

  /** @param seconds from now; null = no limit, and no end of a warm-up either */
  synchronized void set(Double seconds) {
    if (seconds == null) {
      cancel();
    } else {
      schedule(onLimit, seconds);
      after = 0.0;
    }
  }

  /** Until the limit, what is left of the warm-up included; empty if there is no limit. */
  synchronized OptionalDouble secondsLeft() {
    return pending == null || pending.isDone() || after == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, pending.getDelay(TimeUnit.NANOSECONDS) / 1e9) + after);
  }

  private void schedule(Runnable action, double seconds) {
    cancel();
    pending = timer.schedule(action, (long) (seconds * 1e9), TimeUnit.NANOSECONDS);
  }

  private void cancel() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
