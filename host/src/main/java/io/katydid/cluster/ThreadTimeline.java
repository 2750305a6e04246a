package io.katydid.cluster;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timeline with a thread of its own and the computer's clocks. Work that comes after {@link #close} is dropped. */
public final class ThreadTimeline implements Timeline, AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ScheduledThreadPoolExecutor executor;
  private final ClusterLog log;

  /** @param name the thread's name */
  public ThreadTimeline(String name, ClusterLog log) {
    this.log = log;
    this.executor = new ScheduledThreadPoolExecutor(1, body -> {
      Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(body);
      // Reports pass through Python: GraalPy finds its language through the context class loader.
      thread.setContextClassLoader(ThreadTimeline.class.getClassLoader());
      return thread;
    });
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public double epochSeconds() {
    return System.currentTimeMillis() / 1000.0;
  }

  @Override
  public void order(Runnable work) {
    after(0, work);
  }

  @Override
  public Timer after(double seconds, Runnable work) {
    try {
      Future<?> future = executor.schedule(() -> guarded(work), (long) (Math.max(0, seconds) * NANOS_PER_SECOND),
          TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> { };
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("Exception in the thread " + Thread.currentThread().getName(), e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
