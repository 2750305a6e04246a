package io.katydid.graalpy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * Feels whether Python in one context can still be called: whether the interpreter's lock is given to whoever waits for it,
 * and whether the gate in front of it lets somebody in. One per context; any thread may ask, one at a time does.
 *
 * <p>The lock is tried by a thread of its own that passes by the gate and calls nothing of the user's; who has the lock and
 * computes is made to hand it over by GraalPy, so this fails only if the holder is in a native call or lost. The gate is only
 * looked at: it stands still if the same users are inside at every look. A thread of the host that computes there, for a
 * listener say, may take as long as it likes.
 */
final class PythonPulse {
  private static final long LOOK_MILLIS = 50;

  private final Context context;
  private final PythonGate gate;
  /** A Python object to be touched. */
  private final Value touched;
  /** Counted down when the last thread that was sent has got the lock; guarded by this. */
  private CountDownLatch sent;

  PythonPulse(Context context, PythonGate gate, Value touched) {
    this.context = context;
    this.gate = gate;
    this.touched = touched;
  }

  /**
   * Waits until Python answers.
   *
   * @return false if it has not for so long
   */
  synchronized boolean beats(Duration patience) {
    try {
      return lockIsGiven(patience) && gateMoves(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean lockIsGiven(Duration patience) throws InterruptedException {
    if (sent == null || sent.getCount() == 0) {
      CountDownLatch back = new CountDownLatch(1);
      sent = back;
      Thread sending = Thread.ofPlatform().name("python-pulse").daemon().unstarted(() -> touch(back));
      sending.setContextClassLoader(PythonPulse.class.getClassLoader());
      sending.start();
    }
    return sent.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void touch(CountDownLatch back) {
    try {
      context.enter();
      try {
        touched.getMember("__name__");
      } finally {
        context.leave();
      }
    } catch (IllegalStateException | PolyglotException contextCloses) {
      // Nobody will call it any more.
    } finally {
      back.countDown();
    }
  }

  private boolean gateMoves(Duration patience) throws InterruptedException {
    PythonGate.Stay[] first = stays();
    long deadline = System.nanoTime() + patience.toNanos();
    while (gate.isFull() && sameUsersStay(first)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  private PythonGate.Stay[] stays() {
    PythonGate.Stay[] stays = new PythonGate.Stay[gate.places()];
    for (int place = 0; place < stays.length; place++) {
      stays[place] = gate.stayAt(place);
    }
    return stays;
  }

  /** Whether nobody has come or gone, and those inside are users or greenlets. */
  private boolean sameUsersStay(PythonGate.Stay[] before) {
    for (int place = 0; place < before.length; place++) {
      PythonGate.Stay stay = gate.stayAt(place);
      if (stay != before[place]) {
        return false;
      }
      PythonThread python = stay == null ? null : stay.python;
      if (python != null && python.guest() && stay.thread.isAlive()) {
        return false;
      }
    }
    return true;
  }
}
