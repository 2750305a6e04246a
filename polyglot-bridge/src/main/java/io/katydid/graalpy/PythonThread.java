package io.katydid.graalpy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Value;

/**
 * What Python takes for a thread: a user, a greenlet, or a thread of the host for the time it is inside a context. A user
 * may have its turns on one Java thread after another ({@link TurnThreads}), all others have one for good. It can be told
 * to die from any thread; the thread itself notices at its next blocking host call, which then reports {@link #KILLED} and
 * the Python side raises GreenletExit. In the same way another exception (a timeout) can be thrown in it.
 *
 * <p>The death sentence is delivered once: the cleanup code that runs because of it (on_stop, finally blocks) may block
 * again like any other code, and a second {@link #kill} after that ends it too. Two kills before the first is noticed
 * count as one.
 */
public final class PythonThread {
  /** What a blocking host call returns to a thread that has been killed. */
  public static final int KILLED = -1;

  private static final ThreadLocal<PythonThread> CURRENT = new ThreadLocal<>();

  private final String name;
  private final long ident;
  private final boolean guest;
  /** The Java thread it runs on, or has run on last; null before the first. */
  private volatile Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final PendingExceptions pending = new PendingExceptions();
  /** Ends the blocking call the thread is in; set and cleared by the thread itself. */
  private volatile Runnable wake;
  /** What {@link ThreadInterrupter} has asked of it and has not been done; null = nothing. */
  private volatile Object interruption;
  private volatile boolean killed;
  private volatile boolean leaves;
  /** Read and written by the thread itself. */
  private boolean gaveWay;
  /** Read and written by the thread itself. */
  private boolean bound;

  PythonThread(String name, UserThreads kind, ClassLoader loader, Runnable body) {
    this.name = name;
    this.guest = false;
    this.thread =
        kind.newThread(
            name,
            loader,
            () -> {
              CURRENT.set(this);
              try {
                body.run();
              } finally {
                CURRENT.remove();
                ended.countDown();
              }
            });
    this.ident = thread.threadId();
  }

  /** The record of a thread that Katydid did not start for Python: the calling one. */
  private PythonThread() {
    this.guest = true;
    this.thread = Thread.currentThread();
    this.name = thread.getName();
    this.ident = thread.threadId();
  }

  /**
   * One without a Java thread of its own: {@link #mount} gives it one for a turn.
   *
   * @param ident no other thread's
   */
  PythonThread(String name, long ident) {
    this.name = name;
    this.guest = false;
    this.ident = ident;
  }

  /** From here on the calling thread is this one's. */
  void mount() {
    thread = Thread.currentThread();
    CURRENT.set(this);
  }

  /** The calling thread, on which this one was mounted, is nobody's. */
  void unmount() {
    // Not removed: the thread is somebody else's in a moment.
    CURRENT.set(null);
  }

  /** It has come to its end; for those that are mounted. */
  void end() {
    ended.countDown();
  }

  /** From now on it must stay on the Java thread it is on. Called by the thread itself. */
  void bind() {
    bound = true;
  }

  /** Whether something has been filed under its Java thread. Asked by the thread itself. */
  boolean bound() {
    return bound;
  }

  /** The calling thread's own record, or null on a thread of the host that is in no context. */
  static PythonThread current() {
    return CURRENT.get();
  }

  /** Gives the calling thread a record if it has none; {@link #forget} what this returned when it leaves the context. */
  static PythonThread adopt() {
    if (CURRENT.get() != null) {
      return null;
    }
    PythonThread guest = new PythonThread();
    CURRENT.set(guest);
    return guest;
  }

  /** Ends what {@link #adopt} began; null is allowed. */
  static void forget(PythonThread guest) {
    if (guest != null) {
      CURRENT.remove();
      guest.ended.countDown();
    }
  }

  /** Whether the thread has left the gate since it last yielded. Asked by the thread itself. */
  boolean gaveWay() {
    return gaveWay;
  }

  void gaveWay(boolean since) {
    gaveWay = since;
  }

  void start() {
    thread.start();
  }

  public String name() {
    return name;
  }

  /** A number that is unique among the live threads and stays the same. */
  public long ident() {
    return ident;
  }

  Thread thread() {
    return thread;
  }

  /** Whether this is a thread of the host, which only calls Python. */
  boolean guest() {
    return guest;
  }

  public boolean alive() {
    return ended.getCount() != 0;
  }

  /** Tells the thread to die; returns at once. Does nothing if it has been told already and has not noticed yet. */
  public void kill() {
    killed = true;
    pending.addDeath();
    wakeUp();
  }

  /** It comes to the cleanup code at its end. Called by the thread itself. */
  void leave() {
    leaves = killed;
  }

  /** Whether it has come to its cleanup code since it was killed. */
  boolean leaves() {
    return leaves;
  }

  /** Makes the thread raise a Python exception at its next blocking call, or in the one it is in; returns at once. */
  void throwIn(Value exception) {
    pending.add(exception);
    wakeUp();
  }

  /** Takes an exception back that has not been raised yet. */
  void withdraw(Value exception) {
    pending.remove(exception);
  }

  private void wakeUp() {
    Runnable waker = wake;
    if (waker != null) {
      waker.run();
    }
    // Null is nobody.
    LockSupport.unpark(thread);
  }

  boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
    return ended.await(timeout, unit);
  }

  /** Whether the thread has been told to die, or to raise something, and has not noticed yet. */
  boolean killPending() {
    return !pending.isEmpty();
  }

  /** When the oldest order that was not noticed yet was given, on the scale of {@link System#nanoTime}; 0 = none. */
  long pendingSinceNanos() {
    return pending.sinceNanos();
  }

  /** What the interrupter has left here. */
  Object interruption() {
    return interruption;
  }

  void interruption(Object asked) {
    interruption = asked;
  }

  /** True once per {@link #kill} or {@link #throwIn}: the caller must now raise what {@link #taken} tells. */
  boolean takeKill() {
    return pending.take();
  }

  /** What the last successful {@link #takeKill} of this thread was about; null = GreenletExit. */
  Value taken() {
    return pending.taken();
  }

  /**
   * Registers what ends the blocking call that follows; null clears it. A kill that arrives between the check and the
   * registration is not lost: it runs the new waker too.
   */
  void wakeWith(Runnable waker) {
    wake = waker;
    if (waker != null && killPending()) {
      waker.run();
    }
  }

  /**
   * Sleeps until the deadline or a kill.
   *
   * @param deadlineNanos on the scale of {@link System#nanoTime}
   */
  void sleepUntil(long deadlineNanos) {
    while (!killPending()) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
      // An interrupt would turn the next park into a busy loop; only kill() may end a sleep early.
      Thread.interrupted();
    }
  }
}
