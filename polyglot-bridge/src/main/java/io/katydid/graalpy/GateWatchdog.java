package io.katydid.graalpy;

import java.util.concurrent.locks.LockSupport;

/**
 * Looks after the threads inside one context's gate, on a thread of its own.
 *
 * <p>A holder that blocks inside Python (a socket, select, a subprocess, a library) would make all other users wait: it
 * causes a loan, see {@link PythonGate}. A holder that was told to die and computes on without ever blocking is
 * interrupted by the {@link ThreadInterrupter}.
 */
final class GateWatchdog {
  private static final long LOOK_NANOS = 5_000_000;
  /** Looks in a row at which a stay must have been blocked before it causes a loan. */
  private static final int BLOCKED_LOOKS = 2;
  /** How long a killed thread may go on computing before it is interrupted. */
  private static final long KILL_GRACE_NANOS = 1_000_000_000;

  private final PythonGate gate;
  private final ThreadInterrupter interrupter;
  private final Thread thread;
  private final PythonGate.Stay[] seen;
  private final int[] blockedLooks;
  private volatile boolean closed;

  GateWatchdog(PythonGate gate, ThreadInterrupter interrupter) {
    this.gate = gate;
    this.interrupter = interrupter;
    this.seen = new PythonGate.Stay[gate.places()];
    this.blockedLooks = new int[gate.places()];
    this.thread = Thread.ofPlatform().name("python-watchdog").daemon().unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(LOOK_NANOS);
      for (int place = 0; place < seen.length; place++) {
        look(place);
      }
    }
  }

  private void look(int place) {
    PythonGate.Stay stay = gate.stayAt(place);
    boolean same = stay == seen[place];
    seen[place] = stay;
    if (stay == null || !same) {
      blockedLooks[place] = 0;
      return;
    }
    PythonThread python = stay.python;
    if (python != null) {
      interruptIfOverdue(python);
    }
    if (gate.queueLength() == 0 && !stay.hasHeir() || !isBlocked(stay.thread)) {
      blockedLooks[place] = 0;
      return;
    }
    blockedLooks[place]++;
    if (blockedLooks[place] >= BLOCKED_LOOKS && gate.mayLend()) {
      gate.lend(stay);
    }
  }

  private void interruptIfOverdue(PythonThread python) {
    long since = python.pendingSinceNanos();
    if (since != 0 && System.nanoTime() - since > KILL_GRACE_NANOS) {
      interrupter.interrupt(python);
    }
  }

  /** Whether a thread waits in Java or is inside a native call; a look at its stack, so not for every turn. */
  private static boolean isBlocked(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      case RUNNABLE -> {
        StackTraceElement[] stack = thread.getStackTrace();
        yield stack.length > 0 && stack[0].isNativeMethod();
      }
      default -> false;
    };
  }
}
