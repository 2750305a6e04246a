package io.katydid.graalpy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after the threads inside one context's gate, on a thread of its own.
 *
 * <p>A holder that blocks inside Python (a socket, select, a subprocess, a library) would make all other users wait: it
 * causes a loan, see {@link PythonGate}, and another carrier. What blocks a carrier elsewhere causes another carrier too.
 * A holder that was told to die and computes on without ever blocking is interrupted by the {@link ThreadInterrupter}. When
 * a test is to end, users that compute on and on are told so.
 */
final class GateWatchdog {
  private static final long LOOK_NANOS = 5_000_000;
  /** Looks in a row at which a stay must have been blocked before it causes a loan. */
  private static final int BLOCKED_LOOKS = 2;
  /**
   * Looks in a row at which virtual threads wait for a carrier without good reason before there is one more. A carrier
   * that the system does not let run for some milliseconds is no reason.
   */
  private static final int STUCK_LOOKS = 20;
  /** Looks in a row without anything blocked before a carrier that was added is taken away again. */
  private static final int QUIET_LOOKS = 200;
  /** How long a killed thread may go on computing before it is interrupted. */
  private static final long KILL_GRACE_NANOS = 1_000_000_000;

  /**
   * @param since when this began to hold, on the scale of {@link System#nanoTime}
   * @param onKill told of each of them once, on the watchdog's thread
   */
  private record MostComputing(long nanos, long since, Runnable onKill) {}

  private final PythonGate gate;
  private final ThreadInterrupter interrupter;
  private final Thread thread;
  private final PythonGate.Stay[] seen;
  /** Since when, on the scale of {@link System#nanoTime}; a stay is one turn of one user. */
  private final long[] seenSince;
  /** Whether the user inside has been killed because it computed on and on; told once, killed again and again. */
  private final boolean[] foundStuck;
  private final int[] blockedLooks;
  private final boolean[] lent;
  private final Carriers carriers;
  /** Whether the virtual thread that was started last, to see whether one is carried, has run. */
  private volatile boolean carried = true;
  private int stuckLooks;
  private int quietLooks;
  /** Null = no limit. */
  private volatile MostComputing mostComputing;
  private volatile boolean closed;

  GateWatchdog(PythonGate gate, Carriers carriers, ThreadInterrupter interrupter) {
    this.gate = gate;
    this.carriers = carriers;
    this.interrupter = interrupter;
    this.seen = new PythonGate.Stay[gate.places()];
    this.seenSince = new long[gate.places()];
    this.foundStuck = new boolean[gate.places()];
    this.blockedLooks = new int[gate.places()];
    this.lent = new boolean[gate.places()];
    this.thread = Thread.ofPlatform().name("python-watchdog").daemon().unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  /** Users and greenlets that compute for so long from now on without leaving the gate are killed. From any thread. */
  void limitComputing(Duration most, Runnable onKill) {
    mostComputing = new MostComputing(most.toNanos(), System.nanoTime(), onKill);
  }

  void limitNoComputing() {
    mostComputing = null;
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    carriers.begin();
    while (!closed) {
      LockSupport.parkNanos(LOOK_NANOS);
      boolean late = late();
      int computing = 0;
      for (int place = 0; place < seen.length; place++) {
        computing += computes(place, late) ? 1 : 0;
      }
      lookAfterCarriers(late && (computing == 0 || carriers.crowded()));
    }
    for (boolean place : lent) {
      if (place) {
        carriers.repaid();
      }
    }
    carriers.end();
  }

  /** Whether a virtual thread that was ready at the last look has still not been carried. */
  private boolean late() {
    if (carried && carriers.wanted()) {
      carried = false;
      Thread.startVirtualThread(() -> carried = true);
      return false;
    }
    return !carried;
  }

  /** @param stuck virtual threads wait to be carried, and it is not Python that they wait for, or there are very many */
  private void lookAfterCarriers(boolean stuck) {
    stuckLooks = stuck ? stuckLooks + 1 : 0;
    quietLooks = stuck ? 0 : quietLooks + 1;
    if (stuckLooks >= STUCK_LOOKS) {
      stuckLooks = 0;
      carriers.add();
    } else if (quietLooks >= QUIET_LOOKS) {
      quietLooks = 0;
      carriers.remove();
    }
  }

  /**
   * Looks at a place, and lends a permit if its holder blocks.
   *
   * @param late virtual threads wait to be carried, perhaps because of a holder that blocks
   * @return whether there is a holder, and it does not block as far as is known
   */
  private boolean computes(int place, boolean late) {
    PythonGate.Stay stay = gate.stayAt(place);
    boolean same = stay == seen[place];
    seen[place] = stay;
    if (stay == null || !same) {
      seenSince[place] = System.nanoTime();
      foundStuck[place] = false;
      blockedLooks[place] = 0;
      if (lent[place]) {
        lent[place] = false;
        carriers.repaid();
      }
      return stay != null;
    }
    PythonThread python = stay.python;
    if (python != null) {
      interruptIfOverdue(python);
      killIfStuck(place, python);
    }
    CarriedState.remind(stay.thread);
    boolean wanted = late || gate.queueLength() > 0 || stay.hasHeir();
    if (!wanted || !isBlocked(stay.thread)) {
      blockedLooks[place] = 0;
      return true;
    }
    blockedLooks[place]++;
    if (blockedLooks[place] >= BLOCKED_LOOKS && gate.mayLend() && gate.lend(stay)) {
      lent[place] = true;
      carriers.lent();
    }
    return false;
  }

  private void killIfStuck(int place, PythonThread python) {
    MostComputing most = mostComputing;
    if (most == null || python.guest()) {
      return;
    }
    long now = System.nanoTime();
    if (Math.min(now - seenSince[place], now - most.since()) > most.nanos()) {
      seenSince[place] = now;
      python.kill();
      if (!foundStuck[place]) {
        foundStuck[place] = true;
        most.onKill().run();
      }
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
