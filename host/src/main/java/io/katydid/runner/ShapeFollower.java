package io.katydid.runner;

import io.katydid.log.Log;
import io.katydid.script.Script;
import io.katydid.script.ShapeStep;
import java.util.function.Consumer;

/**
 * Lets a local run or a master follow the load shape in use, if there is one. Any thread may choose the shape; the rest
 * belongs to the run thread.
 */
final class ShapeFollower {
  private final RunThread thread;
  private final Script script;
  private final Log log;
  private final Consumer<ShapeStep> onStep;
  private final Consumer<IllegalArgumentException> onRefused;
  private final Runnable stopTest;
  private ShapeLoop loop;
  private volatile String shape;
  private volatile Runnable onEnd;

  /**
   * @param onStep starts what the shape wants now
   * @param onRefused told why a step could not be started; the shape goes on
   * @param stopTest what happens when the shape is over and nobody has wished otherwise
   */
  ShapeFollower(
      RunThread thread,
      Script script,
      Log log,
      Consumer<ShapeStep> onStep,
      Consumer<IllegalArgumentException> onRefused,
      Runnable stopTest) {
    this.thread = thread;
    this.script = script;
    this.log = log;
    this.onStep = onStep;
    this.onRefused = onRefused;
    this.stopTest = stopTest;
  }

  void use(String name) {
    shape = name;
  }

  String shape() {
    return shape;
  }

  /** What happens at the shape's end instead of a plain stop; null = the stop. */
  void onEnd(Runnable action) {
    onEnd = action;
  }

  void begin() {
    if (shape == null) {
      return;
    }
    if (loop != null && loop.running()) {
      log.info("There is an ongoing shape test running. Editing is disabled");
      return;
    }
    log.info("Shape test starting.");
    log.info("Shape worker starting");
    loop = new ShapeLoop(thread, script, shape);
    loop.begin(this::step, this::end);
  }

  private void step(ShapeStep step) {
    log.info(RunLog.shapeUpdate(step));
    try {
      onStep.accept(step);
    } catch (IllegalArgumentException e) {
      onRefused.accept(e);
    }
  }

  private void end() {
    log.info("Shape test stopping");
    Runnable action = onEnd;
    (action != null ? action : stopTest).run();
  }

  void cancel() {
    if (loop != null) {
      loop.cancel();
    }
  }
}
