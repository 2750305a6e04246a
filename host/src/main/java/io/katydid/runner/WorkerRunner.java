package io.katydid.runner;

import io.katydid.cluster.ThreadTimeline;
import io.katydid.cluster.WorkerEndpoint;
import io.katydid.cluster.WorkerProtocol;
import io.katydid.cluster.WorkerRun;
import io.katydid.cluster.WorkerSettings;
import io.katydid.log.Level;
import io.katydid.log.Visible;
import io.katydid.script.ScriptException;
import io.katydid.script.UserClass;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.PlainData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the users a master orders: joins the cluster protocol to the script, the users and the statistics. State belongs
 * to the run thread; other threads read what is volatile. A worker is not steered from here: start and shapes do
 * nothing, stop and quit are for user code.
 */
public final class WorkerRunner extends NodeRunner {
  /** Built-in options that a worker takes over from its master all the same. */
  private static final Set<String> TAKEN_OVER = Set.of("expect_workers", "tags", "exclude_tags");

  /**
   * What a worker needs to know of its options.
   *
   * @param settings how the protocol behaves
   * @param resetStatsAfterRamp `--reset-stats`
   * @param builtInOptions names of the options that a worker has of its own and does not take over
   * @param generator the health of this process
   */
  public record Setup(
      WorkerSettings settings,
      boolean resetStatsAfterRamp,
      Set<String> builtInOptions,
      Generator generator) {}

  /** The process as a generator of load. */
  public interface Generator {
    /** A test begins: what was measured before does not count for it. */
    void begin();

    /** The test has ended: what is measured from now on does not count for it. */
    default void end() {}

    /** CPU, memory and health now; must not block. */
    WorkerRun.Usage usage();
  }

  private final Setup setup;
  private final ThreadTimeline heartbeats;
  private final ThreadTimeline reports;
  private final UserPool users;
  private final UserOrders orders;
  private final WorkerEndpoint endpoint;
  private final WorkerProtocol protocol;
  /** The user classes as the test began, or none: reports do not wait for Python. Written by the run thread. */
  private volatile List<String> classNames = List.of();
  private volatile WorkerRun.End end;
  private volatile boolean pythonIsLost;

  public WorkerRunner(Node node, Setup setup) {
    super("worker", node, setup.resetStatsAfterRamp());
    this.setup = setup;
    ClusterLines lines = new ClusterLines(node.logging().peerLog("locust.runners"));
    this.heartbeats = new ThreadTimeline("heartbeat", lines);
    this.reports = new ThreadTimeline("stats-report", lines);
    this.users = new UserPool(script, log);
    this.orders = new UserOrders(users, thread, () -> log.info(RunLog.slowStop(stopTimeout())), log);
    this.endpoint = new WorkerEndpoint(new MessageCodec(), lines);
    this.protocol =
        new WorkerProtocol(
            setup.settings(),
            new RunThreadTimeline(thread, clock::wallSeconds),
            heartbeats,
            reports,
            new Asked(),
            endpoint,
            lines);
  }

  /** Begins to connect to the master and announces this worker; returns at once. */
  public void connect(String masterHost, int masterPort) {
    endpoint.open(masterHost, masterPort, setup.settings().clientId(), protocol);
    thread.order(protocol::connect);
  }

  /** Why it has ended, once it has. */
  public Optional<WorkerRun.End> end() {
    return Optional.ofNullable(end);
  }

  @Override
  public RunnerState runState() {
    return switch (protocol.state()) {
      case "spawning" -> RunnerState.SPAWNING;
      case "running" -> RunnerState.RUNNING;
      default -> RunnerState.READY;
    };
  }

  @Override
  public String state() {
    return protocol.state();
  }

  /** Shapes are the master's business. */
  @Override
  public void useShape(String shape) {
    log.debug("A worker follows no load shape.");
  }

  @Override
  public String shape() {
    return null;
  }

  @Override
  public void onShapeEnd(Runnable action) {
    log.debug("A worker follows no load shape.");
  }

  @Override
  public void userClassChanged(Map<String, Object> change) {
    log.debug("User class changed: " + Visible.line(String.valueOf(change.get("user_class_name"))));
  }

  @Override
  public void start(int userCount, double spawnRate, List<String> userClasses) {
    log.debug("A worker starts users only when its master says so.");
  }

  @Override
  public void startShape() {
    log.debug("A worker follows no load shape.");
  }

  @Override
  public void stop() {
    endStuckUsersOfTest();
    Waiting.forEnd(thread, done -> orders.stopAll(stopTimeout(), done));
  }

  @Override
  public void orderStop() {
    endStuckUsersOfTest();
    thread.order(() -> orders.stopAll(stopTimeout(), () -> {}));
  }

  private void endStuckUsersOfTest() {
    if (users.size() > 0) {
      endStuckUsers();
    }
  }

  /** Stops the users, sends the last report and says good-bye to the master. */
  @Override
  public void quit() {
    announceQuitting();
    endStuckUsersOfTest();
    if (thread.isCurrent()) {
      protocol.leave();
      return;
    }
    thread.order(protocol::leave);
    try {
      awaitQuit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void orderQuit() {
    announceQuitting();
    endStuckUsersOfTest();
    thread.order(protocol::leave);
  }

  /** Sends what has been counted and says good-bye to the master, without waiting for Python. Any thread. */
  public void leaveAtOnce() {
    pythonIsLost = true;
    protocol.leaveAtOnce();
  }

  @Override
  public int userCount() {
    return users.size();
  }

  @Override
  public Map<String, Integer> userClassesCount() {
    List<String> names = classNames;
    Map<String, Integer> counts = new LinkedHashMap<>();
    (names.isEmpty() && !pythonIsLost ? userClassNames() : names).forEach(name -> counts.put(name, 0));
    counts.putAll(users.counts());
    return counts;
  }

  /** Waits for Python. */
  private List<String> userClassNames() {
    return script.userClasses().stream().map(UserClass::name).toList();
  }

  @Override
  public int targetUserCount() {
    return users.size();
  }

  @Override
  public Map<String, Integer> targetUserClassesCount() {
    return users.counts();
  }

  @Override
  public double spawnRate() {
    return 0;
  }

  @Override
  public void sendMessage(String type, Object data, String to) {
    protocol.sendMessage(type, data);
  }

  @Override
  public List<Worker> workers() {
    return List.of();
  }

  @Override
  public int workerIndex() {
    return protocol.index();
  }

  /** The master counts exceptions. */
  @Override
  public void logException(String message, String traceback) {
    protocol.exception(message, traceback);
  }

  @Override
  public void close() {
    endpoint.close();
    heartbeats.close();
    reports.close();
    orders.close();
    thread.close();
  }

  /** What the protocol asks for. Called on the run thread unless the interface says otherwise. */
  private final class Asked implements WorkerRun {
    private String lastHost;
    /** The report that listeners see just now. */
    private final AtomicReference<Map<String, Object>> heard = new AtomicReference<>();
    private Map<?, ?> lastOptions = Map.of();
    private boolean tagsFiltered;

    @Override
    public void leaving() {
      announceQuitting();
    }

    @Override
    public void testBegins() {
      classNames = List.of();
      script.testBegins();
    }

    @Override
    public void testEnded() {
      setup.generator().end();
      script.testEnded();
    }

    @Override
    public String locustfileHash() {
      return script.filesHash();
    }

    @Override
    public boolean hasUserClass(String name) {
      if (!classNames.contains(name)) {
        classNames = userClassNames();
      }
      return classNames.contains(name);
    }

    @Override
    public void job(String host, double stopTimeoutSeconds, Map<?, ?> parsedOptions) {
      stopTimeout(Duration.ofMillis(Math.round(stopTimeoutSeconds * 1000)));
      if (host != null && !host.equals(lastHost)) {
        lastHost = host;
        script.setHost(host);
      }
      if (parsedOptions.equals(lastOptions)) {
        return;
      }
      lastOptions = parsedOptions;
      parsedOptions.forEach(
          (name, value) -> {
            String dest = String.valueOf(name);
            if (TAKEN_OVER.contains(dest) || !setup.builtInOptions().contains(dest)) {
              script.setOption(dest, value);
            }
          });
      List<String> tags = wordsOrNull(parsedOptions.get("tags"));
      List<String> excludedTags = wordsOrNull(parsedOptions.get("exclude_tags"));
      if (!tagsFiltered && (tags != null || excludedTags != null)) {
        script.filterTags(tags, excludedTags);
      }
      tagsFiltered = true;
    }

    /** Null also for an empty list: a master that names no tags takes no task away. */
    private static List<String> wordsOrNull(Object value) {
      return value instanceof List<?> list && !list.isEmpty() ? list.stream().map(String::valueOf).toList() : null;
    }

    @Override
    public void clearResults() {
      setup.generator().begin();
      WorkerRunner.this.clearResults();
    }

    @Override
    public void fire(String event, Map<String, ?> arguments) {
      if (event.equals("spawning_complete")) {
        fireSpawningComplete(arguments);
      } else {
        if (event.equals("test_stopping")) {
          endStuckUsersOfTest();
        }
        script.fire(event, arguments);
      }
    }

    @Override
    public void applyUsers(Map<String, Integer> wanted, double stopTimeoutSeconds, Runnable done) {
      // A user that cannot be made is in the log; the master does not hear that the users were there, as with Locust.
      orders.apply(wanted, stopTimeout(), done, () -> {});
    }

    @Override
    public void stopUsers(double stopTimeoutSeconds, Runnable done) {
      orders.stopAll(stopTimeout(), done);
    }

    @Override
    public void closeResults() {
      WorkerRunner.this.closeResults();
      leaveUsersBehind(users.size());
    }

    @Override
    public Map<String, Integer> userClassesCount() {
      return WorkerRunner.this.userClassesCount();
    }

    /** Listeners add keys; what was counted goes out as it is, also when a listener fails. */
    @Override
    public Map<String, Object> takeReport() {
      Map<String, Object> report = new LinkedHashMap<>(stats.takeReport(now()));
      heard.set(report);
      try {
        Map<String, Object> seen = script.fireReport("report_to_master", clientId(), report);
        if (seen != null) {
          seen.forEach((key, value) -> report.putIfAbsent(key, PlainData.of(value)));
        }
      } catch (RuntimeException e) {
        log.error("A report_to_master listener failed; the report goes without its additions", e);
      }
      return heard.compareAndSet(report, null) ? report : null;
    }

    @Override
    public List<Map<String, Object>> takeReportsAtOnce() {
      List<Map<String, Object>> reports = new ArrayList<>();
      Map<String, Object> held = heard.getAndSet(null);
      if (held != null) {
        reports.add(held);
      }
      reports.add(stats.takeReport(now()));
      return reports;
    }

    @Override
    public List<String> logLines() {
      return logging.recent();
    }

    @Override
    public Usage usage() {
      Usage usage = setup.generator().usage();
      return script.notice() == null
          ? usage
          : new Usage(usage.cpuPercent(), usage.memoryBytes(), usage.generator().with(script.notice()));
    }

    @Override
    public void updateUserClass(Map<?, ?> change) {
      Map<String, Object> named = new LinkedHashMap<>();
      change.forEach((name, value) -> named.put(String.valueOf(name), value));
      try {
        script.updateUserClass(named);
      } catch (ScriptException e) {
        log.lines(Level.ERROR, e.getMessage());
      }
    }

    @Override
    public boolean deliver(String type, Object data, String nodeId) {
      return script.deliver(type, data, nodeId);
    }

    @Override
    public void ended(End why) {
      end = why;
      endpoint.close();
      announceQuit();
    }
  }
}
