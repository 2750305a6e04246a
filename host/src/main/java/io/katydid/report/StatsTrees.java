package io.katydid.report;

import io.katydid.stats.EntrySnapshot;
import io.katydid.stats.PythonRepr;
import io.katydid.stats.ReportedPercentiles;
import io.katydid.stats.StatsError;
import io.katydid.stats.StatsHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics as the JSON objects of `/stats/requests` and the HTML report (spec web-api sections 5 and 7), as maps
 * ready for any JSON writer. Pure functions.
 */
public final class StatsTrees {
  private StatsTrees() {}

  /** A row of the statistics table. */
  public static Map<String, Object> entry(EntrySnapshot entry, List<Double> percentiles) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", entry.method());
    tree.put("name", entry.name());
    tree.put("num_requests", entry.requests());
    tree.put("num_failures", entry.failures());
    tree.put("min_response_time", entry.minResponseTime() == null
        ? (Object) 0L
        : (Object) PythonRepr.properRound(entry.minResponseTime().doubleValue(), 0));
    tree.put("max_response_time", PythonRepr.properRound(entry.maxResponseTime().doubleValue(), 0));
    tree.put("current_rps", entry.currentRps());
    tree.put("current_fail_per_sec", entry.currentFailuresPerSecond());
    tree.put("avg_response_time", entry.averageResponseTime());
    tree.put("median_response_time", entry.medianResponseTime());
    tree.put("total_rps", entry.totalRps());
    tree.put("total_fail_per_sec", entry.totalFailuresPerSecond());
    for (double share : percentiles) {
      tree.put(ReportedPercentiles.field(share), entry.percentile(share));
    }
    tree.put("avg_content_length", entry.averageContentLength());
    return tree;
  }

  /** A row of the failures table; times are null when unknown. */
  public static Map<String, Object> error(StatsError error) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", error.method());
    tree.put("name", error.name());
    tree.put("error", error.error());
    tree.put("occurrences", error.occurrences());
    tree.put("first_seen", Double.isNaN(error.firstSeen()) ? null : error.firstSeen());
    tree.put("last_seen", Double.isNaN(error.lastSeen()) ? null : error.lastSeen());
    return tree;
  }

  /** A chart point; each value comes with its time. */
  public static Map<String, Object> historyRow(StatsHistory.Row row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < row.shares().size(); i++) {
      tree.put(ReportedPercentiles.field(row.shares().get(i)), List.of(row.time(), row.percentilesMs().get(i)));
    }
    tree.put("current_rps", List.of(row.time(), orWholeZero(row.currentRps())));
    tree.put("current_fail_per_sec", List.of(row.time(), orWholeZero(row.currentFailuresPerSecond())));
    tree.put("total_avg_response_time", List.of(row.time(), row.averageResponseTimeMs()));
    tree.put("user_count", List.of(row.time(), row.users()));
    tree.put("time", row.time());
    return tree;
  }

  /** Locust's charts have `0`, never `0.0`, where nothing happened. */
  private static Number orWholeZero(Number rate) {
    if (rate.doubleValue() == 0) {
      return 0L;
    }
    return rate;
  }
}
