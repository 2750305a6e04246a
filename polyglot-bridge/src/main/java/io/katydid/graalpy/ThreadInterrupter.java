package io.katydid.graalpy;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.RootNode;

/**
 * Raises GreenletExit in one Python thread that computes without blocking, wherever it is: at the next safepoint of the
 * interpreter or of compiled code. One per context; called by the watchdog.
 *
 * <p>The safepoint runs the Python function that the module {@code _katydid} exports under {@link #RAISE}; it raises
 * what the thread was told to raise, or nothing if the thread has noticed meanwhile.
 *
 * <p>A thread that waits for the interpreter's lock passes safepoints too. There nothing may be raised: GraalPy hands the
 * exception on with the lock taken, to a place that does not expect it, and the lock is never given back. Such a thread
 * is left alone and asked again later. So is one at the end of a call from Java into Python: Truffle has turned exceptions into
 * those of Java by then, and what is raised there reaches Java as it is, and from there Python as an error of Java.
 */
final class ThreadInterrupter {
  /** The name of the function among the polyglot bindings. */
  static final String RAISE = "katydid_raise_pending";

  private static final String PYTHON = "python";

  /** Each request takes a thread out of the queue for the interpreter's lock and puts it at the end, so there are few. */
  private static final long ASK_AGAIN_NANOS = 500_000_000;

  private final TruffleInstrument.Env env;
  private final TruffleContext context;

  ThreadInterrupter(TruffleInstrument.Env env, TruffleContext context) {
    this.env = env;
    this.context = context;
  }

  /** Asks once on each Java thread; does nothing while an earlier request there has not been served. */
  void interrupt(PythonThread thread) {
    Thread on = thread.thread();
    Raise earlier = (Raise) thread.interruption();
    if (earlier != null && earlier.on == on && !earlier.mayBeRepeated()) {
      return;
    }
    Raise raise = new Raise(thread, on);
    thread.interruption(raise);
    try {
      env.submitThreadLocal(context, new Thread[] {on}, raise);
    } catch (IllegalStateException contextClosed) {
      thread.interruption(null);
    }
  }

  /** One request. It is the thread's present one until it has been served. */
  private final class Raise extends ThreadLocalAction {
    private final PythonThread thread;
    private final Thread on;
    /** Since when it has not been served because it came at a bad time, on the scale of {@link System#nanoTime}; 0 = not. */
    private volatile long putOffAt;

    Raise(PythonThread thread, Thread on) {
      super(true, false);
      this.thread = thread;
      this.on = on;
    }

    boolean mayBeRepeated() {
      long since = putOffAt;
      return since != 0 && System.nanoTime() - since > ASK_AGAIN_NANOS;
    }

    @Override
    protected void perform(Access access) {
      if (thread.interruption() != this) {
        return;
      }
      if (!thread.killPending() || PythonThread.current() != thread) {
        thread.interruption(null);
        return;
      }
      if (isBetweenJavaAndPython(access)) {
        // It is in Python in a moment, where the watchdog's next look finds it.
        thread.interruption(null);
        return;
      }
      if (waitsForInterpreterLock()) {
        putOffAt = System.nanoTime();
        return;
      }
      InteropLibrary interop = InteropLibrary.getUncached();
      try {
        // Still the present one meanwhile: another would be served inside of this, and another inside of that.
        interop.execute(interop.readMember(env.getPolyglotBindings(), RAISE));
      } catch (InteropException e) {
        throw new IllegalStateException("The module _katydid does not export " + RAISE + ".", e);
      } finally {
        thread.interruption(null);
      }
    }
  }

  /** Whether the calling thread is at the end of a call from Java into Python, or from Python into Java. */
  private static boolean isBetweenJavaAndPython(ThreadLocalAction.Access access) {
    RootNode root = access.getLocation() == null ? null : access.getLocation().getRootNode();
    return root != null && (root.getLanguageInfo() == null || !PYTHON.equals(root.getLanguageInfo().getId()));
  }

  /** Whether the calling thread is on its way into Python, or back, and waits there for the interpreter's lock. */
  private static boolean waitsForInterpreterLock() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getMethodName().equals("acquireGilOrThrow")
                            && frame.getClassName().equals("com.oracle.graal.python.runtime.GilNode")));
  }
}
