package io.katydid.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.stats.RecentFineTimes;
import io.katydid.stats.RequestStats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The course of a test in bounded memory. */
final class RunTimelineTest {
  private static final RunStatus READY = new RunStatus("ready", 0, false, List.of());
  private static final RunStatus RUNNING = new RunStatus("running", 3, false, List.of());
  private static final RunStatus STOPPED = new RunStatus("stopped", 0, false, List.of());

  private final RequestStats stats = new RequestStats(true, 100.0, warning -> {});
  private final StatsReader reader = new StatsReader(stats);
  private final RecentFineTimes recent = new RecentFineTimes(stats.total());

  private static List<String> kinds(RunTimeline timeline) {
    return timeline.marks().stream().map(RunTimeline.Mark::kind).toList();
  }

  @Test
  void nothingIsKeptBeforeARunAndAfterIt() {
    RunTimeline timeline = new RunTimeline(100);
    reader.sample(timeline, recent, READY, 100);
    reader.sample(timeline, recent, RUNNING, 101);
    reader.sample(timeline, recent, RUNNING, 102);
    reader.sample(timeline, recent, STOPPED, 103);
    reader.sample(timeline, recent, STOPPED, 104);
    assertEquals(List.of(101.0, 102.0, 103.0), timeline.points(0).stream().map(RunTimeline.Point::time).toList());
    assertEquals(List.of("start", "stop"), kinds(timeline));
    assertEquals(1, timeline.points(102).size());
  }

  @Test
  void aSecondRunNotesAndResetsAreMarked() {
    RunTimeline timeline = new RunTimeline(100);
    reader.sample(timeline, recent, RUNNING, 1);
    timeline.note(2, "x".repeat(500));
    timeline.reset(3);
    reader.sample(timeline, recent, STOPPED, 4);
    reader.sample(timeline, recent, RUNNING, 5);
    assertEquals(List.of("start", "note", "reset", "stop", "start"), kinds(timeline));
    assertEquals(200, timeline.marks().get(1).text().length());
  }

  @Test
  void theEndOfTheGeneratorsWarmUpIsMarkedOnceAndOnlyInTheRunThatSawIt() {
    RunTimeline timeline = new RunTimeline(100);
    timeline.warm(0.5);
    reader.sample(timeline, recent, RUNNING, 1);
    assertTrue(timeline.warmAfterSeconds().isEmpty());
    timeline.note(29, "hello");
    timeline.warm(25);
    timeline.warm(25.1);
    assertEquals(List.of("start", "warm", "note"), kinds(timeline), "marks are in the order of their times");
    assertEquals(24, timeline.warmAfterSeconds().orElseThrow());
    reader.sample(timeline, recent, STOPPED, 40);
    timeline.warm(25.2);
    reader.sample(timeline, recent, RUNNING, 50);
    timeline.warm(25.2);
    assertEquals(List.of("start", "warm", "note", "stop", "start"), kinds(timeline));
    assertTrue(timeline.warmAfterSeconds().isEmpty(), "the second run began warm");
  }

  @Test
  void heatColumnsCountOnlyWhatFinishedSinceTheLastPoint() {
    RunTimeline timeline = new RunTimeline(100);
    stats.logRequest("GET", "/", 15.0, 10, 100.5);
    stats.logRequest("GET", "/", 150.0, 10, 100.6);
    reader.sample(timeline, recent, RUNNING, 101);
    stats.logRequest("GET", "/", 15.0, 10, 101.5);
    reader.sample(timeline, recent, RUNNING, 102);
    reader.sample(timeline, recent, RUNNING, 103);
    List<RunTimeline.Point> points = timeline.points(0);
    assertEquals(2, sum(points.get(0)));
    assertEquals(1, sum(points.get(1)));
    assertEquals(0, sum(points.get(2)));
    int band = points.get(1).heat().indexOf(1L);
    assertTrue(RunTimeline.HEAT_BOUNDS_MILLIS.get(band) >= 15 && RunTimeline.HEAT_BOUNDS_MILLIS.get(band - 1) < 15);
  }

  @Test
  void aResetDoesNotMakeColumnsNegativeOrLoseRequests() {
    RunTimeline timeline = new RunTimeline(100);
    stats.logRequest("GET", "/", 15.0, 10, 100.5);
    reader.sample(timeline, recent, RUNNING, 101);
    stats.resetAll(101.1);
    stats.logRequest("GET", "/", 700.0, 10, 101.5);
    reader.sample(timeline, recent, RUNNING, 102);
    assertEquals(1, sum(timeline.points(101).getFirst()));
    assertTrue(timeline.points(101).getFirst().heat().stream().allMatch(count -> count >= 0));
  }

  @Test
  void memoryIsBoundedAndNoRequestLeavesTheHeatMap() {
    RunTimeline timeline = new RunTimeline(50);
    for (int second = 0; second < 1000; second++) {
      stats.logRequest("GET", "/", 20.0, 10, second);
      reader.sample(timeline, recent, RUNNING, second);
      assertTrue(timeline.points(-1).size() <= 50);
    }
    List<RunTimeline.Point> points = timeline.points(-1);
    assertEquals(0.0, points.getFirst().time());
    assertTrue(points.getLast().time() > 950, "the latest seconds are there");
    long counted = points.stream().mapToLong(RunTimelineTest::sum).sum();
    assertTrue(counted > 960 && counted <= 1000, "counted " + counted);
  }

  /** Samples one a second; returns when the run was stopped. */
  private double run(RunTimeline timeline, double start, int seconds) {
    for (int second = 0; second < seconds; second++) {
      reader.sample(timeline, recent, RUNNING, start + second);
    }
    reader.sample(timeline, recent, STOPPED, start + seconds);
    return start + seconds;
  }

  @Test
  void aShortRunAfterALongOneHasAPointASecond() {
    RunTimeline timeline = new RunTimeline(200);
    double end = run(timeline, 0, 100_000);
    run(timeline, end + 100, 60);
    assertEquals(61, timeline.presentPoints().size());
    assertEquals(61, timeline.points(end + 50).size());
    assertTrue(timeline.points(-1).size() <= 200);
    assertEquals(0.0, timeline.points(-1).getFirst().time(), "the long run is still there, coarser");
  }

  @Test
  void hundredsOfShortRunsStayWithinTheLimitAndTheLastIsComplete() {
    RunTimeline timeline = new RunTimeline(200);
    double now = 0;
    for (int i = 0; i < 500; i++) {
      now = run(timeline, now + 10, i % 7 * 10 + 1);
      assertTrue(timeline.points(-1).size() <= 200);
      assertEquals(i % 7 * 10 + 2, timeline.presentPoints().size());
    }
    assertTrue(timeline.points(-1).size() > 50, "the latest of the earlier runs are kept");
  }

  @Test
  void aLongRunAfterOthersIsThinnedItselfInTheEnd() {
    RunTimeline timeline = new RunTimeline(200);
    double start = run(timeline, 0, 150) + 10;
    run(timeline, start, 10_000);
    assertTrue(timeline.points(-1).size() <= 200);
    List<RunTimeline.Point> present = timeline.presentPoints();
    assertEquals(start, present.getFirst().time());
    assertEquals(start + 10_000, present.getLast().time());
    assertTrue(present.size() > 50, "points " + present.size());
  }

  @Test
  void thePresentPointsBeginWithTheLastStartOrReset() {
    RunTimeline timeline = new RunTimeline(50);
    run(timeline, 0, 20);
    for (int second = 100; second < 140; second++) {
      reader.sample(timeline, recent, RUNNING, second);
    }
    assertEquals(100.0, timeline.presentPoints().getFirst().time());
    assertEquals(List.of("start"), timeline.presentMarks().stream().map(RunTimeline.Mark::kind).toList());
    timeline.reset(139.5);
    assertEquals(List.of(), timeline.presentPoints());
    for (int second = 140; second < 400; second++) {
      reader.sample(timeline, recent, RUNNING, second);
      assertTrue(timeline.presentPoints().stream().allMatch(point -> point.time() > 139), "also when it was thinned");
    }
    timeline.note(400, "a note");
    assertEquals(List.of("reset", "note"), timeline.presentMarks().stream().map(RunTimeline.Mark::kind).toList());
  }

  private static long sum(RunTimeline.Point point) {
    return point.heat().stream().mapToLong(Long::longValue).sum();
  }
}
