package io.katydid.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The timers that look at the statistics while a test runs: history, CSV files, console table. One thread; a task that
 * fails is reported and goes on at its next turn.
 */
final class StatsTicker implements AutoCloseable {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          body -> Thread.ofPlatform().name("stats-ticker").daemon().unstarted(body));
  private final Consumer<Throwable> onFailure;

  StatsTicker(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  void every(double seconds, Runnable task) {
    long nanos = (long) (seconds * 1e9);
    executor.scheduleAtFixedRate(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            onFailure.accept(e);
          }
        },
        nanos,
        nanos,
        TimeUnit.NANOSECONDS);
  }

  /** Stops all timers and waits for the one that is running. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      executor.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
