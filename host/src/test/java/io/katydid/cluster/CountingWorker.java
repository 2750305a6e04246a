package io.katydid.cluster;

import io.katydid.stats.RequestStats;
import io.katydid.wire.MessageCodec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A whole worker with real sockets and threads, whose users are one thread each and only count. */
final class CountingWorker implements WorkerRun, AutoCloseable {
  final AtomicLong requests = new AtomicLong();
  final List<String> events = new CopyOnWriteArrayList<>();
  final CompletableFuture<End> end = new CompletableFuture<>();
  final WorkerProtocol protocol;

  private final ThreadTimeline time;
  private final ThreadTimeline heartbeats;
  private final ThreadTimeline reports;
  private final WorkerEndpoint endpoint;
  private final RequestStats stats = new RequestStats(false, now(), warning -> { });
  private final Map<String, List<Thread>> users = new TreeMap<>(Map.of("A", new CopyOnWriteArrayList<>(),
      "B", new CopyOnWriteArrayList<>()));

  CountingWorker(String id, int port, ClusterLog log) {
    time = new ThreadTimeline("runner " + id, log);
    heartbeats = new ThreadTimeline("heartbeat " + id, log);
    reports = new ThreadTimeline("stats-report " + id, log);
    endpoint = new WorkerEndpoint(new MessageCodec(), log);
    protocol = new WorkerProtocol(new WorkerSettings(id, "2.47.0", "localhost:" + port, 10, 0), time, heartbeats,
        reports, this, endpoint, log);
    endpoint.open("localhost", port, id, protocol);
    time.order(protocol::connect);
  }

  /** What a signal does. */
  void leave() {
    time.order(protocol::leave);
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private void work() {
    while (!Thread.currentThread().isInterrupted()) {
      stats.logRequest("GET", "/counted", 7, 3, now());
      requests.incrementAndGet();
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public boolean hasUserClass(String name) {
    return users.containsKey(name);
  }

  @Override
  public void job(String host, double stopTimeoutSeconds, Map<?, ?> parsedOptions) {
    events.add("job");
  }

  @Override
  public void clearResults() {
    stats.clearAll(now());
    requests.set(0);
  }

  @Override
  public void fire(String event, Map<String, ?> arguments) {
    events.add(event);
  }

  @Override
  public void applyUsers(Map<String, Integer> wanted, double stopTimeoutSeconds, Runnable done) {
    wanted.forEach((name, number) -> {
      List<Thread> running = users.get(name);
      while (running.size() < number) {
        running.add(Thread.ofVirtual().start(this::work));
      }
      while (running.size() > number) {
        end(running.removeLast());
      }
    });
    done.run();
  }

  private static void end(Thread user) {
    user.interrupt();
    try {
      user.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stopUsers(double stopTimeoutSeconds, Runnable done) {
    applyUsers(Map.of("A", 0, "B", 0), stopTimeoutSeconds, done);
  }

  @Override
  public Map<String, Integer> userClassesCount() {
    Map<String, Integer> counts = new TreeMap<>();
    users.forEach((name, running) -> counts.put(name, running.size()));
    return counts;
  }

  @Override
  public void closeResults() {
    stats.close();
  }

  @Override
  public List<Map<String, Object>> takeReportsAtOnce() {
    return List.of(takeReport());
  }

  @Override
  public Map<String, Object> takeReport() {
    return stats.takeReport(now());
  }

  @Override
  public List<String> logLines() {
    return List.of("[a line of a worker]");
  }

  @Override
  public Usage usage() {
    return new Usage(1.0, 1 << 20, new GeneratorReport(0, 0, 0, List.of()));
  }

  @Override
  public void updateUserClass(Map<?, ?> change) {
    events.add("update");
  }

  @Override
  public boolean deliver(String type, Object data, String nodeId) {
    return false;
  }

  @Override
  public void ended(End why) {
    endpoint.close();
    end.complete(why);
  }

  @Override
  public void close() {
    endpoint.close();
    time.close();
    heartbeats.close();
    reports.close();
    users.values().forEach(running -> running.forEach(Thread::interrupt));
  }
}
