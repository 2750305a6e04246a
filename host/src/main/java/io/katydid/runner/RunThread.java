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
import java.util.function.Consumer;

/**
 * The thread that owns a runner's state: every change of state, every dispatch step and every event of the life cycle
 * happens on it, so none of them needs a lock. Work that is already on this thread runs at once (a listener of
 * `test_start` may call `runner.quit()`).
 *
 * <p>What ordered work throws goes to the one who made this thread: nobody else would hear of it, and the next work goes
 * on. What {@link #call} and {@link #run} throw goes to their callers.
 */
public final class RunThread implements AutoCloseable {
  private final ScheduledExecutorService executor;
  private final Consumer<Throwable> onFailure;
  private volatile Thread thread;

  /** @param onFailure told on this thread what ordered work has thrown */
  public RunThread(String name, Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
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

  /** Whether nothing runs here any more: what was ordered last may have been dropped. */
  boolean isClosed() {
    return executor.isShutdown();
  }

  /** Orders work without waiting for it; silently dropped once closed. */
  public Future<?> order(Runnable work) {
    try {
      return executor.submit(() -> guarded(work));
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Orders work for later. */
  public Future<?> orderAfter(long delayNanos, Runnable work) {
    try {
      return executor.schedule(() -> guarded(work), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
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
