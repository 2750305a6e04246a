package io.katydid.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Waits on any thread for something the run thread does in its own time. On the run thread itself nothing can be waited
 * for, so there the work is only begun: a listener may stop its run.
 */
final class Waiting {
  /** How often somebody who waits looks whether the runner has been closed meanwhile. */
  private static final long LOOK_MILLIS = 100;

  private Waiting() {}

  /** @param work gets what it has to call when it is done; runs on the run thread */
  static void forEnd(RunThread thread, Consumer<Runnable> work) {
    if (thread.isCurrent()) {
      work.accept(() -> {});
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    thread.order(() -> work.accept(done::countDown));
    try {
      while (!done.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !thread.isClosed()) {
        // The run thread takes its time.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
