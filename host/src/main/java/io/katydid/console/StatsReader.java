package io.katydid.console;

import io.katydid.stats.EntrySnapshot;
import io.katydid.stats.RecentFineTimes;
import io.katydid.stats.RequestStats;
import io.katydid.stats.StatsEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Copies a run's {@link RequestStats} into the values of this port. Stateless apart from the statistics it reads, which
 * lock by themselves; any thread.
 */
public final class StatsReader {
  private static final StatsDetail TIMELINE_DETAIL =
      new StatsDetail(List.of(), RunTimeline.HEAT_BOUNDS_MILLIS, true);

  private final RequestStats stats;

  public StatsReader(RequestStats stats) {
    this.stats = stats;
  }

  /**
   * All rows and failures.
   *
   * @param chartShares which current percentiles to read
   * @param now epoch seconds
   */
  public StatsSnapshot snapshot(StatsDetail detail, List<Double> chartShares, double now) {
    List<StatsSnapshot.Row> rows = new ArrayList<>();
    List<StatsEntry> entries = stats.sortedEntries();
    for (StatsEntry entry : entries.subList(0, Math.min(entries.size(), detail.mostRows()))) {
      rows.add(row(entry, detail));
    }
    List<StatsSnapshot.Failure> failures = stats.errors().stream()
        .map(error -> new StatsSnapshot.Failure(error.key(), error.method(), error.name(), error.error(),
            error.occurrences(), error.firstSeen(), error.lastSeen()))
        .toList();
    List<Long> recent = stats.total().currentPercentiles(chartShares, now);
    Map<Double, Long> current = new LinkedHashMap<>();
    for (int i = 0; i < chartShares.size(); i++) {
      current.put(chartShares.get(i), recent == null ? null : recent.get(i));
    }
    return new StatsSnapshot(
        stats.total().snapshot().startTime(), rows, row(stats.total(), detail), failures, current);
  }

  /** The sum row alone. */
  public StatsSnapshot.Row total(StatsDetail detail) {
    return row(stats.total(), detail);
  }

  /** The sum of some rows; those that are gone meanwhile are left out. */
  public StatsSnapshot.Row sum(Collection<StatsSnapshot.Row> rows, StatsDetail detail, double now) {
    List<StatsEntry> entries =
        rows.stream().map(row -> stats.find(row.name(), row.method())).filter(Objects::nonNull).toList();
    return row(stats.sum(entries, now), detail);
  }

  /** One row, or null if there are no such requests. */
  public StatsSnapshot.Row row(String method, String name, StatsDetail detail) {
    StatsEntry entry = stats.find(name, method);
    return entry == null ? null : row(entry, detail);
  }

  /**
   * Adds this second to a timeline; called once a second by the run's timer.
   *
   * @param recent of the total; its percentiles are shown if all requests are in them, else Locust's rounded ones
   */
  public void sample(RunTimeline timeline, RecentFineTimes recent, RunStatus status, double now) {
    EntrySnapshot numbers = stats.total().counts();
    List<? extends Number> percentiles = recent.sample(timeline.percentiles(), now);
    if (percentiles == null) {
      percentiles = locusts(timeline.percentiles(), numbers, now);
    }
    timeline.sample(
        now,
        status,
        row(stats.total(), TIMELINE_DETAIL),
        percentiles.stream().map(each -> measured(each, numbers)).toList());
  }

  /** Locust's current percentiles, which are 0 where nothing was measured in the last seconds: here that is nothing. */
  private List<Long> locusts(List<Double> shares, EntrySnapshot numbers, double now) {
    List<Long> current = stats.total().currentPercentiles(shares, now);
    boolean fast = numbers.minResponseTime() != null && numbers.minResponseTime().doubleValue() < 1;
    return current == null || !fast && current.stream().allMatch(each -> each == 0) ? List.of() : current;
  }

  private static StatsSnapshot.Row row(StatsEntry entry, StatsDetail detail) {
    EntrySnapshot numbers = detail.times() ? entry.snapshot() : entry.counts();
    List<Long> counts = new ArrayList<>();
    long timedRequests = numbers.timedRequests();
    if (!detail.boundsMillis().isEmpty()) {
      // Of one moment with the counts, which the numbers are not: requests go on being recorded in between.
      List<Double> bounds = new ArrayList<>(detail.boundsMillis());
      bounds.add(Double.MAX_VALUE);
      for (long count : entry.countsAtOrBelow(array(bounds))) {
        counts.add(count);
      }
      timedRequests = counts.removeLast();
    }
    return new StatsSnapshot.Row(
        numbers.method(),
        numbers.name(),
        numbers.requests(),
        numbers.failures(),
        numbers.averageResponseTime(),
        numbers.minResponseTime() == null ? (Number) 0L : numbers.minResponseTime(),
        numbers.maxResponseTime(),
        detail.times() ? numbers.medianResponseTime() : (Number) 0L,
        numbers.averageContentLength(),
        numbers.currentRps(),
        numbers.currentFailuresPerSecond(),
        numbers.totalRps(),
        numbers.totalFailuresPerSecond(),
        numbers.failRatio(),
        percentiles(entry, numbers, detail),
        counts,
        timedRequests,
        numbers.totalResponseTime().doubleValue());
  }

  private static List<Number> percentiles(StatsEntry entry, EntrySnapshot numbers, StatsDetail detail) {
    List<Number> percentiles = new ArrayList<>();
    double[] precise = detail.precise() ? entry.hdrPercentiles(array(detail.percentiles())) : new double[0];
    for (int i = 0; i < detail.percentiles().size(); i++) {
      double share = detail.percentiles().get(i);
      if (!detail.precise()) {
        percentiles.add(numbers.percentile(share));
      } else if (i < precise.length) {
        percentiles.add(measured(precise[i], numbers)); // a slower one may have come since the numbers were read
      } else {
        percentiles.add(measured(numbers.percentile(share), numbers));
      }
    }
    return percentiles;
  }

  /** A percentile beside exact extremes: never outside of them, which Locust's buckets may be. */
  private static Number measured(Number percentile, EntrySnapshot numbers) {
    if (numbers.minResponseTime() == null) {
      return percentile;
    }
    if (percentile.doubleValue() > numbers.maxResponseTime().doubleValue()) {
      return numbers.maxResponseTime();
    }
    return percentile.doubleValue() < numbers.minResponseTime().doubleValue() ? numbers.minResponseTime() : percentile;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
