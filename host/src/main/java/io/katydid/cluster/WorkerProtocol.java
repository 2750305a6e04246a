package io.katydid.cluster;

import io.katydid.wire.Message;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * A worker's side of the protocol (spec wire-protocol, section 9): connects, obeys spawn, stop and quit, reports.
 *
 * <p>Three timelines. The run timeline owns the state and runs user code. Heartbeats have their own, which nothing can
 * block; so have reports. {@link #received} and {@link #reconnected} are called by the socket's thread, {@link
 * #connect} and {@link #leave} on the run timeline, {@link #sendMessage} and {@link #exception} by any thread.
 *
 * <p>Where Locust loses requests this does not: the last samples of a test are sent before `client_stopped`, and before
 * `quit` also when this process is asked to end by a signal. A new master, seen by heartbeats that stay unanswered on a
 * new connection, is told that this worker is there.
 */
public final class WorkerProtocol {
  private static final double HEARTBEAT_SECONDS = 1;
  private static final double REPORT_SECONDS = 3;
  private static final double CONNECT_TIMEOUT_SECONDS = 5;
  private static final int CONNECT_RETRIES = 60;
  /** Failed attempts below this number are logged at DEBUG. */
  private static final int QUIET_RETRIES = 6;
  private static final double MASTER_TIMEOUT_SECONDS = 60;
  /** Heartbeats that may stay unanswered on a new connection before the master is taken for a new one. */
  private static final int UNANSWERED_HEARTBEATS = 4;

  private final WorkerSettings settings;
  private final Timeline time;
  private final Timeline heartbeats;
  private final Timeline reports;
  private final WorkerRun run;
  private final WorkerLink link;
  private final ClusterLog log;
  private final Object reportOrder = new Object();
  private final LogForwarding logForwarding = new LogForwarding();
  private final Queue<Message> deferred = new ArrayDeque<>();
  private final RoundTrips roundTrips = new RoundTrips();
  private final Complaints complaints = new Complaints();

  private int attempts;
  private Timeline.Timer connectTimer;
  private boolean acknowledged;
  private boolean loopsStarted;
  private double lastSpawnTimestamp;
  private double stopTimeoutSeconds;
  private long job;
  private boolean stopping;
  private boolean leaving;
  private volatile boolean ended;
  private volatile String state = WorkerNode.READY;
  private volatile int index = -1;
  private volatile long lastMasterHeartbeat;
  private volatile boolean sawMasterHeartbeat;
  private volatile int unanswered = -1;

  public WorkerProtocol(WorkerSettings settings, Timeline time, Timeline heartbeats, Timeline reports, WorkerRun run,
      WorkerLink link, ClusterLog log) {
    this.settings = settings;
    this.time = time;
    this.heartbeats = heartbeats;
    this.reports = reports;
    this.run = run;
    this.link = link;
    this.log = log;
  }

  /** Announces this worker, again and again until the master acknowledges it or five minutes are over. */
  public void connect() {
    attempts++;
    send("client_ready", settings.version());
    connectTimer = time.after(CONNECT_TIMEOUT_SECONDS, this::notAcknowledged);
  }

  private void notAcknowledged() {
    if (acknowledged || leaving) {
      return;
    }
    String line = "Failed to connect to master " + settings.master() + ", retry " + attempts + "/" + CONNECT_RETRIES
        + ".";
    if (attempts < QUIET_RETRIES) {
      log.debug(line);
    } else {
      log.info(line);
    }
    if (attempts > CONNECT_RETRIES) {
      end(WorkerRun.End.NO_MASTER);
    } else {
      connect();
    }
  }

  /** A message from the master, on the socket's thread. */
  public void received(Message message) {
    if (message.type().equals("heartbeat")) {
      lastMasterHeartbeat = heartbeats.nanos();
      roundTrips.answered(lastMasterHeartbeat);
      sawMasterHeartbeat = true;
      unanswered = -1;
    }
    if (message.type().equals("quit")) {
      run.leaving(); // the run timeline may be waiting for user code
    }
    time.order(() -> guarded("a " + message.type() + " message from the master", () -> handle(message)));
  }

  /** The connection has been made anew, on the socket's thread: perhaps to a master that was started again. */
  public void reconnected() {
    roundTrips.forget();
    unanswered = 0;
  }

  private void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("Exception while handling " + what, e);
    }
  }

  private void handle(Message message) {
    if (ended) {
      return;
    }
    switch (message.type()) {
      case "ack" -> ack(message.data());
      case "heartbeat" -> run.fire("heartbeat_received",
          Map.of("client_id", message.nodeId(), "timestamp", time.epochSeconds()));
      case "spawn", "stop", "quit" -> {
        if (stopping) {
          deferred.add(message);
        } else {
          order(message);
        }
      }
      case "spawning_complete" -> run.fire("spawning_complete",
          Map.of("user_count", PeerData.whole(PeerData.map(message.data()).get("user_count"), 0)));
      case "reconnect" -> {
        log.warning("Received reconnect message from master. Resetting RPC connection.");
        log.info("Reset connection to master");
        link.reset();
      }
      case "update_user_class" -> run.updateUserClass(PeerData.map(message.data()));
      default -> {
        log.debug("Received " + message.type() + " message from master");
        if (!run.deliver(message.type(), message.data(), message.nodeId())) {
          complaints.about("unknown messages of the master", "Unknown message type received: " + message.type(),
              time.nanos(), log::warning);
        }
      }
    }
  }

  private void order(Message message) {
    switch (message.type()) {
      case "spawn" -> spawn(PeerData.map(message.data()));
      case "stop" -> stop();
      default -> {
        if (!leaving) {
          log.info("Got quit message from master, shutting down...");
          leave();
        }
      }
    }
  }

  private void ack(Object data) {
    int given = (int) PeerData.whole(PeerData.map(data).get("index"), index);
    index = given;
    acknowledged = true;
    attempts = 0;
    if (connectTimer != null) {
      connectTimer.cancel();
    }
    if (!loopsStarted) {
      loopsStarted = true;
      heartbeats.order(this::heartbeat);
      reports.order(this::reportRegularly);
      if (settings.logIntervalSeconds() >= 0) {
        reports.order(this::sendLogsRegularly);
      }
    }
  }

  private void heartbeat() {
    if (ended) {
      return;
    }
    guarded("the heartbeat", () -> {
      WorkerRun.Usage usage = run.usage();
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("state", state);
      data.put("current_cpu_usage", usage.cpuPercent());
      data.put("current_memory_usage", usage.memoryBytes());
      if (!Double.isNaN(roundTrips.lastMillis())) {
        data.put(GeneratorReport.LATENCY, roundTrips.lastMillis());
      }
      data.put(GeneratorReport.FIELD, usage.generator().toFields());
      if (run.locustfileHash() != null) {
        data.put(WorkerNode.LOCUSTFILE_FIELD, run.locustfileHash());
      }
      roundTrips.sent(heartbeats.nanos());
      send("heartbeat", data);
      watchMaster();
    });
    heartbeats.after(HEARTBEAT_SECONDS, this::heartbeat);
  }

  private void watchMaster() {
    double silence = (heartbeats.nanos() - lastMasterHeartbeat) / 1e9;
    if (sawMasterHeartbeat && silence > MASTER_TIMEOUT_SECONDS) {
      sawMasterHeartbeat = false;
      log.error("Didn't get heartbeat from master in over 60s");
      time.order(() -> leave(WorkerRun.End.MASTER_LOST));
    }
    int count = unanswered;
    if (count >= 0) {
      unanswered = count + 1;
      if (count + 1 > UNANSWERED_HEARTBEATS) {
        unanswered = -1;
        time.order(() -> guarded("a new master", this::announceAnew));
      }
    }
  }

  /** The master does not know this worker: what the old one has ordered is over. */
  private void announceAnew() {
    if (leaving || stopping) {
      return;
    }
    log.info("The master does not know this worker any more; it was probably restarted. Connecting again.");
    roundTrips.forget();
    lastSpawnTimestamp = 0;
    acknowledged = false;
    attempts = 0;
    if (state.equals(WorkerNode.READY)) {
      connect();
    } else {
      stopUsers(() -> {
        if (!leaving) {
          state = WorkerNode.READY;
          connect();
        }
      });
    }
  }

  private void reportRegularly() {
    if (ended) {
      return;
    }
    guarded("the report to the master", this::report);
    reports.after(REPORT_SECONDS, this::reportRegularly);
  }

  private void report() {
    synchronized (reportOrder) {
      if (ended) {
        return;
      }
      Map<String, Object> report = run.takeReport();
      if (report != null) {
        sendReport(report);
      }
    }
  }

  private void sendReport(Map<String, Object> report) {
    Map<String, Object> data = new LinkedHashMap<>(report);
    Map<String, Integer> users = run.userClassesCount();
    data.put("user_classes_count", users);
    data.put("user_count", UserCounts.sum(users));
    send("stats", data);
  }

  private void sendLogsRegularly() {
    if (ended) {
      return;
    }
    guarded("the log lines for the master", () -> logForwarding.take(run.logLines(), log).ifPresent(lines -> {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("worker_id", settings.clientId());
      data.put("logs", lines);
      send("logs", data);
    }));
    reports.after(settings.logIntervalSeconds(), this::sendLogsRegularly);
  }

  private void spawn(Map<?, ?> wanted) {
    if (leaving) {
      return;
    }
    send("spawning", null);
    double timestamp = PeerData.number(wanted.get("timestamp"), time.epochSeconds());
    if (timestamp <= lastSpawnTimestamp) {
      log.info("Discard spawn message with older or equal timestamp than timestamp of previous spawn message");
      return;
    }
    lastSpawnTimestamp = timestamp;
    stopTimeoutSeconds = Math.max(0, PeerData.number(wanted.get("stop_timeout"), 0));
    if (state.equals(WorkerNode.READY)) {
      guarded("a changed locustfile", run::testBegins);
    }
    run.job(PeerData.text(wanted.get("host"), null), stopTimeoutSeconds, PeerData.map(wanted.get("parsed_options")));
    if (state.equals(WorkerNode.READY)) {
      run.clearResults();
      fire("test_start");
    }
    if (leaving || stopping) {
      return; // a listener has ended the test
    }
    state = WorkerNode.SPAWNING;
    Map<String, Integer> counts = PeerData.counts(wanted.get("user_classes_count"));
    long thisJob = ++job;
    for (String name : counts.keySet()) {
      if (!run.hasUserClass(name)) {
        log.error("The master wants users of class " + name + ", which this worker's locustfile does not have. "
            + "Give the master and all workers the same locustfile.");
        return;
      }
    }
    run.applyUsers(counts, stopTimeoutSeconds, () -> guarded("the end of spawning", () -> spawned(thisJob)));
  }

  private void spawned(long ofJob) {
    if (ofJob != job || stopping || leaving) {
      return;
    }
    state = WorkerNode.RUNNING;
    Map<String, Integer> users = run.userClassesCount();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("user_classes_count", users);
    data.put("user_count", UserCounts.sum(users));
    send("spawning_complete", data);
  }

  private void stop() {
    if (leaving) {
      return;
    }
    stopUsers(() -> {
      if (leaving) {
        return;
      }
      guarded("the last report of a test", this::report);
      send("client_stopped", null);
      if (settings.waitBeforeReadySeconds() > 0) {
        stopping = true;
        time.after(settings.waitBeforeReadySeconds(), this::readyAgain);
      } else {
        readyAgain();
      }
    });
  }

  private void readyAgain() {
    if (leaving) {
      return;
    }
    send("client_ready", settings.version());
    state = WorkerNode.READY;
    stopping = false;
    resumeOrders();
  }

  private void resumeOrders() {
    while (!stopping && !deferred.isEmpty()) {
      Message next = deferred.poll();
      guarded("a " + next.type() + " message from the master", () -> order(next));
    }
  }

  /** Stops all users with the events around it; orders of the master wait until {@code then} has been run. */
  private void stopUsers(Runnable then) {
    boolean testRuns = !stopping && !state.equals(WorkerNode.READY);
    stopping = true;
    job++;
    if (testRuns) {
      fire("test_stopping");
    }
    run.stopUsers(stopTimeoutSeconds, () -> {
      if (testRuns) {
        fire("test_stop");
        guarded("the end of a test", run::testEnded);
      }
      stopping = false;
      guarded("the end of a test", then);
      resumeOrders();
    });
  }

  /** Stops the users, sends the last report, says good-bye and ends. For the program's own signals as well. */
  public void leave() {
    leave(WorkerRun.End.QUIT);
  }

  /**
   * Sends what has been counted and says good-bye, while users and listeners, for whom {@link #leave} would wait, do not
   * answer. Any thread.
   */
  public void leaveAtOnce() {
    if (ended) {
      return;
    }
    ended = true;
    run.closeResults();
    for (Map<String, Object> report : run.takeReportsAtOnce()) {
      sendReport(report);
    }
    send("quit", null);
  }

  private void leave(WorkerRun.End why) {
    if (leaving || ended) {
      return;
    }
    leaving = true;
    run.leaving();
    deferred.clear();
    if (connectTimer != null) {
      connectTimer.cancel();
    }
    stopUsers(() -> {
      run.closeResults();
      if (loopsStarted) {
        guarded("the last report", this::report);
      }
      end(why);
    });
  }

  private void end(WorkerRun.End why) {
    synchronized (reportOrder) {
      if (ended) {
        return;
      }
      ended = true;
      send("quit", null);
    }
    complaints.tellTheRest(log::warning);
    run.ended(why);
  }

  private void fire(String event) {
    guarded("the event " + event, () -> run.fire(event, Map.of()));
  }

  /** Sends a message to the master: custom ones of user code. */
  public void sendMessage(String type, Object data) {
    log.debug("Sending " + type + " message to master");
    send(type, data);
  }

  /** Tells the master about an exception in a user's code. */
  public void exception(String message, String traceback) {
    if (ended) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("msg", message);
    data.put("traceback", traceback);
    send("exception", data);
  }

  private void send(String type, Object data) {
    link.send(new Message(type, data, settings.clientId()));
  }

  /** `ready`, `spawning` or `running`. */
  public String state() {
    return state;
  }

  /** The index the master has given, -1 before that. */
  public int index() {
    return index;
  }
}
