package io.katydid.graalpy;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Raises GreenletExit in one Python thread that computes without blocking, wherever it is: at the next safepoint of the
 * interpreter or of compiled code. One per context; called by the watchdog.
 *
 * <p>The safepoint runs the Python function that the module {@code _katydid} exports under {@link #RAISE}; it raises
 * what the thread was told to raise, or nothing if the thread has noticed meanwhile.
 */
final class ThreadInterrupter {
  /** The name of the function among the polyglot bindings. */
  static final String RAISE = "katydid_raise_pending";

  private final TruffleInstrument.Env env;
  private final TruffleContext context;
  /** Who was asked, and on which thread. */
  private final Map<PythonThread, Thread> asked = new ConcurrentHashMap<>();

  ThreadInterrupter(TruffleInstrument.Env env, TruffleContext context) {
    this.env = env;
    this.context = context;
  }

  /** Asks once on each Java thread; does nothing while an earlier request there has not been served. */
  void interrupt(PythonThread thread) {
    Thread on = thread.thread();
    if (asked.put(thread, on) == on) {
      return;
    }
    try {
      env.submitThreadLocal(context, new Thread[] {on}, new Raise(thread));
    } catch (IllegalStateException contextClosed) {
      asked.remove(thread);
    }
  }

  private final class Raise extends ThreadLocalAction {
    private final PythonThread thread;

    Raise(PythonThread thread) {
      super(true, false);
      this.thread = thread;
    }

    @Override
    protected void perform(Access access) {
      asked.remove(thread, Thread.currentThread());
      if (!thread.killPending() || PythonThread.current() != thread) {
        return;
      }
      InteropLibrary interop = InteropLibrary.getUncached();
      try {
        interop.execute(interop.readMember(env.getPolyglotBindings(), RAISE));
      } catch (InteropException e) {
        throw new IllegalStateException("The module _katydid does not export " + RAISE + ".", e);
      }
    }
  }
}
