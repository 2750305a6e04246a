package io.katydid.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.katydid.stats.RequestStats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What crosses the port is what the statistics hold. */
final class StatsReaderTest {
  private final RequestStats stats = new RequestStats(true, 100.0, warning -> {});
  private final StatsReader reader = new StatsReader(stats);

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
