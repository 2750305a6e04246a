package io.katydid.graalpy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that runs Python: a user or a greenlet. It can be told to die from any thread; the thread itself notices
 * at its next blocking host call, which then reports {@link #KILLED} and the Python side raises GreenletExit.
 *
 * <p>The death sentence is delivered once: the cleanup code that runs because of it (on_stop, finally blocks) may block
 * again like any other code, and a second {@link #kill} ends that too.
 */
public final class PythonThread {
  /** What a blocking host call returns to a thread that has been killed. */
  public static final int KILLED = -1;

  private static final ThreadLocal<PythonThread> CURRENT = new ThreadLocal<>();

  private final String name;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean killPending = new AtomicBoolean();
  /** Ends the blocking call the thread is in; set and cleared by the thread itself. */
  private volatile Runnable wake;

  PythonThread(String name, UserThreads kind, Runnable body) {
    this.name = name;
    this.thread =
        kind.newThread(
            name,
            () -> {
              CURRENT.set(this);
              try {
                body.run();
              } finally {
                CURRENT.remove();
                ended.countDown();
              }
            });
  }

  /** The calling thread's own record, or null on a thread that Katydid did not start for Python. */
  static PythonThread current() {
    return CURRENT.get();
  }

  void start() {
    thread.start();
  }

  public String name() {
    return name;
  }

  /** A number that is unique among the live threads. */
  public long ident() {
    return thread.threadId();
  }

  Thread thread() {
    return thread;
  }

  public boolean alive() {
    return ended.getCount() != 0;
  }

  /** Tells the thread to die; returns at once. */
  public void kill() {
    killPending.set(true);
    Runnable waker = wake;
    if (waker != null) {
      waker.run();
    }
    LockSupport.unpark(thread);
  }

  boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
    return ended.await(timeout, unit);
  }

  boolean killPending() {
    return killPending.get();
  }

  /** True once per {@link #kill}: the caller must now make the thread die. */
  boolean takeKill() {
    return killPending.get() && killPending.compareAndSet(true, false);
  }

  /**
   * Registers what ends the blocking call that follows; null clears it. A kill that arrives between the check and the
   * registration is not lost: it runs the new waker too.
   */
  void wakeWith(Runnable waker) {
    wake = waker;
    if (waker != null && killPending.get()) {
      waker.run();
    }
  }

  /**
   * Sleeps until the deadline or a kill.
   *
   * @param deadlineNanos on the scale of {@link System#nanoTime}
   */
  void sleepUntil(long deadlineNanos) {
    while (!killPending.get()) {
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
