package io.katydid.cluster;

import io.katydid.dispatch.Placement;
import io.katydid.dispatch.UsersDispatcher;
import io.katydid.wire.Message;
import io.katydid.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A master's run: starts, changes and stops a test over the workers that are connected (spec wire-protocol, section 8).
 *
 * <p>All state belongs to the timeline: {@link #start}, {@link #stop}, {@link #quit} and {@link #sendMessage} are
 * called on it. {@link #received} and {@link #answerAtOnce} are called by the socket's thread, everything without a
 * side effect by any. Nothing here blocks: what takes time ends with a callback on the timeline.
 */
public final class MasterProtocol {
  static final String HEARTBEAT = "heartbeat";

  private static final double TICK_SECONDS = 1;
  private static final double HIGH_SPAWN_RATE_PER_WORKER = 100;
  /** Added to the stop timeout, in seconds: how long workers may take to stop their users. */
  private static final double STOP_GRACE_SECONDS = 60;
  /** How long a worker without users may take to say that it has stopped. */
  private static final long STOPPED_GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
  /** Added to the stop timeout, in seconds: how long workers may take for their last report when the master quits. */
  private static final double QUIT_GRACE_SECONDS = 10;
  /** Workers report every three seconds, late ones later. */
  private static final long REPORT_STILL_NEW_NANOS = TimeUnit.SECONDS.toNanos(10);
  /** A worker whose liveness is below this sends no heartbeats any more, so its farewell is not waited for. */
  private static final int SILENT_LIVENESS = 1;

  private final MasterSettings settings;
  private final Timeline time;
  private final MasterRun run;
  private final MasterLink link;
  private final ClusterLog log;
  private final WorkerRegistry workers = new WorkerRegistry();
  private final SpawnRamp ramp;
  private final Redistributions redistributions;
  private final WorkerMessages messages;
  private final List<Runnable> whenStopped = new ArrayList<>();
  private final List<Runnable> whenQuit = new ArrayList<>();

  private UsersDispatcher dispatcher;
  private Timeline.Timer reportDeadline;
  private Timeline.Timer stopDeadline;
  private long stopBegun;
  private Timeline.Timer quitDeadline;
  /** On the scale of the timeline's nanoseconds. */
  private long quitLatest;
  private double lastTimestamp;
  private boolean awaitingReports;
  private boolean spawningCompleted;
  private boolean closed;
  private boolean quitting;
  private volatile RunPhase phase = RunPhase.READY;
  private volatile int targetUserCount;
  private volatile double spawnRate;
  private volatile Map<String, Integer> targetUserClassesCount = Map.of();
  private volatile Map<String, Integer> finalUserClassesCount = Map.of();

  public MasterProtocol(MasterSettings settings, Timeline time, MasterRun run, MasterLink link, ClusterLog log) {
    this.settings = settings;
    this.time = time;
    this.run = run;
    this.link = link;
    this.log = log;
    this.ramp = new SpawnRamp(time);
    this.redistributions = new Redistributions(time, changes -> guarded("a redistribution of users", () -> redistribute(changes)));
    this.messages = new WorkerMessages(settings, time, run, link, log, workers, this);
  }

  /** Begins to watch over the workers; call it once. */
  public void open() {
    time.after(TICK_SECONDS, this::tick);
  }

  private void tick() {
    if (closed) {
      return;
    }
    guarded("the watch over the workers", () -> {
      messages.watch();
      settle();
    });
    time.after(TICK_SECONDS, this::tick);
  }

  /** Ends the watch; nothing is sent. */
  public void close() {
    closed = true;
    ramp.cancel();
    redistributions.take();
    messages.end();
  }

  /** Handles a message in its turn. */
  public void received(String identity, Message message) {
    received(identity, message.type().equals(HEARTBEAT) && answerAtOnce(message.nodeId()), () -> message);
  }

  /**
   * Answers the heartbeat of a live worker, on the socket's thread, whatever the run is busy with.
   *
   * @return false if there is no such worker, or it is missing: then the answer is given in its turn
   */
  boolean answerAtOnce(String worker) {
    return messages.answerAtOnce(worker);
  }

  /** Reads a message when it is its turn. */
  @FunctionalInterface
  interface Reading {
    Message read() throws WireException;
  }

  /**
   * A frame that is read in its turn; called on the socket's thread.
   *
   * @param identity its sender's, null if that is not UTF-8
   * @param answered whether it is a heartbeat that has been answered
   */
  void received(String identity, boolean answered, Reading reading) {
    time.order(() -> {
      try {
        handle(identity, reading.read(), answered);
      } catch (WireException e) {
        guarded("a corrupted message", () -> messages.corrupted(identity, e));
      }
    });
  }

  /** A frame that is no message, on the socket's thread. {@code identity} is null if it is not UTF-8. */
  public void corrupted(String identity, WireException why) {
    received(identity, false, () -> {
      throw why;
    });
  }

  private void handle(String identity, Message message, boolean answered) {
    guarded("a " + message.type() + " message from worker " + message.nodeId(), () -> {
      if (messages.handle(identity, message, answered)) {
        checkStopped();
      }
      settle();
    });
  }

  /** Nothing a peer or a listener does may end the handling of messages. */
  private void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("Exception while handling " + what, e);
    }
  }

  /**
   * Starts a test, or changes the one that runs, and returns when the first users have been ordered.
   *
   * @param users wanted in total
   * @param rate users per second
   * @param userClasses names of the classes to take new users from, or null for all or as before
   */
  public void start(int users, double rate, List<String> userClasses) {
    int connected = workers.connected();
    if (connected == 0) {
      log.warning("You can't start a distributed test before at least one worker processes has connected");
      return;
    }
    if (quitting) {
      return;
    }
    boolean newTest = !phase.active();
    if (newTest) {
      if (stopDeadline != null) {
        endStop(); // the last test has to have ended before the next one begins
      }
      guarded("a changed locustfile", run::testBegins);
    }
    if (!plan(users, rate, userClasses, connected)) {
      run.startRefused();
      if (newTest) {
        guarded("the end of a test", run::testEnded);
      }
      return;
    }
    if (newTest) {
      targetUserClassesCount = Map.of();
      guarded("the results of the last test", run::clearResults);
      fire("test_start", Map.of());
      if (quitting || dispatcher == null) {
        return; // a listener has ended the test
      }
    }
    phase = RunPhase.SPAWNING;
    spawningCompleted = false;
    stopAwaitingReports();
    beginCycle(users, rate, userClasses);
  }

  /** Makes the dispatcher, if there is none, and says what is going to happen. */
  private boolean plan(int users, double rate, List<String> userClasses, int connected) {
    if (users < 0 || !(rate > 0) || Double.isInfinite(rate)) {
      log.error("A test needs a number of users and a positive spawn rate, not " + users + " and " + rate + ".");
      return false;
    }
    if (dispatcher == null || !phase.active()) {
      try {
        redistributions.take();
        dispatcher = new UsersDispatcher(
            workers.available().stream().map(WorkerNode::id).toList(), run.userClasses());
      } catch (IllegalArgumentException e) {
        log.error(e.getMessage());
        return false;
      }
    }
    if (userClasses != null && !dispatcher.placement().classes().containsAll(userClasses)) {
      log.error("The test cannot start: among " + userClasses + " is a user class that does not exist.");
      return false;
    }
    targetUserCount = users;
    spawnRate = rate;
    log.info(String.format(Locale.ROOT, "Sending spawn jobs of %d users at %.2f spawn rate to %d ready workers",
        users, rate, connected));
    if (rate / connected > HIGH_SPAWN_RATE_PER_WORKER) {
      log.warning("Your selected spawn rate is very high (>100/worker), and this is known to sometimes cause issues. "
          + "Do you really need to ramp up that fast?");
    }
    return true;
  }

  private void beginCycle(int users, double rate, List<String> userClasses) {
    UsersDispatcher current = dispatcher;
    tellDispatcher(redistributions.take());
    current.newDispatch(users, rate, userClasses);
    ramp.begin(current, this::sendSpawns, () -> awaitReports(current.placement()));
  }

  private void sendSpawns(Placement placement) {
    MasterRun.SpawnSettings spawn = run.spawnSettings();
    placement.byWorker().forEach((worker, counts) -> {
      Map<String, Object> job = new LinkedHashMap<>();
      job.put("timestamp", nextTimestamp());
      job.put("user_classes_count", counts);
      job.put("host", spawn.host());
      job.put("stop_timeout", spawn.stopTimeoutSeconds());
      job.put("parsed_options", spawn.parsedOptions());
      WorkerNode node = workers.get(worker);
      if (node != null) {
        node.ordered();
      }
      link.send(worker, new Message("spawn", job, worker));
    });
    log.debug("Sending spawn messages for " + placement.total() + " total users to " + placement.workers().size()
        + " worker(s)");
    log.debug("Currently spawned users: " + UserCounts.logged(workers.userClassesCount()));
  }

  /** Grows with every order, also when the clock is set back: workers ignore orders that look older than the last. */
  private double nextTimestamp() {
    lastTimestamp = Math.max(time.epochSeconds(), Math.nextUp(lastTimestamp));
    return lastTimestamp;
  }

  private void awaitReports(Placement placement) {
    targetUserClassesCount = placement.byClass();
    awaitingReports = true;
    reportDeadline = time.after(settings.reportWaitSeconds(), () -> {
      if (awaitingReports) {
        endRamp("Spawning is complete and report waittime is expired, but not all reports received from workers");
      }
    });
  }

  private void stopAwaitingReports() {
    awaitingReports = false;
    if (reportDeadline != null) {
      reportDeadline.cancel();
      reportDeadline = null;
    }
  }

  private void endRamp(String prefix) {
    stopAwaitingReports();
    phase = RunPhase.RUNNING;
    int users = UserCounts.sum(targetUserClassesCount);
    fire("spawning_complete", Map.of("user_count", users));
    sendMessage("spawning_complete", Map.of("user_count", users), null);
    spawningCompleted = true;
    log.info(prefix + ": " + UserCounts.logged(workers.userClassesCount()));
  }

  /** Ends what only waited for the message that has just been handled. */
  private void settle() {
    if (awaitingReports && workers.userCount() == UserCounts.sum(targetUserClassesCount)) {
      endRamp("All users spawned");
    }
    if (stopDeadline != null && workers.userCount() == 0 && !awaitsStopped()) {
      endStop();
    }
    if (quitDeadline != null && workers.count(this::owesFarewell) == 0) {
      endQuit();
    }
  }

  /** A stop that follows a start at once finds no users reported yet, so the workers' own word is waited for as well. */
  private boolean awaitsStopped() {
    return time.nanos() - stopBegun < STOPPED_GRACE_NANOS && workers.any(node -> !node.missing() && node.hasOrders());
  }

  private boolean owesFarewell(WorkerNode node) {
    return !node.missing() && node.liveness() >= SILENT_LIVENESS;
  }

  /**
   * Stops the test; workers stay connected.
   *
   * @param done called when all users have stopped, or at once if no test runs
   */
  public void stop(Runnable done) {
    if (stopDeadline != null) {
      whenStopped.add(done);
      return;
    }
    if (!phase.active()) {
      done.run();
      return;
    }
    whenStopped.add(done);
    beginStop();
    workers.all().forEach(node -> send("stop", null, node.id()));
    double patience = Math.max(0, run.spawnSettings().stopTimeoutSeconds()) + STOP_GRACE_SECONDS;
    stopBegun = time.nanos();
    stopDeadline = time.after(patience, () -> {
      log.error("Timeout waiting for all workers to stop");
      endStop();
    });
    settle();
  }

  private void beginStop() {
    fire("test_stopping", Map.of());
    finalUserClassesCount = Map.copyOf(workers.userClassesCount());
    phase = RunPhase.STOPPING;
    ramp.cancel();
    redistributions.take();
    stopAwaitingReports();
    dispatcher = null;
  }

  private void endStop() {
    stopDeadline.cancel();
    stopDeadline = null;
    fire("test_stop", Map.of());
    guarded("the end of a test", run::testEnded);
    runAll(whenStopped);
  }

  private void runAll(List<Runnable> waiting) {
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(work -> guarded("the end of a stop", work));
  }

  /**
   * Ends the run and all workers.
   *
   * @param done called when every worker has sent its last report and said good-bye, or has had its time for it
   */
  public void quit(Runnable done) {
    whenQuit.add(done);
    if (quitting) {
      if (quitDeadline == null) {
        runAll(whenQuit);
      }
      return;
    }
    quitting = true;
    if (stopDeadline != null) {
      endStop();
    } else if (phase.active()) {
      beginStop();
      fire("test_stop", Map.of());
    }
    workers.all().forEach(node -> send("quit", null, node.id()));
    double patience = Math.max(0, run.spawnSettings().stopTimeoutSeconds()) + QUIT_GRACE_SECONDS;
    quitLatest = time.nanos() + (long) ((patience - QUIT_GRACE_SECONDS + STOP_GRACE_SECONDS) * 1e9);
    quitDeadline = time.after(patience, this::endQuitUnlessUsersAreEnding);
    settle();
  }

  /** A worker that is heard and has users still ends them: its last report is worth as much patience as at a stop. */
  private void endQuitUnlessUsersAreEnding() {
    boolean ending =
        workers.all().stream()
            .anyMatch(
                node ->
                    !node.missing()
                        && node.userCount() > 0
                        && time.nanos() - node.lastReport() < REPORT_STILL_NEW_NANOS);
    if (ending && time.nanos() < quitLatest) {
      quitDeadline = time.after(TICK_SECONDS, this::endQuitUnlessUsersAreEnding);
    } else {
      endQuit();
    }
  }

  private void endQuit() {
    quitDeadline.cancel();
    quitDeadline = null;
    workers.all().stream().filter(node -> !node.missing())
        .forEach(node -> messages.sayWhatIsMissing(node, "has not said good-bye", ""));
    runAll(whenQuit);
  }

  /** A worker takes part from now on: its share of the users follows if a test runs. */
  void workerCame(String id) {
    if (dispatcher != null) {
      redistributions.changed(id, true);
    }
  }

  /** A worker does not take part any more. {@code replaceUsers} = its users are given to the others. */
  void workerWent(String id, boolean replaceUsers) {
    if (dispatcher == null) {
      return;
    }
    if (replaceUsers) {
      redistributions.changed(id, false);
    } else {
      redistributions.forget(id);
      dispatcher.removeWorker(id);
    }
  }

  /** Workers that went without being replaced are not going to come back: the others get their users. */
  void replaceUsers() {
    if (dispatcher != null) {
      redistributions.want();
    }
  }

  private void tellDispatcher(Map<String, Boolean> changes) {
    changes.forEach((worker, isThere) -> {
      if (isThere) {
        dispatcher.addWorker(worker);
      } else {
        dispatcher.removeWorker(worker);
      }
    });
  }

  /** Hands out a redistribution, unless the ramp that is under way does so anyway. */
  private void redistribute(Map<String, Boolean> changes) {
    if (dispatcher == null) {
      return;
    }
    tellDispatcher(changes);
    if (phase.active() && !dispatcher.hasMore()) {
      start(targetUserCount, spawnRate, null);
    }
  }

  /** Whether all users of the present target have been spawned. */
  boolean spawningCompleted() {
    return phase == RunPhase.RUNNING && spawningCompleted;
  }

  /**
   * The run is over when it is stopping and everyone is ready again, or when nobody is left. Looked at after every
   * message, so it must be cheap while a test runs.
   */
  void checkStopped() {
    if (phase.active() || phase == RunPhase.STOPPED) {
      return; // stop() is the way out of a running test: it tells the listeners
    }
    boolean allReady = phase == RunPhase.STOPPING
        && !workers.any(node -> !node.missing() && !node.state().equals(WorkerNode.READY));
    if (allReady || !workers.any(WorkerNode::connected)) {
      phase = RunPhase.STOPPED;
    }
  }

  /** Sends a message to one worker, or to all if {@code workerId} is null. */
  public void sendMessage(String type, Object data, String workerId) {
    if (workerId != null) {
      send(type, data, workerId);
    } else {
      workers.all().forEach(node -> send(type, data, node.id()));
    }
  }

  private void send(String type, Object data, String workerId) {
    log.debug("Sending " + type + " message to worker " + workerId);
    link.send(workerId, new Message(type, data, workerId));
  }

  private void fire(String event, Map<String, ?> arguments) {
    guarded("the event " + event, () -> run.fire(event, arguments));
  }

  /** The workers as they are now. */
  public WorkerRegistry workers() {
    return workers;
  }

  public RunPhase phase() {
    return phase;
  }

  /** Users wanted by the last start. */
  public int targetUserCount() {
    return targetUserCount;
  }

  /** Users by class after the last ramp. */
  public Map<String, Integer> targetUserClassesCount() {
    return targetUserClassesCount;
  }

  /** Users by class when the last test was stopped, for its final reports. */
  public Map<String, Integer> finalUserClassesCount() {
    return finalUserClassesCount;
  }

  public double spawnRate() {
    return spawnRate;
  }

  /** Whether a worker's CPU has been too busy at some time. */
  public boolean workerCpuWarned() {
    return messages.cpuWarned();
  }
}
