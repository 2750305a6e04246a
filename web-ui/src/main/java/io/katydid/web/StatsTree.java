package io.katydid.web;

import io.katydid.console.RunStatus;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.stats.PythonRepr;
import io.katydid.stats.UtcTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Statistics as the trees that Locust's API and page speak of. Pure; the field names are the API. */
final class StatsTree {
  private StatsTree() {}

  static String utc(double epochSeconds) {
    return Double.isNaN(epochSeconds) ? "" : UtcTime.format(epochSeconds);
  }

  /** One element of `stats`, in the order of its keys; the percentiles are the row's, named by their share. */
  static Map<String, Object> row(StatsSnapshot.Row row, List<Double> percentiles) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("avg_content_length", row.averageBytes());
    tree.put("avg_response_time", row.averageMillis());
    tree.put("current_fail_per_sec", row.currentFailuresPerSecond());
    tree.put("current_rps", row.currentRps());
    tree.put("max_response_time", PythonRepr.properRound(row.maxMillis().doubleValue(), 0));
    tree.put("median_response_time", row.medianMillis());
    tree.put("method", row.method());
    tree.put("min_response_time",
        row.timedRequests() == 0 ? (Number) 0L : (Number) PythonRepr.properRound(row.minMillis().doubleValue(), 0));
    tree.put("name", row.name());
    tree.put("num_failures", row.failures());
    tree.put("num_requests", row.requests());
    for (int i = 0; i < percentiles.size(); i++) {
      tree.put("response_time_percentile_" + Json.number(percentiles.get(i)), row.percentiles().get(i));
    }
    tree.put("total_fail_per_sec", row.totalFailuresPerSecond());
    tree.put("total_rps", row.totalRps());
    return tree;
  }

  static Map<String, Object> failure(StatsSnapshot.Failure failure) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", failure.method());
    tree.put("name", failure.name());
    tree.put("error", failure.error());
    tree.put("occurrences", failure.occurrences());
    tree.put("first_seen", failure.firstSeen());
    tree.put("last_seen", failure.lastSeen());
    return tree;
  }

  static Map<String, Object> worker(RunStatus.Worker worker) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", worker.id());
    tree.put("state", worker.state());
    tree.put("user_count", worker.userCount());
    tree.put("cpu_usage", worker.cpuPercent());
    tree.put("memory_usage", worker.memoryBytes());
    if (worker.locustfileHash() != null) {
      tree.put("locustfile_hash", worker.locustfileHash());
    }
    return tree;
  }

  static Map<String, Object> exception(TestConsole.ScriptError error) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("count", error.count());
    tree.put("msg", error.message());
    tree.put("traceback", error.traceback());
    tree.put("nodes", error.nodes());
    return tree;
  }

  static Map<String, Object> currentPercentiles(Map<Double, Long> current) {
    Map<String, Object> tree = new TreeMap<>();
    current.forEach((share, millis) -> tree.put("response_time_percentile_" + Json.number(share), millis));
    return tree;
  }
}
