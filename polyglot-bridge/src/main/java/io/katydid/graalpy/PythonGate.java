package io.katydid.graalpy;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The permit a thread must hold while it runs Python in one context.
 *
 * <p>GraalPy's own lock is fair and pins a virtual thread that waits for it; with as many pinned waiters as carrier
 * threads the whole process stands still. So nobody waits there: a thread takes this permit first (a plain semaphore,
 * where a virtual thread waits without its carrier) and gives it back around everything that blocks. One gate per
 * context; called from every thread that enters it.
 *
 * <p>It also measures what locustfiles make each other wait: the total time threads queued here is a health figure of
 * the load generator.
 */
final class PythonGate {
  private final Semaphore permits = new Semaphore(1);
  private final LongAdder waitedNanos = new LongAdder();
  private final LongAdder contended = new LongAdder();

  /** Waits for the permit; not interruptible, because the caller may be on its way back into Python. */
  void enter() {
    if (permits.tryAcquire()) {
      return;
    }
    long start = System.nanoTime();
    permits.acquireUninterruptibly();
    waitedNanos.add(System.nanoTime() - start);
    contended.increment();
  }

  void leave() {
    permits.release();
  }

  /** Threads waiting now (an estimate). */
  int queueLength() {
    return permits.getQueueLength();
  }

  /** Total time threads have waited here since the start, in nanoseconds. */
  long waitedNanos() {
    return waitedNanos.sum();
  }

  /** How often a thread had to wait. */
  long contendedCount() {
    return contended.sum();
  }
}
