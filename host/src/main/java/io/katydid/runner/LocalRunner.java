package io.katydid.runner;

import io.katydid.dispatch.DispatchClass;
import io.katydid.dispatch.UsersDispatcher;
import io.katydid.health.OpenFiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the users of a test in this process: a dispatcher with one worker, which is this process itself. State belongs
 * to the run thread; other threads read what is volatile.
 */
public final class LocalRunner extends NodeRunner {
  private static final String LOCAL_WORKER = "local";
  private static final double HIGH_SPAWN_RATE = 100;

  private final DispatchLoop dispatchLoop = new DispatchLoop(thread);
  private final UserPool users;
  private final ShapeFollower shapeFollower;

  private UsersDispatcher dispatcher;
  private volatile RunnerState state = RunnerState.READY;
  private volatile int targetUserCount;
  private volatile Map<String, Integer> targetUserClassesCount = Map.of();
  private volatile double spawnRate;

  /** @param resetStatsAfterRamp `--reset-stats` */
  public LocalRunner(Node node, boolean resetStatsAfterRamp) {
    super("local", node, resetStatsAfterRamp);
    this.users = new UserPool(script, log);
    this.shapeFollower =
        new ShapeFollower(
            thread, script, log, step -> begin(step.users(), step.spawnRate(), step.userClasses()), this::endRun);
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
  public void useShape(String name) {
    shapeFollower.use(name);
  }

  @Override
  public String shape() {
    return shapeFollower.shape();
  }

  @Override
  public void start(int userCount, double rate, List<String> classes) {
    thread.order(() -> begin(userCount, rate, classes));
  }

  private void begin(int userCount, double rate, List<String> classes) {
    if (hasQuit()) {
      return;
    }
    boolean newRun = !state.active();
    if (newRun) {
      script.testBegins();
    }
    if (rate > HIGH_SPAWN_RATE) {
      log.warning(
          "Your selected spawn rate is very high (>100), and this is known to sometimes cause issues. "
              + "Do you really need to ramp up that fast?");
    }
    OpenFiles.tooFewFor(userCount).ifPresent(log::warning);
    targetUserCount = userCount;
    if (newRun) {
      clearResults();
      dispatcher = null;
      script.fire("test_start", Map.of());
      if (hasQuit()) {
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
          users.apply(placement.of(LOCAL_WORKER), stopTimeout(), this::logSlowStop);
        },
        this::spawningComplete);
  }

  private void spawningComplete() {
    state = RunnerState.RUNNING;
    log.info(RunLog.allUsersSpawned(targetUserClassesCount));
    fireSpawningComplete(Map.of("user_count", targetUserCount));
  }

  private void logSlowStop() {
    log.info(RunLog.slowStop(stopTimeout()));
  }

  @Override
  public void startShape() {
    thread.order(shapeFollower::begin);
  }

  @Override
  public void onShapeEnd(Runnable action) {
    shapeFollower.onEnd(action);
  }

  /** The next start reads the classes anew; there is nobody else to tell. */
  @Override
  public void userClassChanged(Map<String, Object> change) {
    log.debug("User class changed: " + change.get("user_class_name"));
  }

  @Override
  public void stop() {
    endStuckUsersOfTest();
    try {
      thread.run(this::endRun);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void orderStop() {
    endStuckUsersOfTest();
    thread.order(this::endRun);
  }

  private void endStuckUsersOfTest() {
    if (state.active()) {
      endStuckUsers();
    }
  }

  private void endRun() {
    shapeFollower.cancel();
    if (!state.active()) {
      return;
    }
    state = RunnerState.STOPPING;
    script.fire("test_stopping", Map.of());
    dispatchLoop.cancel();
    state = RunnerState.CLEANUP;
    users.stopAll(stopTimeout(), this::logSlowStop);
    dispatcher = null;
    state = RunnerState.STOPPED;
    script.fire("test_stop", Map.of());
    script.testEnded();
  }

  @Override
  public void quit() {
    endStuckUsersOfTest();
    try {
      thread.run(this::endEverything);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void orderQuit() {
    endStuckUsersOfTest();
    thread.order(this::endEverything);
  }

  private void endEverything() {
    if (hasQuit()) {
      return;
    }
    endRun();
    announceQuit();
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
    if (!script.deliver(type, data, clientId())) {
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
  public void close() {
    thread.close();
  }
}
