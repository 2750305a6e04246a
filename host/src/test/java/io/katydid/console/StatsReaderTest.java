package io.katydid.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.stats.RecentFineTimes;
import io.katydid.stats.RequestStats;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses the port is what the statistics hold. */
final class StatsReaderTest {
  private final RequestStats stats = new RequestStats(true, 100.0, warning -> {});
  private final StatsReader reader = new StatsReader(stats);
  private final RecentFineTimes recent = new RecentFineTimes(stats.total());

  @Test
  void rowsAreSortedAndCountIntoTheAskedBands() {
    stats.logRequest("GET", "/b", 123.4, 10, 101);
    stats.logRequest("GET", "/a", 7.0, 10, 101);
    stats.logRequest("GET", "/a", 900.0, 10, 102);
    stats.logError("GET", "/a", "boom", 102);
    StatsDetail detail = new StatsDetail(List.of(0.5, 1.0), List.of(10.0, 1000.0), true);
    StatsSnapshot snapshot = reader.snapshot(detail, List.of(0.5), 102);
    assertEquals(List.of("/a", "/b"), snapshot.rows().stream().map(StatsSnapshot.Row::name).toList());
    assertEquals(List.of(1L, 2L), snapshot.rows().getFirst().bucketCounts());
    assertEquals(3, snapshot.total().requests());
    assertEquals(1030.4, snapshot.total().totalMillis(), 0.01);
    assertEquals(900, snapshot.rows().getFirst().percentiles().get(1).doubleValue(), 10);
    assertEquals("boom", snapshot.failures().getFirst().error());
  }

  @Test
  void percentilesOfTablesAreWholeMillisecondsPreciseOnesAreNot() {
    stats.logRequest("GET", "/", 1234.0, 10, 101);
    Number rounded = reader.total(StatsDetail.percentiles(List.of(0.5))).percentiles().getFirst();
    Number precise = reader.total(new StatsDetail(List.of(0.5), List.of(), true)).percentiles().getFirst();
    assertEquals(1234L, rounded);
    assertEquals(1234.0, precise.doubleValue(), 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "283", "283 283", "0.36 0.2 0.21", "0.004 0.5", "281.4 283 12 12 12", "1 2", "105.2 105.3", "9999.4 1.7 3500", "-5 3",
    "4000000 20"
  })
  void exactFiguresDoNotContradictEachOther(String times) throws Exception {
    List<Double> sorted = Arrays.stream(times.split(" ")).map(Double::valueOf).sorted().toList();
    RequestStats worker = new RequestStats(false, 100.0, warning -> {});
    sorted.forEach(time -> worker.logRequest("GET", "/", time, 10, 101));
    Map<String, Object> report = worker.takeReport(102);
    stats.mergeReport("ours", report, 102);
    consistent(sorted);
    // The same once more from a worker without a fine histogram: Locust's buckets have to agree with the extremes, too.
    for (Object entry : (List<?>) report.get("stats")) {
      ((Map<?, ?>) entry).remove("hdr");
    }
    ((Map<?, ?>) report.get("stats_total")).remove("hdr");
    stats.mergeReport("locust's", report, 103);
    consistent(sorted);
  }

  private void consistent(List<Double> sorted) {
    StatsDetail detail = new StatsDetail(List.of(0.0, 0.5, 0.9, 0.99, 0.999, 1.0), List.of(), true);
    for (StatsSnapshot.Row row : List.of(reader.total(detail), reader.row("GET", "/", detail))) {
      double before = row.minMillis().doubleValue();
      assertEquals(sorted.getFirst().doubleValue(), before);
      for (Number percentile : row.percentiles()) {
        assertTrue(percentile.doubleValue() >= before, row + " has a percentile below a smaller one or the minimum");
        before = percentile.doubleValue();
      }
      assertTrue(before <= row.maxMillis().doubleValue(), row + " has a percentile above the maximum");
      assertEquals(sorted.getLast().doubleValue(), row.maxMillis().doubleValue());
    }
  }

  @Test
  void theMedianIsThatOfTheTimesNotTheMinimum() {
    for (double time : new double[] {0.2, 0.3, 0.36, 0.4, 0.5}) {
      stats.logRequest("GET", "/", time, 10, 101);
    }
    StatsDetail detail = new StatsDetail(List.of(0.5, 1.0), List.of(), true);
    assertEquals(0.36, reader.row("GET", "/", detail).percentiles().getFirst().doubleValue(), 0.004);
    assertEquals(0.5, reader.total(detail).percentiles().getLast().doubleValue());
  }

  private static final RunStatus RUNNING = new RunStatus("running", 1, false, List.of());

  @Test
  void chartsShowFractionsOfTheLastTenSecondsOnly() {
    RunTimeline timeline = new RunTimeline(100);
    for (int second = 101; second < 160; second++) {
      double time = second < 120 ? 250 : 0.36;
      for (int i = 0; i < 10; i++) {
        stats.logRequest("GET", "/", time, 10, second);
      }
      reader.sample(timeline, recent, RUNNING, second);
    }
    List<RunTimeline.Point> points = timeline.points(0);
    assertEquals(250, points.get(15).percentiles().getFirst().doubleValue(), 0.3);
    assertEquals(250, points.get(22).percentiles().getLast().doubleValue(), 0.3, "in part still of before");
    assertEquals(0.36, points.getLast().percentiles().getFirst().doubleValue(), 0.001);
    assertEquals(0.36, points.getLast().percentiles().getLast().doubleValue(), 0.001);
    for (int second = 160; second < 175; second++) {
      reader.sample(timeline, recent, RUNNING, second);
    }
    assertEquals(List.of(), timeline.points(0).getLast().percentiles(), "nothing came: no 0 ms");
  }

  @Test
  void chartsAfterAResetAreOfWhatCameAfterIt() {
    RunTimeline timeline = new RunTimeline(100);
    for (int second = 101; second < 120; second++) {
      stats.logRequest("GET", "/", 900, 10, second);
      reader.sample(timeline, recent, RUNNING, second);
    }
    stats.resetAll(120);
    stats.logRequest("GET", "/", 2.5, 10, 120);
    reader.sample(timeline, recent, RUNNING, 121);
    assertEquals(2.5, timeline.points(0).getLast().percentiles().getLast().doubleValue(), 0.01);
    stats.logRequest("GET", "/", 1.5, 10, 121);
    reader.sample(timeline, recent, RUNNING, 122);
    assertEquals(2.5, timeline.points(0).getLast().percentiles().getLast().doubleValue(), 0.01, "it is still recent");
  }

  @Test
  void chartsStayWithinTheExtremes() throws Exception {
    RunTimeline timeline = new RunTimeline(100);
    RequestStats worker = new RequestStats(false, 100.0, warning -> {});
    for (int second = 101; second < 120; second++) {
      worker.logRequest("GET", "/", 286, true, 10, second);
      Map<String, Object> report = worker.takeReport(second);
      ((Map<?, ?>) report.get("stats_total")).remove("hdr");
      stats.mergeReport("locust's", report, second);
      reader.sample(timeline, recent, RUNNING, second);
    }
    assertEquals(286L, timeline.points(0).getLast().percentiles().getLast(), "its bucket is 290");
  }

  @Test
  void theSumOfSomeRowsIsMadeOfTheirTimes() {
    for (int i = 1; i <= 100; i++) {
      stats.logRequest("GET", "/a", i, 10, 101);
      stats.logRequest("POST", "/b", 100.0 + i, 30, 102);
      stats.logRequest("GET", "/c", 9000.0, 10, 102);
    }
    stats.logError("POST", "/b", "boom", 102);
    StatsDetail detail = new StatsDetail(List.of(0.5, 1.0), List.of(), true);
    StatsSnapshot all = reader.snapshot(detail, List.of(), 103);
    StatsSnapshot.Row sum = reader.sum(all.rows().subList(0, 2), detail, 103);
    assertEquals("Aggregated", sum.name());
    assertEquals(200, sum.requests());
    assertEquals(1, sum.failures());
    assertEquals(100.5, sum.averageMillis(), 0.001);
    assertEquals(20.0, sum.averageBytes().doubleValue(), 0.001);
    assertEquals(100, sum.percentiles().get(0).doubleValue(), 1.5);
    assertEquals(200, sum.percentiles().get(1).doubleValue(), 2);
    assertTrue(sum.percentiles().get(0) instanceof Double, "from the fine histograms of both");
    assertEquals(all.rows().get(0).totalRps() + all.rows().get(1).totalRps(), sum.totalRps(), 0.001);
    assertEquals(300, reader.total(detail).requests(), "what is summed up is not counted again");
    assertEquals(0, reader.sum(List.of(), detail, 103).requests());
  }

  @Test
  void nothingRecentIsNull() {
    assertNull(reader.snapshot(StatsDetail.percentiles(List.of()), List.of(0.95), 1000).currentPercentiles().get(0.95));
  }

  @Test
  void countsPerBandAreOfOneMomentWithTheirSum() throws Exception {
    Thread users = Thread.ofPlatform().start(() -> {
      for (int i = 0; i < 200_000; i++) {
        stats.logRequest("GET", "/", 5.0, 10, 101);
      }
    });
    StatsDetail detail = new StatsDetail(List.of(), List.of(1.0, 10.0, 100.0), true);
    while (users.isAlive()) {
      StatsSnapshot.Row total = reader.total(detail);
      assertEquals(total.bucketCounts().getLast(), total.timedRequests(), "nothing was slower than the last bound");
    }
    users.join();
    assertEquals(List.of(0L, 200_000L, 200_000L), reader.total(detail).bucketCounts());
  }
}
