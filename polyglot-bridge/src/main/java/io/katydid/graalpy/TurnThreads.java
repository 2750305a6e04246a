package io.katydid.graalpy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * The Java threads on which the users of one context have their turns. A turn is what a user does from one wait to the
 * next. While it waits a user has no thread, and so no stack: of thousands of users nearly all wait. Threads without a
 * user are kept for a while for whoever has its next turn, the one used last first.
 *
 * <p>Users whose turn has come stand in a queue. At most one thread at a time is on its way to the first of them: it goes
 * through the gate, takes that user, and calls the next thread when it leaves the gate or blocks. So users do not come
 * with a thread each to wait at the gate, and there are about as many threads as requests in flight.
 *
 * <p>A user stays on its thread for good once something has been filed under that thread ({@link PythonThread#bind}:
 * Python's thread-local data) or may be ({@link #bindAll}). Such a thread ends with its user, so that nobody finds what
 * another has filed.
 *
 * <p>Users are started and woken by any thread. Queue and free threads are guarded by the monitor of this object; a user
 * belongs to the thread it is mounted on, and while it waits to its {@link Wait}.
 */
final class TurnThreads {
  /** What a user's last turn returns instead of seconds. */
  static final double ENDED = -1;

  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);
  /** Above the numbers of Java's threads. */
  private static final long FIRST_IDENT = 1L << 40;

  /** The turns of one user. */
  @FunctionalInterface
  interface Turns {
    /**
     * Has the next turn, on a thread that is in the context.
     *
     * @param killed the user was told to die while it waited
     * @return seconds to wait before the next turn, or {@link #ENDED}
     */
    double untilWait(boolean killed);

    /**
     * The user ends: with something that no Python code could catch, on its thread and under the gate, or because there is no thread for it,
     * on any thread.
     */
    default void failed(Throwable reason) {}

    /** Whether this is no user of a test, but one that lets code be compiled before the test. */
    default boolean warmsUp() {
      return false;
    }
  }

  private final Context context;
  private final PythonGate gate;
  private final PythonHost host;
  private final Value enterThread;
  private final ClassLoader loader;
  private final UserThreadChoice kind;
  private final WaitTimer timer;
  private final AtomicLong idents = new AtomicLong(FIRST_IDENT);
  private final AtomicLong threadNumbers = new AtomicLong();
  private final Set<User> users = ConcurrentHashMap.newKeySet();
  private volatile boolean allBound;
  /** Written under the monitor, as what follows. */
  private volatile boolean closed;
  private final ArrayDeque<User> due = new ArrayDeque<>();
  private final ArrayDeque<TurnThread> free = new ArrayDeque<>();
  /** Whether a thread is on its way to the first user of the queue; always true while there is one. */
  private boolean led;

  /**
   * @param enterThread the Python function that every thread calls first
   * @param loader the threads' context class loader
   * @param kind platform threads are never left: native extensions file under them what nobody sees
   */
  TurnThreads(
      Context context, PythonGate gate, PythonHost host, Value enterThread, ClassLoader loader, UserThreadChoice kind) {
    this.context = context;
    this.gate = gate;
    this.host = host;
    this.enterThread = enterThread;
    this.loader = loader;
    this.kind = kind;
    this.allBound = kind.ofUsers() == UserThreads.PLATFORM;
    this.timer = new WaitTimer("user-waits");
    timer.set(new Dismissal(), KEPT_NANOS);
  }

  /**
   * A user; not started yet.
   *
   * @param afterwards runs when it has ended, whatever happened, outside of the context
   */
  User newUser(String name, Turns turns, Runnable afterwards) {
    return new User(new PythonThread(name, idents.incrementAndGet()), turns, afterwards);
  }

  /** The users that have begun and not ended. */
  List<PythonThread> users() {
    return users.stream().map(User::thread).toList();
  }

  /** From now on every user stays on the thread of its present or next turn. */
  void bindAll() {
    allBound = true;
  }

  /** From now on users run on platform threads. No user of a test has begun. */
  void onPlatformThreads() {
    bindAll();
    List<TurnThread> others;
    synchronized (this) {
      others = List.copyOf(free);
      free.clear();
    }
    others.forEach(thread -> thread.hear(Call.DISMISSED));
  }

  /** Whether there are users. Those that warm the compiler up do not count: they end, and use no packages. */
  boolean testRuns() {
    return users.stream().anyMatch(user -> !user.turns.warmsUp());
  }

  /** Ends the free threads, and the users that wait: without another turn. The context is about to close. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    dismissUnneeded();
    timer.close();
    endDue(null);
    users.forEach(user -> user.python.kill());
  }

  /** Looks for threads to be dismissed from time to time. */
  private final class Dismissal extends WaitTimer.Alarm {
    @Override
    void ring() {
      try {
        dismissUnneeded();
      } finally {
        timer.set(this, KEPT_NANOS);
      }
    }
  }

  /** Ends the threads that have been free for long; all free ones once the context closes. */
  private void dismissUnneeded() {
    long now = System.nanoTime();
    List<TurnThread> unneeded = new ArrayList<>();
    synchronized (this) {
      // Those that have waited longest are the last ones.
      while (!free.isEmpty() && (closed || now - free.getLast().freeSince >= KEPT_NANOS)) {
        unneeded.add(free.removeLast());
      }
    }
    unneeded.forEach(thread -> thread.hear(Call.DISMISSED));
  }

  /** Gives a user that has no thread its turn, after those whose turn has come before. */
  private void resume(User user) {
    TurnThread called = null;
    boolean never;
    synchronized (this) {
      never = closed;
      if (!never) {
        due.add(user);
        user.behindSince = led ? System.nanoTime() : 0;
        if (led) {
          return;
        }
        led = true;
        called = free.poll();
      }
    }
    if (never) {
      user.over();
    } else {
      call(called);
    }
  }

  /** Lets a thread come for the first user of the queue, if there is one: the one before has left the gate. */
  private void callNext() {
    TurnThread called;
    synchronized (this) {
      if (due.isEmpty()) {
        led = false;
        return;
      }
      called = free.poll();
    }
    call(called);
  }

  private void call(TurnThread called) {
    if (called != null) {
      called.hear(Call.COME);
      return;
    }
    try {
      new TurnThread().thread.start();
    } catch (OutOfMemoryError e) {
      // The system gives no more threads, or there is no room for one.
      endDue(e);
    }
  }

  /**
   * Ends the users of the queue: no thread can come for them.
   *
   * @param reason why, if that is nobody's wish; null = the context closes
   */
  private void endDue(Throwable reason) {
    List<User> never;
    synchronized (this) {
      never = List.copyOf(due);
      due.clear();
      led = false;
    }
    for (User user : never) {
      if (reason != null) {
        user.turns.failed(reason);
      }
      user.over();
    }
  }

  /** The first user of the queue; null if the context closes. */
  private synchronized User take() {
    return due.poll();
  }

  /** One user, from its start to its end. */
  final class User {
    private final PythonThread python;
    private final Turns turns;
    private final Runnable afterwards;
    private boolean begun;
    /** Since when others have kept it from its turn, on the scale of {@link System#nanoTime}; 0 = nobody has. */
    private long behindSince;

    private User(PythonThread python, Turns turns, Runnable afterwards) {
      this.python = python;
      this.turns = turns;
      this.afterwards = afterwards;
    }

    /** What Python takes for its thread. */
    PythonThread thread() {
      return python;
    }

    void start() {
      users.add(this);
      resume(this);
    }

    /**
     * Has turns, and the waits between them as long as it must stay on the calling thread, which it is mounted on and which
     * is in the context.
     *
     * @return seconds to wait without a thread, or {@link #ENDED}
     */
    private double go() {
      python.wakeWith(null);
      // A kill before the beginning is noticed where the user blocks first.
      boolean killed = begun && python.takeKill();
      begun = true;
      double seconds = turns.untilWait(killed);
      while (seconds == 0 || seconds > 0 && (allBound || python.bound())) {
        seconds = turns.untilWait(host.sleep(seconds));
      }
      return seconds;
    }

    private void over() {
      if (!users.remove(this)) {
        return;
      }
      try {
        afterwards.run();
      } finally {
        python.end();
      }
    }
  }

  /** The wait of a user that has no thread. Ended once: by the timer, or by whoever kills the user. */
  private final class Wait extends WaitTimer.Alarm implements Runnable {
    private final User user;
    private final AtomicBoolean over = new AtomicBoolean();

    Wait(User user) {
      this.user = user;
    }

    void begin(double seconds) {
      // First of all: a kill that has come meanwhile ends the wait here, and the user may have gone on already.
      user.python.wakeWith(this);
      if (!over.get() && !timer.set(this, (long) Math.min(seconds * 1e9, 4e18))) {
        // The context closes.
        ring();
      }
    }

    /** The user has been killed. */
    @Override
    public void run() {
      if (over.compareAndSet(false, true)) {
        timer.callOff(this);
        resume(user);
      }
    }

    @Override
    void ring() {
      if (over.compareAndSet(false, true)) {
        resume(user);
      }
    }
  }

  /** What a free thread is told. */
  private enum Call {
    COME,
    DISMISSED
  }

  /** One thread, with one user after another. */
  private final class TurnThread implements Runnable {
    private final Thread thread = kind.ofUsers().newThread("users-" + threadNumbers.incrementAndGet(), loader, this);
    /** What the thread has been told since it became free. */
    private volatile Call call;
    /** Guarded by the monitor. */
    private long freeSince;

    void hear(Call told) {
      call = told;
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      gate.enter();
      boolean entered = false;
      try {
        context.enter();
        enterThread.executeVoid();
        entered = true;
      } catch (IllegalStateException | PolyglotException contextCloses) {
        return;
      } finally {
        if (!entered) {
          gate.leave();
          endDue(null);
        }
      }
      try {
        while (turn()) {
          gate.enter();
        }
      } finally {
        gate.enter();
        try {
          context.leave();
        } finally {
          gate.leave();
        }
      }
    }

    /** The turn of the next user, perhaps more of its turns, until the gate is left; true if there is to be another. */
    private boolean turn() {
      User mine = take();
      if (mine == null) {
        gate.leave();
        return false;
      }
      mine.python.mount();
      long waited = mine.behindSince == 0 ? 0 : System.nanoTime() - mine.behindSince;
      gate.insideAs(mine.python, waited, TurnThreads.this::callNext);
      double seconds = ENDED;
      boolean failed = false;
      try {
        seconds = mine.go();
      } catch (RuntimeException | Error e) {
        failed = true;
        // What a context that closes throws at those who are still in it is nobody's fault.
        if (!closed && (!(e instanceof PolyglotException known) || PythonContext.isNews(known))) {
          mine.turns.failed(e);
        }
      } finally {
        try {
          gate.leave();
        } finally {
          leave(mine, seconds);
        }
      }
      boolean clean = !failed && (seconds >= 0 || !(allBound || mine.python.bound()));
      return clean && awaitCall();
    }

    private void leave(User mine, double seconds) {
      mine.python.unmount();
      if (seconds < 0) {
        mine.over();
      } else {
        new Wait(mine).begin(seconds);
      }
    }

    /** Waits to be called; false if it is not needed any more. */
    private boolean awaitCall() {
      call = null;
      synchronized (TurnThreads.this) {
        if (closed) {
          return false;
        }
        freeSince = System.nanoTime();
        free.push(this);
      }
      // Without a limit: it would be set and called off for every turn.
      while (call == null) {
        LockSupport.park(TurnThreads.this);
        // Whoever interrupted meant a user that has left.
        Thread.interrupted();
      }
      return call == Call.COME;
    }
  }
}
