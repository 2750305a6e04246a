package io.katydid.web;

import io.katydid.console.RunStatus;
import io.katydid.console.StatsDetail;
import io.katydid.console.StatsSnapshot.Row;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.health.ProcessLoad;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * `/metrics` in Prometheus' text format and `/health`. Called by web threads. Counters begin again at zero when the
 * statistics are reset, which Prometheus' rate() copes with.
 */
final class MetricsRoutes {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final List<Double> BOUNDS_MILLIS =
      List.of(5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10000.0, 30000.0);
  private static final List<String> STATES =
      List.of("ready", "spawning", "running", "cleanup", "stopping", "stopped", "missing");

  private final TestConsole console;
  private final Remembered<String> metrics;

  MetricsRoutes(TestConsole console, LongSupplier nanoClock) {
    this.console = console;
    this.metrics = new Remembered<>(nanoClock, 1, this::read);
  }

  void addTo(Routes routes) {
    routes.getReady("/metrics", request -> WebReply.text(200, TYPE, metrics.get()));
    routes.openReady("/health", request -> health());
    routes.openReady("/health/live", request -> live());
    routes.openReady("/health/ready", request -> health());
  }

  /** Live: a restart would change nothing. A master that does not hear its workers any more is not. */
  private WebReply live() {
    Map<String, Object> tree = new LinkedHashMap<>();
    return status(live(tree), tree);
  }

  private boolean live(Map<String, Object> tree) {
    String why = console.whyNotLive();
    tree.put("live", why == null);
    if (why != null) {
      tree.put("reason", why);
    }
    return why == null;
  }

  private static WebReply status(boolean good, Map<String, Object> tree) {
    WebReply reply = WebReply.json(tree);
    return new WebReply(good ? 200 : 503, reply.headers(), reply.body());
  }

  /** Ready: a run could start. A master without workers is alive but not ready. */
  private WebReply health() {
    RunStatus status = console.status();
    Map<String, Object> tree = new LinkedHashMap<>();
    boolean ready = live(tree) && (!status.distributed() || status.workerCount() > 0);
    tree.put("ready", ready);
    tree.put("state", status.state());
    tree.put("workers", status.workerCount());
    return status(ready, tree);
  }

  private String read() {
    RunStatus status = console.status();
    StatsSnapshot stats = console.stats(new StatsDetail(List.of(), BOUNDS_MILLIS, true));
    StringBuilder out = new StringBuilder(4096);
    head(out, "katydid_users", "gauge", "Users alive.");
    out.append("katydid_users ").append(status.userCount()).append('\n');
    head(out, "katydid_workers", "gauge", "Workers by state.");
    Map<String, Integer> workers = new java.util.TreeMap<>();
    status.workers().forEach(worker -> workers.merge(worker.state(), 1, Integer::sum));
    workers.forEach((state, count) ->
        out.append("katydid_workers{state=\"").append(label(state)).append("\"} ").append(count).append('\n'));
    head(out, "katydid_state", "gauge", "1 for the state the run is in.");
    for (String state : STATES) {
      out.append("katydid_state{state=\"").append(state).append("\"} ")
          .append(state.equals(status.state()) ? 1 : 0).append('\n');
    }
    head(out, "katydid_generator_trusted", "gauge", "1 while the load generator and its workers keep up, else 0.");
    out.append("katydid_generator_trusted ").append(trusted(status) ? 1 : 0).append('\n');
    each(out, status, "katydid_worker_users", "Users of a worker.", worker -> worker.userCount());
    each(out, status, "katydid_worker_cpu_percent", "CPU of a worker; 100 is one core.", RunStatus.Worker::cpuPercent);
    each(out, status, "katydid_worker_memory_bytes", "Resident memory of a worker.", worker -> worker.memoryBytes());
    process(out);
    head(out, "katydid_requests_total", "counter", "Requests by method and name.");
    for (Row row : stats.rows()) {
      out.append("katydid_requests_total").append(labels(row)).append(' ').append(row.requests()).append('\n');
    }
    head(out, "katydid_failures_total", "counter", "Failed requests by method and name.");
    for (Row row : stats.rows()) {
      out.append("katydid_failures_total").append(labels(row)).append(' ').append(row.failures()).append('\n');
    }
    head(out, "katydid_response_time_seconds", "histogram", "Response times by method and name.");
    for (Row row : stats.rows()) {
      histogram(out, row);
    }
    return out.toString();
  }

  private static void each(
      StringBuilder out, RunStatus status, String name, String help, ToDoubleFunction<RunStatus.Worker> value) {
    head(out, name, "gauge", help);
    for (RunStatus.Worker worker : status.workers()) {
      out.append(name).append("{worker=\"").append(label(worker.id())).append("\"} ")
          .append(plain(value.applyAsDouble(worker))).append('\n');
    }
  }

  /** This process, under the names that Prometheus' own libraries give these numbers. */
  private static void process(StringBuilder out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    one(out, "process_resident_memory_bytes", "gauge", "Resident memory of this process.", ProcessLoad.residentBytes());
    one(out, "process_cpu_seconds_total", "counter", "CPU time of this process.", ProcessLoad.cpuNanos() / 1e9);
    head(out, "jvm_memory_used_bytes", "gauge", "Heap in use, garbage included.");
    out.append("jvm_memory_used_bytes{area=\"heap\"} ").append(heap.getUsed()).append('\n');
    head(out, "jvm_memory_committed_bytes", "gauge", "Heap taken from the system.");
    out.append("jvm_memory_committed_bytes{area=\"heap\"} ").append(heap.getCommitted()).append('\n');
    head(out, "jvm_memory_max_bytes", "gauge", "Heap that may be taken.");
    out.append("jvm_memory_max_bytes{area=\"heap\"} ").append(heap.getMax()).append('\n');
  }

  private static void one(StringBuilder out, String name, String type, String help, double value) {
    head(out, name, type, help);
    out.append(name).append(' ').append(plain(value)).append('\n');
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private boolean trusted(RunStatus status) {
    return console.health().trusted()
        && status.workers().stream().allMatch(worker -> worker.health() == null || worker.health().trusted());
  }

  private static void histogram(StringBuilder out, Row row) {
    String labels = labels(row);
    String open = labels.substring(0, labels.length() - 1);
    for (int i = 0; i < BOUNDS_MILLIS.size(); i++) {
      out.append("katydid_response_time_seconds_bucket").append(open).append(",le=\"")
          .append(Json.number(BOUNDS_MILLIS.get(i) / 1000)).append("\"} ").append(row.bucketCounts().get(i))
          .append('\n');
    }
    out.append("katydid_response_time_seconds_bucket").append(open).append(",le=\"+Inf\"} ")
        .append(row.timedRequests()).append('\n');
    out.append("katydid_response_time_seconds_sum").append(labels).append(' ')
        .append(Json.number(row.totalMillis() / 1000)).append('\n');
    out.append("katydid_response_time_seconds_count").append(labels).append(' ').append(row.timedRequests())
        .append('\n');
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ')
        .append(type).append('\n');
  }

  private static String labels(Row row) {
    return "{method=\"" + label(row.method()) + "\",name=\"" + label(row.name()) + "\"}";
  }

  private static String label(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
