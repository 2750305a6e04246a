package io.katydid.runner;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The thread that owns a runner's state: every change of state, every dispatch step and every event of the life cycle
 * happens on it, so none of them needs a lock. Work that is already on this thread runs at once (a listener of
 * `test_start` may call `runner.quit()`).
 */
public final class RunThread implements AutoCloseable {
  private final ScheduledExecutorService executor;
  private volatile Thread thread;

  public RunThread(String name) {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            body -> {
              Thread created = Thread.ofPlatform().name(name).daemon().unstarted(body);
              // Listeners are Python: GraalPy finds its language through the context class loader.
              created.setContextClassLoader(RunThread.class.getClassLoader());
              thread = created;
              return created;
            });
  }

  /** Whether the caller is on this thread. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Orders work without waiting for it; silently dropped once closed. */
  public Future<?> order(Runnable work) {
    try {
      return executor.submit(work);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Orders work for later. */
  public Future<?> orderAfter(long delayNanos, Runnable work) {
    try {
      return executor.schedule(work, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /**
   * Runs work on this thread and waits for its result.
   *
   * @throws InterruptedException if the caller was interrupted; the work still runs
   */
  public <T> T call(Callable<T> work) throws InterruptedException {
    if (isCurrent()) {
      try {
        return work.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    }
    Future<T> result;
    try {
      result = executor.submit(work);
    } catch (RejectedExecutionException closed) {
      return null;
    }
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    }
  }

  /** As {@link #call} without a result. */
  public void run(Runnable work) throws InterruptedException {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
