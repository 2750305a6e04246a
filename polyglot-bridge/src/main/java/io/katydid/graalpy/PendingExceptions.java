package io.katydid.graalpy;

import java.util.ArrayDeque;
import org.graalvm.polyglot.Value;

/**
 * What a Python thread has been told to raise and has not raised yet: at most one death (GreenletExit), any number of
 * other exceptions. Owned by its {@link PythonThread}; orders come from any thread, only the thread itself takes them.
 */
final class PendingExceptions {
  /** Null before the first: hardly any thread ever has one. */
  private ArrayDeque<Value> others;
  private boolean death;
  private long sinceNanos;
  private Value taken;
  /** Read on every turn of a waiting loop, so kept outside of the monitor. */
  private volatile boolean any;

  synchronized void addDeath() {
    death = true;
    noteOrder();
  }

  synchronized void add(Value exception) {
    if (others == null) {
      others = new ArrayDeque<>(1);
    }
    others.add(exception);
    noteOrder();
  }

  private void noteOrder() {
    if (!any) {
      sinceNanos = Math.max(1, System.nanoTime());
      any = true;
    }
  }

  synchronized void remove(Value exception) {
    if (others != null) {
      others.remove(exception);
      any = death || !others.isEmpty();
    }
  }

  boolean isEmpty() {
    return !any;
  }

  synchronized long sinceNanos() {
    return any ? sinceNanos : 0;
  }

  /** Takes the oldest exception, or else the death; false if there is neither. */
  synchronized boolean take() {
    if (!any) {
      return false;
    }
    taken = others == null ? null : others.poll();
    if (taken == null) {
      death = false;
    }
    any = death || others != null && !others.isEmpty();
    sinceNanos = Math.max(1, System.nanoTime());
    return true;
  }

  /** What {@link #take} took last; null = the death. Forgets it. */
  synchronized Value taken() {
    Value exception = taken;
    taken = null;
    return exception;
  }
}
