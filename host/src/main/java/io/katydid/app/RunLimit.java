package io.katydid.app;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The run-time limit of the present test. A new limit replaces the old one; any thread may set it. */
final class RunLimit implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          body -> Thread.ofPlatform().name("run-limit").daemon().unstarted(body));
  private final Runnable onLimit;
  private Future<?> pending;

  /** @param onLimit called on this timer's thread; must not wait */
  RunLimit(Runnable onLimit) {
    this.onLimit = onLimit;
  }

  /** @param seconds from now; null = no limit */
  synchronized void set(Double seconds) {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
    if (seconds != null) {
      pending = timer.schedule(onLimit, (long) (seconds * 1e9), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
