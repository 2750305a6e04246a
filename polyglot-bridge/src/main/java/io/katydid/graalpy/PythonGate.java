package io.katydid.graalpy;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The permit a thread must hold while it runs Python in one context.
 *
 * <p>GraalPy's own lock is fair and pins a virtual thread that waits for it; with as many pinned waiters as carrier
 * threads the whole process stands still. So nobody waits there: a thread takes this permit first (a plain semaphore,
 * where a virtual thread waits without its carrier) and gives it back around everything that blocks. One gate per
 * context; called from every thread that enters it.
 *
 * <p>A thread that comes while the permit is free takes it past those who wait: no hand-over and no thread switch, which
 * is what makes busy users fast. Once the queue has stood for a millisecond newcomers line up behind it, so that nobody
 * starves.
 *
 * <p>There is one permit, so Python code runs undisturbed between two blocking calls, as locustfiles expect. Only when
 * its holder blocks inside Python itself does the {@link GateWatchdog} lend another one. A loan is paid back when its
 * cause leaves the gate. Each comes with another carrier thread ({@link Carriers}).
 *
 * <p>It also measures what locustfiles make each other wait: the total time threads queued here is a health figure of
 * the load generator.
 */
final class PythonGate {
  /** Each may cost a carrier; more users than that, blocked inside Python at a time, wait for each other. */
  private static final int MOST_LOANS = 32;
  private static final long LONGEST_YIELD_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 1_000_000;
  private static final long NOBODY = 0;

  /** One thread's stay between enter and leave. The private fields change only under the stay's monitor. */
  static final class Stay {
    final Thread thread = Thread.currentThread();
    /** Written by the thread itself. */
    volatile PythonThread python = PythonThread.current();
    /** Brings in who wants the permit next and does not queue; null = nobody, or it has been called. */
    private volatile Runnable heir;
    private boolean causedLoan;
    private boolean over;

    /** Whether somebody wants to come in when this stay ends. */
    boolean hasHeir() {
      return heir != null;
    }

    private void callHeir() {
      Runnable called;
      synchronized (this) {
        called = heir;
        heir = null;
      }
      if (called != null) {
        called.run();
      }
    }
  }

  /** Fair: those who do queue are served in order. */
  private final Semaphore permits = new Semaphore(1, true);
  private final int mostLoans;
  private final AtomicReferenceArray<Stay> stays;
  private final LongAdder waitedNanos = new LongAdder();
  private final LongAdder contended = new LongAdder();
  private final LongAdder loans = new LongAdder();
  /** Since when the queue has not moved; written by whoever queues, and a lost race only shifts it a little. */
  private volatile long queueStoodSince = NOBODY;

  PythonGate() {
    this(MOST_LOANS);
  }

  /**
   * @param mostLoans permits that may be lent at the same time; 0 = never
   */
  PythonGate(int mostLoans) {
    this.mostLoans = mostLoans;
    this.stays = new AtomicReferenceArray<>(mostLoans + 1);
  }

  /** Waits for the permit; not interruptible, because the caller may be on its way back into Python. */
  void enter() {
    if (!queueIsPatient() || !permits.tryAcquire()) {
      queueUp();
    }
    Stay stay = new Stay();
    int i = 0;
    while (!stays.compareAndSet(i, null, stay)) {
      i = i == mostLoans ? 0 : i + 1;
    }
  }

  /** Whether nobody queues, or those who do have come only now. */
  private boolean queueIsPatient() {
    long stood = queueStoodSince;
    return stood == NOBODY || System.nanoTime() - stood < PATIENCE_NANOS;
  }

  /**
   * The calling thread, which is inside, goes on as a user whose turn it is.
   *
   * @param waitedForNanos how long the user has waited for that because of others; 0 = not
   * @param heir called once, when the thread leaves or blocks: brings the next user's thread in, which has not queued
   */
  void insideAs(PythonThread user, long waitedForNanos, Runnable heir) {
    Stay stay = myStay();
    stay.python = user;
    synchronized (stay) {
      stay.heir = heir;
    }
    if (waitedForNanos > 0) {
      waitedNanos.add(waitedForNanos);
      contended.increment();
    }
  }

  /** Where the calling thread's stay is. */
  private int myPlace() {
    Thread self = Thread.currentThread();
    for (int i = 0; i <= mostLoans; i++) {
      Stay stay = stays.get(i);
      if (stay != null && stay.thread == self) {
        return i;
      }
    }
    throw new IllegalStateException("The thread " + self.getName() + " is not in the gate.");
  }

  private Stay myStay() {
    return stays.get(myPlace());
  }

  private void queueUp() {
    long start = System.nanoTime();
    if (queueStoodSince == NOBODY) {
      queueStoodSince = start;
    }
    permits.acquireUninterruptibly();
    long now = System.nanoTime();
    queueStoodSince = permits.hasQueuedThreads() ? now : NOBODY;
    waitedNanos.add(now - start);
    contended.increment();
  }

  void leave() {
    int place = myPlace();
    Stay stay = stays.get(place);
    stays.set(place, null);
    PythonThread python = stay.python;
    if (python != null) {
      python.gaveWay(true);
    }
    if (!endOf(stay)) {
      permits.release();
    }
    if (stay.hasHeir()) {
      stay.callHeir();
    }
  }

  /** Ends a stay; true if its permit pays a loan back. */
  private static boolean endOf(Stay stay) {
    synchronized (stay) {
      stay.over = true;
      return stay.causedLoan;
    }
  }

  /**
   * Gives the permit to the threads that wait, if any; the caller comes back behind at least one of them. Does nothing if
   * the caller has given way by itself since its last yield (it has sent a request, say) and nobody has waited for long:
   * a thread switch for each turn of a user without wait time would cost as much as its request.
   */
  void yield() {
    PythonThread python = PythonThread.current();
    if (python != null && python.gaveWay() && queueIsPatient()) {
      python.gaveWay(false);
      return;
    }
    boolean wanted = permits.hasQueuedThreads() || myStay().hasHeir();
    leave();
    if (wanted) {
      long deadline = System.nanoTime() + LONGEST_YIELD_NANOS;
      while (permits.availablePermits() > 0 && permits.hasQueuedThreads() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(20_000);
      }
    } else {
      Thread.yield();
    }
    enter();
    if (python != null) {
      python.gaveWay(false);
    }
  }

  /** Lends a permit because this stay blocks inside Python; false if it is over or has caused a loan already. */
  boolean lend(Stay stay) {
    synchronized (stay) {
      if (stay.over || stay.causedLoan) {
        return false;
      }
      stay.causedLoan = true;
    }
    loans.increment();
    permits.release();
    stay.callHeir();
    return true;
  }

  /** How many stays there can be at once: the permit and the loans. */
  int places() {
    return mostLoans + 1;
  }

  /** Who is inside at a place; null = nobody. */
  Stay stayAt(int place) {
    return stays.get(place);
  }

  /** Whether another loan is allowed: the last place must stay usable by the thread it is lent to. */
  boolean mayLend() {
    int inside = 0;
    for (int i = 0; i <= mostLoans; i++) {
      if (stays.get(i) != null) {
        inside++;
      }
    }
    return inside <= mostLoans;
  }

  /** Whether whoever comes now has to wait. */
  boolean isFull() {
    return permits.availablePermits() == 0;
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

  /** How often a permit was lent. */
  long loanCount() {
    return loans.sum();
  }
}
