package io.katydid.graalpy;

import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** A Python thread as the Python side sees it. Immutable; used from any thread that is in Python. */
public final class ThreadHandle {
  private final PythonThread thread;
  private final PythonGate gate;

  ThreadHandle(PythonThread thread, PythonGate gate) {
    this.thread = thread;
    this.gate = gate;
  }

  @HostAccess.Export
  public long ident() {
    return thread.ident();
  }

  @HostAccess.Export
  public boolean alive() {
    return thread.alive();
  }

  @HostAccess.Export
  public void kill() {
    thread.kill();
  }

  /** Makes the thread raise this Python exception where it blocks, or at its next blocking call. */
  @HostAccess.Export
  public void throwIn(Value exception) {
    thread.throwIn(exception);
  }

  /**
   * Waits for the thread's end.
   *
   * @param timeoutSeconds negative = for ever
   * @return 1 ended, 0 timed out, -1 the calling thread was killed
   */
  @HostAccess.Export
  public int join(double timeoutSeconds) {
    if (!thread.alive()) {
      return 1;
    }
    gate.leave();
    try {
      return await(timeoutSeconds < 0 ? Long.MAX_VALUE : (long) (timeoutSeconds * 1e9));
    } finally {
      gate.enter();
    }
  }

  private int await(long timeoutNanos) {
    PythonThread self = PythonThread.current();
    Interrupt interrupt = new Interrupt(Thread.currentThread());
    try {
      if (self != null) {
        self.wakeWith(interrupt);
      }
      return thread.awaitEnd(timeoutNanos, TimeUnit.NANOSECONDS) ? 1 : 0;
    } catch (InterruptedException killedWhileWaiting) {
      return self != null && self.takeKill() ? PythonThread.KILLED : 0;
    } finally {
      if (self != null) {
        self.wakeWith(null);
      }
      interrupt.end();
    }
  }

  /** Interrupts a thread until told that it is over: the thread may be somebody else's a moment later. */
  private static final class Interrupt implements Runnable {
    private final Thread thread;
    private boolean over;

    Interrupt(Thread thread) {
      this.thread = thread;
    }

    @Override
    public synchronized void run() {
      if (!over) {
        thread.interrupt();
      }
    }

    /** Called by the thread itself; afterwards it is not interrupted. */
    synchronized void end() {
      over = true;
      Thread.interrupted();
    }
  }
}
