package io.katydid.runner;

import io.katydid.dispatch.DispatchClass;
import io.katydid.dispatch.UsersDispatcher;
import io.katydid.log.Level;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.script.Script;
import io.katydid.script.ShapeStep;
import io.katydid.script.UserClass;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Runs the users of a test in this process: a dispatcher with one worker, which is this process itself. State belongs
 * to the run thread; other threads read what is volatile.
 */
public final class LocalRunner implements Runner {
  private static final String LOCAL_WORKER = "local";
  private static final double HIGH_SPAWN_RATE = 100;

  private final Script script;
  private final RequestStats stats;
  private final ExceptionTable exceptions;
  private final boolean resetStatsAfterRamp;
  private final Logging logging;
  private final Log log;
  private final String clientId;
  private final DoubleSupplier now;
  private final RunThread thread = new RunThread("runner");
  private final DispatchLoop dispatchLoop = new DispatchLoop(thread);
  private final UserPool users;
  private final CountDownLatch quit = new CountDownLatch(1);

  private UsersDispatcher dispatcher;
  private ShapeLoop shapeLoop;
  private volatile String shape;
  private volatile Duration stopTimeout = Duration.ZERO;
  private volatile RunnerState state = RunnerState.READY;
  private volatile int targetUserCount;
  private volatile Map<String, Integer> targetUserClassesCount = Map.of();
  private volatile double spawnRate;
  private volatile Runnable onShapeEnd;
  private volatile Runnable onQuit;

  /**
   * @param clientId this node's id, `<host>_<32 hex digits>`
   * @param resetStatsAfterRamp `--reset-stats`
   * @param now seconds since 1970
   */
  public LocalRunner(
      Script script,
      RequestStats stats,
      ExceptionTable exceptions,
      Logging logging,
      String clientId,
      boolean resetStatsAfterRamp,
      DoubleSupplier now) {
    this.script = script;
    this.stats = stats;
    this.exceptions = exceptions;
    this.logging = logging;
    this.log = logging.log("locust.runners");
    this.clientId = clientId;
    this.now = now;
    this.resetStatsAfterRamp = resetStatsAfterRamp;
    this.users = new UserPool(script);
  }

  @Override
  public String kind() {
    return "local";
  }

  @Override
  public RunnerState runState() {
    return state;
  }

  @Override
  public String state() {
    return state.wireName();
  }

  @Override
  public List<UserClass> userClasses() {
    return script.userClasses();
  }

  @Override
  public void useShape(String name) {
    shape = name;
  }

  @Override
  public String shape() {
    return shape;
  }

  @Override
  public void stopTimeout(Duration timeout) {
    stopTimeout = timeout;
  }

  @Override
  public void start(int userCount, double rate, List<String> classes) {
    thread.order(() -> begin(userCount, rate, classes));
  }

  private void begin(int userCount, double rate, List<String> classes) {
    if (quit.getCount() == 0) {
      return;
    }
    boolean newRun = !state.active();
    if (rate > HIGH_SPAWN_RATE) {
      log.warning(
          "Your selected spawn rate is very high (>100), and this is known to sometimes cause issues. "
              + "Do you really need to ramp up that fast?");
    }
    targetUserCount = userCount;
    if (newRun) {
      stats.clearAll(now.getAsDouble());
      exceptions.clear();
      dispatcher = null;
      script.fire("test_start", Map.of());
      if (quit.getCount() == 0) {
        return; // a listener has quit
      }
    }
    state = RunnerState.SPAWNING;
    spawnRate = rate;
    log.info(String.format(Locale.ROOT, "Ramping to %d users at a rate of %.2f per second", userCount, rate));
    if (dispatcher == null) {
      dispatcher =
          new UsersDispatcher(
              List.of(LOCAL_WORKER),
              script.userClasses().stream()
                  .filter(c -> c.weight() > 0 || c.fixedCount() > 0)
                  .map(c -> new DispatchClass(c.name(), c.weight(), c.fixedCount()))
                  .toList());
    }
    dispatcher.newDispatch(userCount, rate, classes);
    dispatchLoop.begin(
        dispatcher,
        placement -> {
          targetUserClassesCount = placement.byClass();
          users.apply(placement.of(LOCAL_WORKER), stopTimeout, this::logSlowStop);
        },
        this::spawningComplete);
  }

  private void spawningComplete() {
    state = RunnerState.RUNNING;
    if (resetStatsAfterRamp) {
      log.info("Resetting stats");
      stats.resetAll(now.getAsDouble());
    }
    log.info(RunLog.allUsersSpawned(targetUserClassesCount));
    script.fire("spawning_complete", Map.of("user_count", targetUserCount));
  }

  private void logSlowStop() {
    log.info(RunLog.slowStop(stopTimeout));
  }

  @Override
  public void startShape() {
    thread.order(
        () -> {
          if (shape == null || shapeLoop != null && shapeLoop.running()) {
            return;
          }
          log.info("Shape test starting.");
          shapeLoop = new ShapeLoop(thread, script, shape);
          shapeLoop.begin(this::followShape, this::endShape);
        });
  }

  private void followShape(ShapeStep step) {
    log.info(RunLog.shapeUpdate(step));
    begin(step.users(), step.spawnRate(), step.userClasses());
  }

  private void endShape() {
    log.info("Shape test stopping");
    Runnable action = onShapeEnd;
    if (action != null) {
      action.run();
    } else {
      endRun();
    }
  }

  @Override
  public void onShapeEnd(Runnable action) {
    onShapeEnd = action;
  }

  /** The next start reads the classes anew; there is nobody else to tell. */
  @Override
  public void userClassChanged(Map<String, Object> change) {
    log.debug("User class changed: " + change.get("user_class_name"));
  }

  @Override
  public void onQuit(Runnable action) {
    onQuit = action;
  }

  @Override
  public void stop() {
    try {
      thread.run(this::endRun);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void orderStop() {
    thread.order(this::endRun);
  }

  private void endRun() {
    if (shapeLoop != null) {
      shapeLoop.cancel();
    }
    if (!state.active()) {
      return;
    }
    state = RunnerState.STOPPING;
    script.fire("test_stopping", Map.of());
    dispatchLoop.cancel();
    state = RunnerState.CLEANUP;
    users.stopAll(stopTimeout, this::logSlowStop);
    dispatcher = null;
    state = RunnerState.STOPPED;
    script.fire("test_stop", Map.of());
  }

  @Override
  public void quit() {
    try {
      thread.run(this::endEverything);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void orderQuit() {
    thread.order(this::endEverything);
  }

  private void endEverything() {
    if (quit.getCount() == 0) {
      return;
    }
    endRun();
    quit.countDown();
    if (onQuit != null) {
      onQuit.run();
    }
  }

  @Override
  public boolean awaitQuit(Duration timeout) throws InterruptedException {
    return quit.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int userCount() {
    return users.size();
  }

  @Override
  public Map<String, Integer> userClassesCount() {
    return users.counts();
  }

  @Override
  public int targetUserCount() {
    return targetUserCount;
  }

  @Override
  public Map<String, Integer> targetUserClassesCount() {
    return targetUserClassesCount;
  }

  @Override
  public double spawnRate() {
    return spawnRate;
  }

  /** A local run talks to itself: the message goes straight to the listener. */
  @Override
  public void sendMessage(String type, Object data, String to) {
    if (!script.deliver(type, data, clientId)) {
      log.warning("Unknown message type received: " + type);
    }
  }

  @Override
  public List<Worker> workers() {
    return List.of();
  }

  @Override
  public int workerIndex() {
    return 0;
  }

  @Override
  public String clientId() {
    return clientId;
  }

  @Override
  public RequestStats stats() {
    return stats;
  }

  @Override
  public ExceptionTable exceptions() {
    return exceptions;
  }

  @Override
  public void log(int level, String logger, String message) {
    logging.write(Level.ofNumber(level), logger, message);
  }

  @Override
  public void logException(String message, String traceback) {
    exceptions.log(ExceptionTable.LOCAL_NODE, message, traceback);
  }

  @Override
  public void close() {
    thread.close();
  }
}
