package io.katydid.web;

import io.katydid.console.RunStatus;
import io.katydid.console.StatsDetail;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Locust's JSON routes: `/stats/requests`, `/exceptions`, `/tasks`, `/logs`, `/worker-count`. Called by web threads.
 * The statistics are read at most once in two seconds for all callers together.
 */
final class StatsRoutes {
  /** Rows and failures in one answer; the page of ours asks for more through its own routes. */
  private static final int MAX_ROWS = 500;

  private static final double CACHE_SECONDS = 2;

  private final TestConsole console;
  private final Remembered<WebReply> requests;
  /** Of the last answer; only used within {@link #requests}' lock. */
  private Packed lastPacked;

  StatsRoutes(TestConsole console, LongSupplier nanoClock) {
    this.console = console;
    this.requests = new Remembered<>(nanoClock, CACHE_SECONDS, this::readRequests);
  }

  void addTo(Routes routes) {
    routes.get("/stats/requests", requests);
    routes.getReady("/exceptions", request -> WebReply.json(
        Map.of("exceptions", console.exceptions().stream().map(StatsTree::exception).toList())));
    routes.get("/tasks", request -> WebReply.json(tasks()));
    routes.getReady("/logs", request -> {
      TestConsole.LogLines lines = console.logs();
      return WebReply.json(Map.of("master", lines.master(), "workers", lines.workers()));
    });
    routes.getReady("/worker-count",
        request -> WebReply.json(Map.of("worker_count", console.status().workerCount())));
  }

  /** The classes that were chosen for the run, and others that still have users; all if none was chosen. */
  private Map<String, Object> tasks() {
    Map<String, Object> all = console.tasks();
    if (!(console.option("user_classes") instanceof List<?> chosen) || chosen.isEmpty()) {
      return all;
    }
    Map<String, Object> some = new LinkedHashMap<>();
    all.forEach((kind, classes) -> {
      Map<Object, Object> kept = new LinkedHashMap<>((Map<?, ?>) classes);
      kept.entrySet().removeIf(entry -> !chosen.contains(entry.getKey())
          && entry.getValue() instanceof Map<?, ?> node && node.get("ratio") instanceof Number ratio
          && ratio.doubleValue() == 0);
      some.put(kind, kept);
    });
    return some;
  }

  /** After start, stop and reset: the next answer is fresh. */
  void forget() {
    requests.forget();
  }

  private WebReply readRequests() {
    RunStatus status = console.status();
    List<Double> percentiles = console.percentiles().inStatistics();
    StatsSnapshot stats = console.stats(StatsDetail.percentiles(percentiles).first(MAX_ROWS));
    StatsSnapshot.Row total = stats.total();
    List<Map<String, Object>> rows = new ArrayList<>();
    stats.rows().forEach(row -> rows.add(StatsTree.row(row, percentiles)));
    rows.add(StatsTree.row(total, percentiles));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("stats", rows);
    tree.put("errors", stats.failures().stream().limit(MAX_ROWS).map(StatsTree::failure).toList());
    tree.put("total_rps", total.totalRps());
    tree.put("total_fail_per_sec", total.totalFailuresPerSecond());
    tree.put("fail_ratio", total.failRatio());
    tree.put("current_rps", total.currentRps());
    tree.put("current_fail_per_sec", total.currentFailuresPerSecond());
    Map<String, Object> current = StatsTree.currentPercentiles(stats.currentPercentiles());
    current.keySet().retainAll(
        console.percentiles().inCharts().stream().map(p -> "response_time_percentile_" + Json.number(p)).toList());
    tree.put("current_response_time_percentiles", current);
    tree.put("state", status.state());
    tree.put("user_count", status.userCount());
    if (status.distributed()) {
      tree.put("workers", status.workers().stream().map(StatsTree::worker).toList());
      tree.put("worker_count", status.workerCount());
    }
    WebReply reply = WebReply.json(tree).withGzip();
    if (lastPacked != null) {
      reply.packed().packAs(lastPacked);
    }
    lastPacked = reply.packed();
    return reply;
  }
}
