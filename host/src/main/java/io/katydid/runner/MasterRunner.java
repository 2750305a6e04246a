package io.katydid.runner;

import io.katydid.cluster.ClusterException;
import io.katydid.cluster.LocustfileHandout;
import io.katydid.cluster.MasterEndpoint;
import io.katydid.cluster.MasterProtocol;
import io.katydid.cluster.MasterRun;
import io.katydid.cluster.MasterSettings;
import io.katydid.cluster.WorkerNode;
import io.katydid.dispatch.DispatchClass;
import io.katydid.stats.ReportFormatException;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.PlainData;
import io.katydid.wire.WireException;
import io.katydid.wire.WireLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the users of a test on workers: joins the cluster protocol to the script, the statistics and the log. State
 * belongs to the run thread; other threads read what is volatile.
 */
public final class MasterRunner extends NodeRunner {
  /**
   * What a master needs to know of its options.
   *
   * @param settings how the protocol behaves
   * @param resetStatsAfterRamp `--reset-stats`
   * @param host the value of `host` now, or null
   * @param options all options by their Python names now, for the workers
   * @param locustfiles what workers without a locustfile get
   */
  public record Setup(
      MasterSettings settings,
      boolean resetStatsAfterRamp,
      Supplier<String> host,
      Supplier<Map<String, ?>> options,
      LocustfileHandout locustfiles) {}

  private final Setup setup;
  private final WorkerLogs workerLogs;
  private final MasterEndpoint endpoint;
  private final MasterProtocol protocol;
  private final ShapeFollower shapeFollower;

  public MasterRunner(Node node, Setup setup) {
    super("master", node, setup.resetStatsAfterRamp());
    this.setup = setup;
    ClusterLines lines = new ClusterLines(node.logging().peerLog("locust.runners"));
    this.endpoint = new MasterEndpoint(new MessageCodec(WireLimits.forHeap(Runtime.getRuntime().maxMemory())), lines);
    this.protocol =
        new MasterProtocol(setup.settings(), new RunThreadTimeline(thread, clock::wallSeconds), new Asked(), endpoint, lines);
    this.workerLogs = new WorkerLogs(id -> protocol.workers().get(id) != null);
    this.shapeFollower =
        new ShapeFollower(
            thread,
            script,
            log,
            step -> protocol.start(step.users(), step.spawnRate(), step.userClasses()),
            this::startRefused,
            () -> endRun(() -> {}));
  }

  /**
   * Begins to listen for workers.
   *
   * @param host address to listen on, or `*` for all
   * @return the port, also if 0 = any free one was asked for
   * @throws ClusterException with a sentence for the user if that is impossible
   */
  public int listen(String host, int port) throws ClusterException {
    int bound = endpoint.open(host, port, protocol);
    thread.order(protocol::open);
    return bound;
  }

  /** Why workers are not heard any more, as a sentence; null while they are. */
  public String deafness() {
    return endpoint.deafness();
  }

  /** Workers that are ready for a test. */
  public int readyWorkers() {
    return protocol.workers().ready();
  }

  /** The last log lines of each worker that is there, and of the last ones that have left. */
  public Map<String, List<String>> workerLogs() {
    return workerLogs.all();
  }

  /** Whether a worker's CPU has been too busy at some time: its response times cannot be trusted. */
  public boolean workerCpuWarned() {
    return protocol.workerCpuWarned();
  }

  /** Users by class when the last test was stopped. */
  public Map<String, Integer> finalUserClassesCount() {
    return protocol.finalUserClassesCount();
  }

  @Override
  public RunnerState runState() {
    return RunnerState.valueOf(protocol.phase().name());
  }

  @Override
  public String state() {
    return protocol.phase().wireName();
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
  public void start(int users, double rate, List<String> classes) {
    thread.order(() -> protocol.start(users, rate, classes));
  }

  @Override
  public void startShape() {
    thread.order(shapeFollower::begin);
  }

  @Override
  public void onShapeEnd(Runnable action) {
    shapeFollower.onEnd(action);
  }

  @Override
  public void userClassChanged(Map<String, Object> change) {
    sendMessage("update_user_class", change, null);
  }

  @Override
  public void stop() {
    Waiting.forEnd(thread, this::endRun);
  }

  @Override
  public void orderStop() {
    thread.order(() -> endRun(() -> {}));
  }

  private void endRun(Runnable done) {
    shapeFollower.cancel();
    protocol.stop(done);
  }

  @Override
  public void quit() {
    announceQuitting();
    Waiting.forEnd(thread, this::endEverything);
  }

  @Override
  public void orderQuit() {
    announceQuitting();
    thread.order(() -> endEverything(() -> {}));
  }

  private void endEverything(Runnable done) {
    log.debug("Quitting...");
    shapeFollower.cancel();
    protocol.quit(
        () -> {
          announceQuit();
          done.run();
        });
  }

  @Override
  public int userCount() {
    return protocol.workers().userCount();
  }

  @Override
  public Map<String, Integer> userClassesCount() {
    return protocol.workers().userClassesCount();
  }

  @Override
  public int targetUserCount() {
    return protocol.targetUserCount();
  }

  @Override
  public Map<String, Integer> targetUserClassesCount() {
    return protocol.targetUserClassesCount();
  }

  @Override
  public double spawnRate() {
    return protocol.spawnRate();
  }

  @Override
  public void sendMessage(String type, Object data, String to) {
    protocol.sendMessage(type, data, to);
  }

  @Override
  public List<Worker> workers() {
    return protocol.workers().all().stream().map(MasterRunner::row).toList();
  }

  /** The same as the protocol knows them, with what only our own workers tell. */
  public List<WorkerNode> nodes() {
    return protocol.workers().all();
  }

  private static Worker row(WorkerNode node) {
    return new Worker(
        node.id(),
        node.index(),
        node.state(),
        node.userCount(),
        node.cpuPercent(),
        node.memoryBytes(),
        node.userClassesCount());
  }

  @Override
  public int workerIndex() {
    return -1;
  }

  @Override
  public void close() {
    thread.order(protocol::close);
    endpoint.close();
    thread.close();
  }

  /** What the protocol asks for. Called on the run thread. */
  private final class Asked implements MasterRun {
    @Override
    public void testBegins() {
      script.testBegins();
    }

    @Override
    public void testEnded() {
      script.testEnded();
    }

    @Override
    public String locustfileHash() {
      return script.filesHash();
    }

    @Override
    public List<DispatchClass> userClasses() {
      return script.userClasses().stream()
          .map(c -> new DispatchClass(c.name(), c.weight(), c.fixedCount()))
          .toList();
    }

    @Override
    public SpawnSettings spawnSettings() {
      Map<String, Object> options = new LinkedHashMap<>();
      setup.options().get().forEach((name, value) -> options.put(name, PlainData.of(value)));
      return new SpawnSettings(setup.host().get(), stopTimeout().toMillis() / 1000.0, options);
    }

    @Override
    public void startRefused() {
      startHasBeenRefused();
    }

    @Override
    public void clearResults() {
      MasterRunner.this.clearResults();
    }

    @Override
    public void fire(String event, Map<String, ?> arguments) {
      if (event.equals("spawning_complete")) {
        fireSpawningComplete(arguments);
      } else {
        script.fire(event, arguments);
      }
    }

    @Override
    public void heartbeatSent(String workerId, double epochSeconds) {
      script.fire("heartbeat_sent", Map.of("client_id", workerId, "timestamp", epochSeconds));
    }

    @Override
    public String report(String workerId, Map<?, ?> data) {
      if (hasQuit()) {
        return null; // it had its time, and the results are being written
      }
      try {
        stats.mergeReport(workerId, data, now());
      } catch (ReportFormatException e) {
        return e.getMessage();
      }
      Map<String, Object> report = new LinkedHashMap<>();
      data.forEach((key, value) -> report.put(String.valueOf(key), value));
      script.fireReport("worker_report", workerId, report);
      return null;
    }

    @Override
    public void exception(String workerId, String message, String traceback) {
      exceptions.log(workerId, message, traceback);
    }

    @Override
    public void logs(String workerId, List<String> lines) {
      workerLogs.put(workerId, lines);
    }

    @Override
    public boolean deliver(String type, Object data, String workerId) {
      return script.deliver(type, data, workerId);
    }

    @Override
    public List<Object> locustfiles() throws WireException {
      return setup.locustfiles().read();
    }

    @Override
    public void quitWanted() {
      orderQuit();
    }
  }
}
