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
  /** Whether {@link #pending} is the end of the warm-up. */
  private boolean warming;
  /** The number of the present test. */
  private long test;
  /** Null = no limit. */
  private Double runTime;

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
    end();
    runTime = runTimeSeconds;
    if (warmUpSeconds <= 0) {
      limitFromNow();
    } else {
      warming = true;
      long ofTest = test;
      schedule(() -> warm(ofTest), warmUpSeconds);
    }
  }

  private void warm(long ofTest) {
    if (isWarming(ofTest)) {
      onWarm.run();
      warmUpEnds(ofTest);
    }
  }

  private synchronized boolean isWarming(long ofTest) {
    return warming && ofTest == test;
  }

  private synchronized void warmUpEnds(long ofTest) {
    if (isWarming(ofTest)) {
      warming = false;
      limitFromNow();
    }
  }

  /**
   * The test gets another run time. A warm-up goes on, and its end is what the new run time counts from.
   *
   * @param runTimeSeconds from now, or from the end of the warm-up; null = no limit
   */
  synchronized void edit(Double runTimeSeconds) {
    runTime = runTimeSeconds;
    if (!warming) {
      limitFromNow();
    }
  }

  /** The test ends: nothing is waited for any more. */
  synchronized void end() {
    test++;
    warming = false;
    runTime = null;
    cancel();
  }

  private void limitFromNow() {
    cancel();
    if (runTime != null) {
      schedule(onLimit, runTime);
    }
  }

  /** Until the limit, what is left of the warm-up included; empty if there is no limit. */
  synchronized OptionalDouble secondsLeft() {
    return pending == null || pending.isDone() || runTime == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, pending.getDelay(TimeUnit.NANOSECONDS) / 1e9) + (warming ? runTime : 0));
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
