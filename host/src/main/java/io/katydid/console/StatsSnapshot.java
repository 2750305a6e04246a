package io.katydid.console;

import java.util.List;
import java.util.Map;

/**
 * An immutable copy of the statistics. Numbers that Locust prints as whole or as decimal depending on their origin are
 * `Number`: Long or Double, and are shown as they are.
 *
 * @param startTime epoch seconds of the start or the last reset
 * @param rows the entries sorted by (name, method)
 * @param total the sum row: name "Aggregated", method ""
 * @param failures in order of first arrival
 * @param currentPercentiles of the last ten seconds or so, by share; a null value when there is nothing recent
 */
public record StatsSnapshot(
    double startTime, List<Row> rows, Row total, List<Failure> failures, Map<Double, Long> currentPercentiles) {

  /**
   * One entry. Times in milliseconds, sizes in bytes, rates per second.
   *
   * @param percentiles in the order {@link StatsDetail#percentiles} asked for; 0 when empty
   * @param bucketCounts requests at or below each bound of {@link StatsDetail#boundsMillis} (cumulative); slower ones
   *     are
   *     only in {@code timedRequests}
   * @param timedRequests requests that have a response time
   */
  public record Row(
      String method,
      String name,
      long requests,
      long failures,
      double averageMillis,
      Number minMillis,
      Number maxMillis,
      Number medianMillis,
      Number averageBytes,
      Number currentRps,
      Number currentFailuresPerSecond,
      double totalRps,
      double totalFailuresPerSecond,
      double failRatio,
      List<Number> percentiles,
      List<Long> bucketCounts,
      long timedRequests,
      double totalMillis) {}

  /**
   * One kind of failure.
   *
   * @param key Locust's hash of the failure, the order of reports
   * @param firstSeen epoch seconds, NaN if unknown
   * @param lastSeen epoch seconds, NaN if unknown
   */
  public record Failure(
      String key, String method, String name, String error, long occurrences, double firstSeen, double lastSeen) {}
}
