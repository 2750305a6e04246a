package io.katydid.graalpy;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.HostAccess;

/**
 * The one blocking primitive our Python packages build everything from: locks, events, queues, joins. First come,
 * first served. Waiting gives the context's gate back, so the holder can go on; a killed thread stops waiting.
 *
 * <p>State is guarded by this object's monitor, which is never held while waiting.
 */
public final class PythonSemaphore {
  private static final class Waiter {
    final Thread thread = Thread.currentThread();
    volatile boolean granted;
  }

  private final PythonGate gate;
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private long permits;

  PythonSemaphore(PythonGate gate, long permits) {
    this.gate = gate;
    this.permits = permits;
  }

  /** Takes a permit if there is one now. */
  @HostAccess.Export
  public synchronized boolean tryAcquire() {
    if (permits > 0) {
      permits--;
      return true;
    }
    return false;
  }

  /**
   * Waits for a permit.
   *
   * @param timeoutSeconds negative = for ever
   * @return 1 taken, 0 timed out, -1 the calling thread was killed
   */
  @HostAccess.Export
  public int acquire(double timeoutSeconds) {
    Waiter waiter;
    synchronized (this) {
      if (permits > 0) {
        permits--;
        return 1;
      }
      if (timeoutSeconds == 0) {
        return 0;
      }
      waiter = new Waiter();
      waiters.add(waiter);
    }
    gate.leave();
    try {
      return await(waiter, timeoutSeconds);
    } finally {
      gate.enter();
    }
  }

  private int await(Waiter waiter, double timeoutSeconds) {
    boolean forEver = timeoutSeconds < 0;
    long deadline = System.nanoTime() + (forEver ? 0 : (long) Math.min(timeoutSeconds * 1e9, 4e18));
    PythonThread self = PythonThread.current();
    while (!waiter.granted) {
      if (self != null && self.killPending()) {
        return giveUp(waiter) ? (self.takeKill() ? PythonThread.KILLED : 0) : 1;
      }
      if (forEver) {
        LockSupport.park(this);
      } else {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return giveUp(waiter) ? 0 : 1;
        }
        LockSupport.parkNanos(this, left);
      }
      Thread.interrupted();
    }
    return 1;
  }

  /** Stops waiting; false if a permit was granted meanwhile. */
  private synchronized boolean giveUp(Waiter waiter) {
    return !waiter.granted && waiters.remove(waiter);
  }

  @HostAccess.Export
  public void release() {
    Waiter next;
    synchronized (this) {
      next = waiters.poll();
      if (next == null) {
        permits++;
        return;
      }
      next.granted = true;
    }
    LockSupport.unpark(next.thread);
  }

  /** As {@link #release}, unless that would leave more permits than {@code most}; then false and nothing happens. */
  @HostAccess.Export
  public boolean releaseUpTo(long most) {
    synchronized (this) {
      if (waiters.isEmpty() && permits >= most) {
        return false;
      }
    }
    release();
    return true;
  }

  /** Permits that could be taken now. */
  @HostAccess.Export
  public synchronized long available() {
    return permits;
  }

  /** Threads waiting now. */
  @HostAccess.Export
  public synchronized int waiting() {
    return waiters.size();
  }
}
