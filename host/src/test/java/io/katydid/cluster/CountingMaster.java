package io.katydid.cluster;

import io.katydid.dispatch.DispatchClass;
import io.katydid.stats.ReportFormatException;
import io.katydid.stats.RequestStats;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.PlainData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A whole master with a real socket and real time. */
final class CountingMaster implements MasterRun, AutoCloseable {
  final RequestStats stats = new RequestStats(true, System.currentTimeMillis() / 1000.0, warning -> { });
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<String> workerLogs = new CopyOnWriteArrayList<>();
  final MasterProtocol protocol;
  final int port;
  /** What workers are told of the command line. */
  volatile Map<String, ?> options = Map.of();

  private final ClusterLog log;
  private final ThreadTimeline time;
  private final MasterEndpoint endpoint;

  CountingMaster(int wantedPort, ClusterLog log) throws ClusterException {
    this.log = log;
    time = new ThreadTimeline("runner", log);
    endpoint = new MasterEndpoint(new MessageCodec(), log);
    protocol = new MasterProtocol(new MasterSettings("2.47.0", true, false, 1), time, this, endpoint, log);
    port = endpoint.open("127.0.0.1", wantedPort, protocol);
    time.order(protocol::open);
  }

  void start(int users, double rate) {
    time.order(() -> protocol.start(users, rate, null));
  }

  void stop() throws Exception {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    time.order(() -> protocol.stop(() -> stopped.complete(null)));
    stopped.get(60, TimeUnit.SECONDS);
  }

  void quit() throws Exception {
    CompletableFuture<Void> left = new CompletableFuture<>();
    time.order(() -> protocol.quit(() -> left.complete(null)));
    left.get(60, TimeUnit.SECONDS);
  }

  @Override
  public List<DispatchClass> userClasses() {
    return List.of(new DispatchClass("A", 1, 0), new DispatchClass("B", 1, 0));
  }

  @Override
  public SpawnSettings spawnSettings() {
    return new SpawnSettings(null, 0, plain(options));
  }

  private static Map<String, Object> plain(Map<String, ?> options) {
    Map<String, Object> plain = new LinkedHashMap<>();
    options.forEach((name, value) -> plain.put(name, PlainData.of(value)));
    return plain;
  }

  @Override
  public void startRefused() {
    // Not here.
  }

  @Override
  public void clearResults() {
    stats.clearAll(System.currentTimeMillis() / 1000.0);
  }

  @Override
  public void fire(String event, Map<String, ?> arguments) {
    events.add(event);
  }

  @Override
  public void heartbeatSent(String workerId, double epochSeconds) {
    // of no interest here
  }

  @Override
  public String report(String workerId, Map<?, ?> data) {
    try {
      stats.mergeReport(workerId, data, System.currentTimeMillis() / 1000.0);
      return null;
    } catch (ReportFormatException e) {
      return e.getMessage();
    }
  }

  @Override
  public void exception(String workerId, String message, String traceback) {
    events.add("exception");
  }

  @Override
  public void logs(String workerId, List<String> lines) {
    workerLogs.addAll(lines);
  }

  @Override
  public boolean deliver(String type, Object data, String workerId) {
    return false;
  }

  @Override
  public List<Object> locustfiles() {
    return List.of();
  }

  @Override
  public void quitWanted() {
    events.add("quit wanted");
  }

  @Override
  public void close() {
    protocol.close();
    endpoint.close();
    time.close();
  }
}
