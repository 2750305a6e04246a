package io.katydid.runner;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Waits on any thread for something the run thread does in its own time. On the run thread itself nothing can be waited
 * for, so there the work is only begun: a listener may stop its run.
 */
final class Waiting {
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
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
