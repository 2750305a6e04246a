package io.katydid.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries and errors as the maps of the stats message (spec wire-protocol section 6): the keys and their order are
 * Locust's; "hdr" is ours and left out where there is nothing to send. Pure functions.
 */
final class ReportTree {
  static final String FINE_HISTOGRAM = "hdr";

  private ReportTree() {}

  static Map<String, Object> entry(String name, String method, EntryCounters counters) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("method", method);
    entry.put("last_request_timestamp", Double.isNaN(counters.lastRequest) ? null : counters.lastRequest);
    entry.put("start_time", counters.startTime);
    entry.put("num_requests", counters.requests);
    entry.put("num_none_requests", counters.requestsWithoutTime);
    entry.put("num_failures", counters.failures);
    entry.put("total_response_time", EntryCounters.number(counters.totalTimeMs, counters.totalWhole));
    entry.put("max_response_time", EntryCounters.number(counters.maxTimeMs, counters.maxWhole));
    entry.put("min_response_time", Double.isNaN(counters.minTimeMs)
        ? null
        : EntryCounters.number(counters.minTimeMs, counters.minWhole));
    entry.put("total_content_length", counters.contentLength);
    entry.put("response_times", counts(counters.responseTimes));
    entry.put("num_reqs_per_sec", counts(counters.requestsPerSecond.counts()));
    entry.put("num_fail_per_sec", counts(counters.failuresPerSecond.counts()));
    return entry;
  }

  static Map<String, Object> entryWithHistogram(String name, String method, EntryCounters counters) {
    Map<String, Object> entry = entry(name, method, counters);
    if (counters.fine != null) {
      entry.put(FINE_HISTOGRAM, counters.fine.encode());
    }
    return entry;
  }

  private static Map<Long, Long> counts(CountMap map) {
    Map<Long, Long> tree = new LinkedHashMap<>();
    for (int i = 0; i < map.size(); i++) {
      tree.put(map.keyAt(i), map.countAt(i));
    }
    return tree;
  }

  static Map<String, Object> errors(List<StatsError> errors) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (StatsError error : errors) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", error.name());
      one.put("method", error.method());
      one.put("error", error.error());
      one.put("occurrences", error.occurrences());
      one.put("first_seen", Double.isNaN(error.firstSeen()) ? null : error.firstSeen());
      one.put("last_seen", Double.isNaN(error.lastSeen()) ? null : error.lastSeen());
      tree.put(error.key(), one);
    }
    return tree;
  }
}
