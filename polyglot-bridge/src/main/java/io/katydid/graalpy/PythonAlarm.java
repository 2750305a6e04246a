package io.katydid.graalpy;

import java.util.concurrent.Future;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * A Python exception that will be thrown in one thread after a while, unless cancelled: what {@code gevent.Timeout} is
 * made of. Fires on the alarm thread of the context, cancelled by any thread that is in Python.
 */
public final class PythonAlarm {
  private final PythonThread thread;
  private final Value exception;
  private Future<?> timer;
  private boolean over;

  PythonAlarm(PythonThread thread, Value exception) {
    this.thread = thread;
    this.exception = exception;
  }

  synchronized void timer(Future<?> newTimer) {
    timer = newTimer;
  }

  synchronized void fire() {
    if (!over) {
      thread.throwIn(exception);
    }
  }

  /** After this the exception will not be raised any more, even if the time was up already. */
  @HostAccess.Export
  public synchronized void cancel() {
    over = true;
    timer.cancel(false);
    thread.withdraw(exception);
  }
}
