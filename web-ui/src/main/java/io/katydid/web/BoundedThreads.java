package io.katydid.web;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A few threads for answers that may have to wait, for the locustfile or for the run, and a short queue in front of them.
 * Jetty's own threads never wait: however many such requests there are, pages that need nobody are answered. Owned by
 * the web server; any thread may bring work.
 */
final class BoundedThreads implements AutoCloseable {
  /** What has waited for its turn as long as this is not done any more: nobody waits for it. */
  static final long LONGEST_TURN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int MOST_QUEUED = 200;
  private static final int IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final LongSupplier nanoClock;

  BoundedThreads(String name, int most, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.threads = new ThreadPoolExecutor(most, most, IDLE_SECONDS, TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MOST_QUEUED), Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does the work on one of the threads, or {@code tooBusy}, on any thread, when its turn does not come. */
  void run(Runnable work, Runnable tooBusy) {
    long came = nanoClock.getAsLong();
    try {
      threads.execute(() -> (nanoClock.getAsLong() - came > LONGEST_TURN_NANOS ? tooBusy : work).run());
    } catch (RejectedExecutionException e) {
      tooBusy.run();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
