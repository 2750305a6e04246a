package io.katydid.runner;

import io.katydid.dispatch.DispatchStep;
import io.katydid.dispatch.Placement;
import io.katydid.dispatch.UsersDispatcher;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Hands out the steps of one dispatch cycle in time. Owned by the runner's thread: every method is called on it, and so
 * are {@code send} and {@code onComplete}. A new cycle replaces the one under way (wire-protocol.md section 7.4).
 */
public final class DispatchLoop {
  private final RunThread thread;
  private Future<?> nextStep;
  private long cycle;

  public DispatchLoop(RunThread thread) {
    this.thread = thread;
  }

  /**
   * Begins to hand out a cycle that {@code dispatcher.newDispatch} has prepared. The first step goes out before this
   * returns.
   */
  public void begin(UsersDispatcher dispatcher, Consumer<Placement> send, Runnable onComplete) {
    cancel();
    step(++cycle, dispatcher, send, onComplete);
  }

  private void step(long ofCycle, UsersDispatcher dispatcher, Consumer<Placement> send, Runnable onComplete) {
    if (ofCycle != cycle) {
      return;
    }
    long begun = System.nanoTime();
    Optional<DispatchStep> step = dispatcher.next();
    if (step.isEmpty()) {
      cancel();
      onComplete.run();
      return;
    }
    send.accept(step.get().placement());
    if (ofCycle != cycle) {
      return; // sending made somebody start or stop the test
    }
    long left = (long) (step.get().waitSeconds() * 1e9) - (System.nanoTime() - begun);
    if (left <= 0) {
      nextStep = thread.order(() -> step(ofCycle, dispatcher, send, onComplete));
    } else {
      nextStep = thread.orderAfter(left, () -> step(ofCycle, dispatcher, send, onComplete));
    }
  }

  /** Whether a cycle is under way. */
  public boolean active() {
    return nextStep != null;
  }

  /** Gives up the cycle under way; its {@code onComplete} is not called. */
  public void cancel() {
    cycle++;
    if (nextStep != null) {
      nextStep.cancel(false);
      nextStep = null;
    }
  }
}
