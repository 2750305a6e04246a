package io.katydid.web;

import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Statistics as the trees that Locust's API and page speak of. Pure; the field names are the API. */
final class StatsTree {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final double HISTORY_STEP_SECONDS = 5;

  private StatsTree() {}

  static String utc(double epochSeconds) {
    return Double.isNaN(epochSeconds) ? "" : UTC.format(Instant.ofEpochMilli((long) (epochSeconds * 1000)));
  }

  /** One element of `stats`; the percentiles are the row's, named by their share. */
  static Map<String, Object> row(StatsSnapshot.Row row, List<Double> percentiles) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", row.method());
    tree.put("name", row.name());
    tree.put("num_requests", row.requests());
    tree.put("num_failures", row.failures());
    tree.put("avg_response_time", row.averageMillis());
    tree.put("min_response_time", rounded(row.minMillis()));
    tree.put("max_response_time", rounded(row.maxMillis()));
    tree.put("median_response_time", row.medianMillis());
    tree.put("avg_content_length", row.averageBytes());
    tree.put("current_rps", row.currentRps());
    tree.put("current_fail_per_sec", row.currentFailuresPerSecond());
    tree.put("total_rps", row.totalRps());
    tree.put("total_fail_per_sec", row.totalFailuresPerSecond());
    for (int i = 0; i < percentiles.size(); i++) {
      tree.put("response_time_percentile_" + Json.number(percentiles.get(i)), row.percentiles().get(i));
    }
    return tree;
  }

  /** Whole milliseconds as a float, a measured half going up at odd numbers; the int 0 of an empty row stays. */
  private static Number rounded(Number millis) {
    return millis instanceof Double value ? (Number) (double) Math.round(value) : millis;
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

  /** The chart history as Locust's pages read it: at most one element every five seconds. */
  static List<Map<String, Object>> history(List<RunTimeline.Point> points, List<Double> percentiles) {
    List<Map<String, Object>> history = new ArrayList<>();
    double next = Double.NEGATIVE_INFINITY;
    for (RunTimeline.Point point : points) {
      if (point.time() < next) {
        continue;
      }
      next = point.time() + HISTORY_STEP_SECONDS - 0.5;
      String time = utc(point.time());
      Map<String, Object> element = new LinkedHashMap<>();
      element.put("time", time);
      element.put("current_rps", List.of(time, point.rps()));
      element.put("current_fail_per_sec", List.of(time, point.failuresPerSecond()));
      element.put("total_avg_response_time", List.of(time, point.averageMillis()));
      element.put("user_count", List.of(time, point.users()));
      for (double share : percentiles) {
        int index = RunTimeline.PERCENTILES.indexOf(share);
        Number millis = index < 0 || index >= point.percentiles().size() ? null : point.percentiles().get(index);
        List<Object> pair = new ArrayList<>();
        pair.add(time);
        pair.add(millis);
        element.put("response_time_percentile_" + Json.number(share), pair);
      }
      history.add(element);
    }
    return history;
  }
}
