package io.katydid.app;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
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
  private Future<?> pending;

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
    }
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
