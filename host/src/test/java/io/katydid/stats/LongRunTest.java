package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StatsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of runs that last days, in virtual time: as much as of an hour. */
class LongRunTest {
  private static final int NAMES = 50;
  private static final int HOUR = 3600;
  private static final int WEEK = 7 * 24 * HOUR;
  private static final RunStatus RUNNING = new RunStatus("running", 3, false, List.of());
  private static final RunStatus STOPPED = new RunStatus("stopped", 0, false, List.of());

  private final List<String> names = new ArrayList<>();

  LongRunTest() {
    for (int i = 0; i < NAMES; i++) {
      names.add("/page/" + i);
    }
  }

  /** Seconds that all entries and the total keep, of requests and of failures. */
  private static long seconds(RequestStats stats) {
    List<StatsEntry> all = stats.entries();
    all.add(stats.total());
    return all.stream()
        .mapToLong(entry -> size(entry, "num_reqs_per_sec") + size(entry, "num_fail_per_sec"))
        .sum();
  }

  private static int size(StatsEntry entry, String field) {
    return ((Map<?, ?>) entry.tree().get(field)).size();
  }

  private void second(RequestStats stats, double now) {
    for (String name : names) {
      stats.logRequest("GET", name, 20 + now % 7, 10, now);
    }
    stats.logError("GET", names.getFirst(), "broken", now);
  }

  @Test
  void a_week_of_fifty_names_keeps_what_an_hour_keeps_and_a_short_run_after_it_is_complete() {
    RequestStats stats = new RequestStats(true, 0.001, warning -> {});
    StatsReader reader = new StatsReader(stats);
    RecentFineTimes recent = new RecentFineTimes(stats.total());
    RunTimeline timeline = new RunTimeline(2000);
    long most = (NAMES + 1 + 2) * (HOUR + HOUR / 8L);
    for (int now = 1; now <= WEEK; now++) {
      for (int name = now % 10; name < NAMES; name += 10) {
        stats.logRequest("GET", names.get(name), 20 + now % 7, 10, now);
      }
      stats.logError("GET", names.getFirst(), "broken", now);
      if (now % 60 == 0) {
        reader.sample(timeline, recent, RUNNING, now);
        stats.history().sample(stats, List.of(0.5, 0.95), 3, now);
      }
      if (now % (6 * HOUR) == 0) {
        assertTrue(seconds(stats) <= most, "after " + now + " s: " + seconds(stats));
        assertTrue(timeline.points(-1).size() <= 2000);
        assertTrue(stats.history().rows().size() <= StatsHistory.MOST_ROWS);
        assertEquals(5.0, stats.total().snapshot().currentRps());
        assertEquals(5, stats.total().snapshot().totalRps(), 0.01);
        assertEquals(0.1, stats.find("/page/7", "GET").snapshot().currentRps());
        assertEquals(1.0, stats.find("/page/0", "GET").snapshot().currentFailuresPerSecond());
      }
    }
    assertEquals(5L * WEEK, stats.total().requests(), "what is added up loses nothing");
    reader.sample(timeline, recent, STOPPED, WEEK);

    double start = WEEK + 100;
    stats.clearAll(start);
    for (int now = 1; now <= 60; now++) {
      second(stats, start + now);
      reader.sample(timeline, recent, RUNNING, start + now);
      if (now % 5 == 0) {
        stats.history().sample(stats, List.of(0.5), 3, start + now);
      }
    }
    assertEquals(60, timeline.presentPoints().size());
    assertEquals(12, stats.history().rows().size());
    assertEquals(60, size(stats.find("/page/7", "GET"), "num_reqs_per_sec"));
  }

  @Test
  void a_master_keeps_no_more_of_many_workers() throws ReportFormatException {
    RequestStats master = new RequestStats(true, 0, warning -> {});
    List<RequestStats> workers = List.of(new RequestStats(false, 0, w -> {}), new RequestStats(false, 0, w -> {}));
    for (int now = 100; now <= 4 * HOUR; now++) {
      for (int worker = 0; worker < workers.size(); worker++) {
        second(workers.get(worker), now - worker * 40);
        if (now % 30 == worker) {
          master.mergeReport("h_" + worker, workers.get(worker).takeReport(now - worker * 40), now);
        }
      }
    }
    assertTrue(seconds(master) <= (NAMES + 1 + 2) * (HOUR + HOUR / 8L), "kept " + seconds(master));
    assertEquals(HOUR, size(master.find("/page/7", "GET"), "num_reqs_per_sec"), HOUR / 8.0);
  }

  @Test
  void a_worker_that_cannot_report_for_days_keeps_no_more() {
    RequestStats worker = new RequestStats(false, 0, warning -> {});
    for (int now = 1; now <= 24 * HOUR; now++) {
      worker.logRequest("GET", "/", 5, 10, now);
    }
    assertTrue(seconds(worker) <= 2 * (HOUR + HOUR / 8L), "kept " + seconds(worker));
  }

  @Test
  void an_hour_is_kept_second_by_second_and_the_newest_seconds_stay() {
    RequestStats stats = new RequestStats(true, 0, warning -> {});
    for (int now = 0; now < 3 * HOUR; now++) {
      stats.logRequest("GET", "/", 5, 10, now);
      if (now == HOUR - 1) {
        assertEquals(HOUR, size(stats.find("/", "GET"), "num_reqs_per_sec"));
      }
    }
    Map<?, ?> kept = (Map<?, ?>) stats.find("/", "GET").tree().get("num_reqs_per_sec");
    for (long second = 2 * HOUR; second < 3 * HOUR; second++) {
      assertEquals(1L, kept.get(second), "second " + second);
    }
  }

  @Test
  void thousands_of_names_share_the_room_and_have_their_present_rates() {
    RequestStats stats = new RequestStats(true, 0, warning -> {});
    int many = 3000;
    for (int now = 1; now <= 400; now++) {
      for (int i = 0; i < many; i++) {
        stats.logRequest("GET", "/" + i, 5, 10, now);
      }
    }
    assertTrue(seconds(stats) < many * 140L, "kept " + seconds(stats));
    assertEquals(1.0, stats.find("/2999", "GET").snapshot().currentRps());
  }

  @Test
  void a_worker_whose_clock_is_wrong_does_not_drive_out_the_seconds_of_the_others() throws ReportFormatException {
    RequestStats master = new RequestStats(true, 0, warning -> {});
    RequestStats future = new RequestStats(false, 0, warning -> {});
    for (int now = 1; now <= 5000; now++) {
      future.logRequest("GET", "/", 5, 10, 90_000_000 + now);
    }
    master.mergeReport("h_1", future.takeReport(90_005_000), 1);
    for (int now = 1; now <= HOUR; now++) {
      master.logRequest("GET", "/", 5, 10, now);
    }
    Map<?, ?> kept = (Map<?, ?>) master.find("/", "GET").tree().get("num_reqs_per_sec");
    assertEquals(1L, kept.get((long) HOUR));
    assertEquals(1L, kept.get(60L));
  }

  @Test
  void ever_new_buckets_end_at_locusts() {
    RequestStats stats = new RequestStats(true, 0, warning -> {});
    stats.setBucketRounding(time -> (long) (time * 1000));
    for (int i = 0; i < 50_000; i++) {
      stats.logRequest("GET", "/", i, 10, 1);
    }
    Map<?, ?> buckets = (Map<?, ?>) stats.find("/", "GET").tree().get("response_times");
    assertTrue(buckets.size() <= EntryCounters.MOST_BUCKETS + 5000, "buckets " + buckets.size());
    long counted = buckets.values().stream().mapToLong(count -> (Long) count).sum();
    assertEquals(50_000, counted, "no request is lost");
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 100_000})
  void whole_replies_as_failure_texts_end_in_one_row(int length) {
    RequestStats stats = new RequestStats(true, 0, warning -> {});
    for (int i = 0; i < 2000; i++) {
      stats.logError("GET", "/", i + "x".repeat(length), 1);
    }
    List<StatsError> errors = stats.errors();
    assertTrue(errors.size() * (long) length < ErrorTable.MOST_CHARACTERS, "rows " + errors.size());
    assertEquals(2000, errors.stream().mapToLong(StatsError::occurrences).sum());
    assertEquals("(other errors)", errors.getLast().error());
    stats.resetAll(2);
    stats.logError("GET", "/", "x".repeat(length), 3);
    assertEquals("x".repeat(length), stats.errors().getFirst().error(), "after a reset there is room again");
  }

  @Test
  void long_names_end_in_one_row_and_the_sentence_says_why() {
    List<String> warnings = new ArrayList<>();
    RequestStats stats = new RequestStats(true, 0, warnings::add);
    for (int i = 0; i < 1000; i++) {
      stats.logRequest("GET", i + "/" + "x".repeat(16_000), 5, 10, 1);
    }
    assertTrue(stats.entries().size() < 501, "names " + stats.entries().size());
    assertEquals(1000, stats.entries().stream().mapToLong(StatsEntry::requests).sum());
    assertTrue(warnings.getFirst().contains("together have more than"), warnings.getFirst());
  }
}
