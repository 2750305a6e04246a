package io.katydid.app;

import io.katydid.log.Log;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The run-time limit of a test that the web UI or `--autostart` has started. A new limit replaces the old one; any thread
 * may set it.
 */
final class RunLimit implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          body -> Thread.ofPlatform().name("run-limit").daemon().unstarted(body));
  private final Runnable onLimit;
  private final Log log;
  private Future<?> pending;

  /** @param onLimit stops the test; called on this timer's thread */
  RunLimit(Runnable onLimit, Log log) {
    this.onLimit = onLimit;
    this.log = log;
  }

  /** @param seconds null = no limit */
  synchronized void set(Double seconds) {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
    if (seconds != null) {
      log.info("Run time limit set to " + Math.round(seconds) + " seconds");
      pending = timer.schedule(this::reached, (long) (seconds * 1e9), TimeUnit.NANOSECONDS);
    }
  }

  private void reached() {
    log.info("--run-time limit reached, stopping test");
    onLimit.run();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
