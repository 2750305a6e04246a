package io.katydid.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StatsReader;
import io.katydid.stats.RecentFineTimes;
import io.katydid.stats.RequestStats;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run while the system's clock is set. */
class RunClockTest {
  private static final RunStatus RUNNING = new RunStatus("running", 3, false, List.of());

  private long wallMillis = 1_800_000_000_000L;
  private long nanos = -77;
  private final RunClock clock = new RunClock(() -> wallMillis, () -> nanos);

  private void pass(long millis) {
    wallMillis += millis;
    nanos += millis * 1_000_000;
  }

  @Test
  void itIsTheWallClockUntilThatIsSetAndThenGoesOnSteadily() {
    pass(1500);
    assertEquals(1_800_000_001.5, clock.now());
    wallMillis -= 3_600_000;
    assertEquals(1_800_000_001.5, clock.now());
    pass(500);
    assertEquals(1_800_000_002.0, clock.now());
    assertEquals(1_799_996_402.0, clock.wallSeconds());
    clock.begin();
    assertEquals(1_799_996_402.0, clock.now(), "the next run has the time of day");
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400_000, -5_000, 5_000, 86_400_000})
  void ratesPercentilesAndChartsDoNotNoticeThatTheClockIsSet(long step) {
    clock.begin();
    RequestStats stats = new RequestStats(true, clock.now(), warning -> {});
    StatsReader reader = new StatsReader(stats);
    RecentFineTimes recent = new RecentFineTimes(stats.total());
    RunTimeline timeline = new RunTimeline(100);
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 10; i++) {
        pass(100);
        stats.logRequest("GET", "/", 20, 5, clock.now());
        stats.logError("GET", "/", "broken", clock.now());
      }
      reader.sample(timeline, recent, RUNNING, clock.now());
      if (second == 30) {
        wallMillis += step;
      }
    }
    assertEquals(10, stats.total().snapshot().totalRps(), 0.01);
    assertEquals(10, stats.total().snapshot().totalFailuresPerSecond(), 0.01);
    assertEquals(10, stats.total().snapshot().currentRps().doubleValue(), 0.01);
    assertEquals(List.of(20L), stats.total().currentPercentiles(List.of(0.95), clock.now()));
    assertEquals(60, timeline.points(0).size());
    assertEquals(5, timeline.points(clock.now() - 4.5).size());
    double before = 0;
    for (RunTimeline.Point point : timeline.points(0)) {
      assertTrue(point.time() > before && point.rps() >= 0, point.toString());
      before = point.time();
    }
  }

  @Test
  void aReportWhoseWorkerWasSetBackHasNoNegativeRate() throws Exception {
    RequestStats master = new RequestStats(true, 1000, warning -> {});
    RequestStats worker = new RequestStats(false, 1000, warning -> {});
    worker.logRequest("GET", "/", 20, 5, 400);
    master.mergeReport("h_1", worker.takeReport(401), 1003);
    assertTrue(master.total().snapshot().totalRps() >= 0, "rate " + master.total().snapshot().totalRps());
  }
}
