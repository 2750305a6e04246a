package io.katydid.runner;

import io.katydid.script.RunControl;
import io.katydid.script.UserClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A test as the command line and the web UI steer it. Methods may be called from any thread.
 */
public interface Runner extends RunControl, AutoCloseable {
  RunnerState runState();

  /** The user classes the next start dispatches, as selected and edited. */
  List<UserClass> userClasses();

  /** Sets the load shape that {@link #startShape} follows; null for none. */
  void useShape(String shape);

  /** The shape in use, or null. */
  String shape();

  /** What happens on the run thread when the shape says that the test is over, instead of a plain stop. */
  void onShapeEnd(Runnable action);

  /** Tells the workers that a user class has been edited here. */
  void userClassChanged(Map<String, Object> change);

  /** Who makes the HTML report, dark or not. Without one there is none. */
  void reportWith(Function<Boolean, String> writer);

  /** Called on any thread when somebody wants the run to be quit, before anything is done about it; perhaps several times. */
  void onQuitting(Runnable action);

  /** Called on the run thread, once, when the run has been quit by whomever. */
  void onQuit(Runnable action);

  /**
   * Waits until somebody has called {@link #quit} and it is done.
   *
   * @return false if the timeout came first
   */
  boolean awaitQuit(Duration timeout) throws InterruptedException;

  /** How long users may finish their tasks at present: a worker's master says. */
  Duration stopTimeout();

  /** From now on nothing is counted any more, whatever users go on doing. Any thread. */
  void closeResults();

  /** Whether a start was refused or work of the runner has failed so far: the exit code tells (2, as in Locust). */
  boolean unhandledFailure();

  /** Frees threads and sockets; after {@link #quit}. */
  @Override
  void close();
}
