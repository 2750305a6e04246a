package io.katydid.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A worker's stats message, checked completely before any of it is counted. Lenient where dialects differ (missing
 * counters are 0, times may be whole numbers, unknown keys are ignored), strict where a value would spoil the
 * statistics. Read on the thread that received the message, without the recording lock.
 */
final class WorkerReport {
  /** One entry of the message. */
  record Entry(String name, String method, EntryCounters counters) {}

  /** What takes counts by whole number. */
  private interface Counts {
    void add(long at, long count);
  }

  /** Sums of counts up to this one do not overflow. */
  private static final long LARGEST_COUNT = 1L << 50;
  /** Buckets or seconds of one entry; Locust's rounding has less than four thousand buckets below an hour. */
  private static final int MOST_COUNTS = 100_000;
  /** In seconds since 1970: the year 5138. */
  private static final double LATEST_TIME = 1e11;

  final List<Entry> entries = new ArrayList<>();
  final EntryCounters total;
  final List<StatsError> errors = new ArrayList<>();

  WorkerReport(Map<?, ?> message, double now) throws ReportFormatException {
    if (!(message.get("stats") instanceof List<?> stats)) {
      throw new ReportFormatException("The report has no list \"stats\"");
    }
    for (Object one : stats) {
      Map<?, ?> entry = map(one, "an element of \"stats\"");
      entries.add(new Entry(text(entry, "name"), text(entry, "method"), counters(entry, now)));
    }
    total = counters(map(message.get("stats_total"), "\"stats_total\""), now);
    for (Map.Entry<?, ?> one : map(message.get("errors"), "\"errors\"").entrySet()) {
      errors.add(error(String.valueOf(one.getKey()), map(one.getValue(), "an element of \"errors\"")));
    }
  }

  private static EntryCounters counters(Map<?, ?> entry, double now) throws ReportFormatException {
    Number start = time(entry, "start_time");
    EntryCounters counters = new EntryCounters(start == null ? now : start.doubleValue(), () -> MOST_COUNTS);
    counters.requests = count(entry, "num_requests");
    counters.requestsWithoutTime = count(entry, "num_none_requests");
    counters.failures = count(entry, "num_failures");
    counters.contentLength = count(entry, "total_content_length");
    Number last = time(entry, "last_request_timestamp");
    if (last != null) {
      counters.lastRequest = last.doubleValue();
    }
    Number sum = number(entry, "total_response_time");
    if (sum != null) {
      counters.totalTimeMs = sum.doubleValue();
      counters.totalWhole = whole(sum);
    }
    Number max = number(entry, "max_response_time");
    if (max != null) {
      counters.maxTimeMs = max.doubleValue();
      counters.maxWhole = whole(max);
    }
    Number min = number(entry, "min_response_time");
    if (min != null && counters.timedRequests() > 0) { // some dialects send 0 when nothing was measured
      counters.minTimeMs = min.doubleValue();
      counters.minWhole = whole(min);
    }
    addCounts(counters.responseTimes::add, entry, "response_times");
    addCounts(counters.requestsPerSecond::add, entry, "num_reqs_per_sec");
    addCounts(counters.failuresPerSecond::add, entry, "num_fail_per_sec");
    if (entry.get(ReportTree.FINE_HISTOGRAM) instanceof String fine) {
      counters.sentFine = FineCells.decode(fine);
    }
    return counters;
  }

  private static StatsError error(String key, Map<?, ?> error) throws ReportFormatException {
    String text = text(error, "error");
    Number first = time(error, "first_seen");
    Number last = time(error, "last_seen");
    return new StatsError(key, text(error, "method"), text(error, "name"), text, ErrorText.shown(text),
        count(error, "occurrences"), seen(first), seen(last));
  }

  private static double seen(Number time) {
    return time == null || time.doubleValue() == 0 ? Double.NaN : time.doubleValue();
  }

  private static Map<?, ?> map(Object value, String what) throws ReportFormatException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new ReportFormatException("In the report " + what + " is not a map");
  }

  private static String text(Map<?, ?> tree, String key) throws ReportFormatException {
    Object value = tree.get(key);
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw new ReportFormatException("In the report \"" + key + "\" is not a text: " + value);
  }

  private static void addCounts(Counts counts, Map<?, ?> entry, String key) throws ReportFormatException {
    Object value = entry.get(key);
    if (value == null) {
      return;
    }
    Map<?, ?> sent = map(value, "\"" + key + "\"");
    if (sent.size() > MOST_COUNTS) {
      throw new ReportFormatException("In the report \"" + key + "\" has " + sent.size() + " counts; the limit is "
          + MOST_COUNTS);
    }
    for (Map.Entry<?, ?> one : sent.entrySet()) {
      if (!(one.getKey() instanceof Number at) || !whole(at) || !(one.getValue() instanceof Number count)
          || !whole(count)) {
        throw new ReportFormatException("In the report \"" + key + "\" does not map whole numbers to counts: " + one);
      }
      counts.add(at.longValue(), count(count, key));
    }
  }

  private static long count(Map<?, ?> tree, String key) throws ReportFormatException {
    Number value = number(tree, key);
    return value == null ? 0 : count(value, key);
  }

  private static long count(Number value, String key) throws ReportFormatException {
    long count = value.longValue();
    if (count < 0 || count > LARGEST_COUNT) {
      throw new ReportFormatException("In the report \"" + key + "\" is no possible count: " + value);
    }
    return count;
  }

  /** Seconds since 1970, or null if the key is missing or nil. */
  private static Number time(Map<?, ?> tree, String key) throws ReportFormatException {
    Number value = number(tree, key);
    if (value != null && (value.doubleValue() < 0 || value.doubleValue() > LATEST_TIME)) {
      throw new ReportFormatException("In the report \"" + key + "\" is no possible time: " + value);
    }
    return value;
  }

  /** A finite number, or null if the key is missing or nil. */
  private static Number number(Map<?, ?> tree, String key) throws ReportFormatException {
    Object value = tree.get(key);
    if (value == null || value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return (Number) value;
    }
    throw new ReportFormatException("In the report \"" + key + "\" is not a number: " + value);
  }

  private static boolean whole(Number number) {
    return !(number instanceof Double) && !(number instanceof Float);
  }
}
