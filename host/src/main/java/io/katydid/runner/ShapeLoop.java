package io.katydid.runner;

import io.katydid.script.Script;
import io.katydid.script.ShapeStep;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a load shape about once a second what it wants and tells the runner when that has changed. Owned by the runner's
 * thread (wire-protocol.md section 8, "Load shape").
 */
public final class ShapeLoop {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RunThread thread;
  private final Script script;
  private final String shape;
  private Future<?> nextTick;
  private boolean running;
  private ShapeStep last;

  public ShapeLoop(RunThread thread, Script script, String shape) {
    this.thread = thread;
    this.script = script;
    this.shape = shape;
  }

  /**
   * Begins asking; the first question comes at once.
   *
   * @param onChange a step that differs from the last one
   * @param onEnd the shape has said that the test is over
   */
  public void begin(Consumer<ShapeStep> onChange, Runnable onEnd) {
    cancel();
    last = null;
    running = true;
    script.resetShape(shape);
    tick(onChange, onEnd);
  }

  private void tick(Consumer<ShapeStep> onChange, Runnable onEnd) {
    if (!running) {
      return;
    }
    long begun = System.nanoTime();
    Optional<ShapeStep> step = script.tick(shape);
    if (step.isEmpty()) {
      cancel();
      onEnd.run();
      return;
    }
    if (!step.get().equals(last)) {
      last = step.get();
      onChange.accept(last);
    }
    if (running) {
      nextTick = thread.orderAfter(TICK_NANOS - (System.nanoTime() - begun), () -> tick(onChange, onEnd));
    }
  }

  public boolean running() {
    return running;
  }

  public void cancel() {
    running = false;
    if (nextTick != null) {
      nextTick.cancel(false);
      nextTick = null;
    }
  }
}
