package io.katydid.runner;

import io.katydid.dispatch.DispatchClass;
import io.katydid.dispatch.UsersDispatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the users of a test in this process: a dispatcher with one worker, which is this process itself. State belongs
 * to the run thread; other threads read what is volatile. The run thread never waits for users: it orders what it wants
 * ({@link UserOrders}) and is told when that is done. While a test ends, what else is wanted waits for the end.
 */
public final class LocalRunner extends NodeRunner {
  private static final String LOCAL_WORKER = "local";
  private static final double HIGH_SPAWN_RATE = 100;

  private final DispatchLoop dispatchLoop = new DispatchLoop(thread);
  private final UserPool users;
  private final UserOrders orders;
  private final ShapeFollower shapeFollower;

  private UsersDispatcher dispatcher;
  /** The number of the last order, and of the last that has been carried out. */
  private long ordered;
  private long carriedOut;
  /** The number of the first order of the present ramp. */
  private long rampBegan;
  /** Whether all orders of the present ramp have been given. */
  private boolean rampOver;
  /** What waits for the end of the test; null = the test does not end just now. */
  private List<Runnable> afterEnd;
  private volatile RunnerState state = RunnerState.READY;
  private volatile int targetUserCount;
  private volatile Map<String, Integer> targetUserClassesCount = Map.of();
  private volatile double spawnRate;

  /** @param resetStatsAfterRamp `--reset-stats` */
  public LocalRunner(Node node, boolean resetStatsAfterRamp) {
    super("local", node, resetStatsAfterRamp);
    this.users = new UserPool(script, log);
    this.orders = new UserOrders(users, thread, () -> log.info(RunLog.slowStop(stopTimeout())), log);
    this.shapeFollower =
        new ShapeFollower(
            thread,
            script,
            log,
            step -> begin(step.users(), step.spawnRate(), step.userClasses()),
            this::startRefused,
            () -> endRun(() -> {}));
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
    thread.order(() -> betweenTests(() -> {
      try {
        begin(userCount, rate, classes);
      } catch (IllegalArgumentException e) {
        startRefused(e);
      }
    }));
  }

  /** Does something now, or after the end of the test that ends just now. */
  private void betweenTests(Runnable work) {
    if (afterEnd == null) {
      work.run();
    } else {
      afterEnd.add(work);
    }
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
    rampOver = false;
    rampBegan = ordered + 1;
    dispatchLoop.begin(
        dispatcher,
        placement -> {
          targetUserClassesCount = placement.byClass();
          long order = ++ordered;
          orders.apply(
              placement.of(LOCAL_WORKER), stopTimeout(), () -> carriedOut(order), () -> giveUpRamp(order));
        },
        () -> {
          rampOver = true;
          completeSpawning();
        });
  }

  private void carriedOut(long order) {
    carriedOut = order;
    completeSpawning();
  }

  /** A user could not be made: as with Locust no more are started, and those that are there go on. */
  private void giveUpRamp(long order) {
    if (order >= rampBegan) {
      dispatchLoop.cancel();
    }
  }

  /** All users are there once the last order has been given and carried out. */
  private void completeSpawning() {
    if (!rampOver || carriedOut != ordered || state != RunnerState.SPAWNING) {
      return;
    }
    state = RunnerState.RUNNING;
    log.info(RunLog.allUsersSpawned(targetUserClassesCount));
    fireSpawningComplete(Map.of("user_count", targetUserCount));
  }

  @Override
  public void startShape() {
    thread.order(() -> betweenTests(shapeFollower::begin));
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
    Waiting.forEnd(thread, this::endRun);
  }

  @Override
  public void orderStop() {
    endStuckUsersOfTest();
    thread.order(() -> endRun(() -> {}));
  }

  private void endStuckUsersOfTest() {
    if (state.active()) {
      endStuckUsers();
    }
  }

  /** Begins to end the test, if there is one; {@code done} is called at its end. */
  private void endRun(Runnable done) {
    shapeFollower.cancel();
    if (afterEnd != null) {
      afterEnd.add(done);
      return;
    }
    if (!state.active()) {
      done.run();
      return;
    }
    afterEnd = new ArrayList<>(List.of(done));
    state = RunnerState.STOPPING;
    script.fire("test_stopping", Map.of());
    dispatchLoop.cancel();
    state = RunnerState.CLEANUP;
    orders.stopAll(stopTimeout(), this::usersEnded);
  }

  private void usersEnded() {
    dispatcher = null;
    state = RunnerState.STOPPED;
    try {
      script.fire("test_stop", Map.of());
      script.testEnded();
    } finally {
      List<Runnable> waiting = afterEnd;
      afterEnd = null;
      waiting.forEach(work -> thread.order(() -> betweenTests(work)));
    }
  }

  @Override
  public void quit() {
    announceQuitting();
    endStuckUsersOfTest();
    Waiting.forEnd(thread, this::endEverything);
  }

  @Override
  public void orderQuit() {
    announceQuitting();
    endStuckUsersOfTest();
    thread.order(() -> endEverything(() -> {}));
  }

  private void endEverything(Runnable done) {
    endRun(
        () -> {
          leaveUsersBehind(users.size());
          announceQuit();
          done.run();
        });
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
    orders.close();
    thread.close();
  }
}
