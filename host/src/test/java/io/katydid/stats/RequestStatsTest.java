package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recording, resetting, reporting and merging promise. */
class RequestStatsTest {
  private final List<String> warnings = new ArrayList<>();

  private RequestStats worker() {
    return new RequestStats(false, 100.0, warnings::add);
  }

  private RequestStats master() {
    return new RequestStats(true, 100.0, warnings::add);
  }

  @Test
  void a_report_is_a_delta_and_silent_entries_are_left_out() {
    RequestStats stats = worker();
    stats.logRequest("GET", "/a", 12.5, 10, 101.0);
    stats.logRequest("GET", "/b", 7, true, 0, 101.0);
    assertEquals(2, ((List<?>) stats.takeReport(103.0).get("stats")).size());

    stats.logRequest("GET", "/b", 9, true, 0, 104.0);
    Map<?, ?> entry = (Map<?, ?>) ((List<?>) stats.takeReport(106.0).get("stats")).getFirst();
    assertEquals("/b", entry.get("name"));
    assertEquals(1L, entry.get("num_requests"));
    assertEquals(9L, entry.get("min_response_time"));
    assertEquals(103.0, entry.get("start_time"));
    assertEquals(Map.of(9L, 1L), entry.get("response_times"));

    Map<String, Object> silent = stats.takeReport(109.0);
    assertEquals(List.of(), silent.get("stats"));
    assertNull(((Map<?, ?>) silent.get("stats_total")).get("min_response_time"));
    assertEquals(2, stats.entries().size(), "silent entries stay known");
  }

  @Test
  void no_request_is_lost_or_counted_twice_while_threads_record_and_reports_are_taken() throws Exception {
    RequestStats stats = worker();
    RequestStats sum = master();
    int threads = 8;
    int each = 3000;
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int id = thread;
        running.add(users.submit(() -> {
          for (int i = 0; i < each; i++) {
            stats.logRequest("GET", "/" + i % 5, i % 250 + id / 10.0, 3, 101.0);
            if (i % 10 == 0) {
              stats.logError("GET", "/" + i % 5, "broken " + id, 101.0);
            }
          }
        }));
      }
      while (running.stream().anyMatch(one -> !one.isDone())) {
        sum.mergeReport("h_1", stats.takeReport(102.0), 102.0);
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    sum.mergeReport("h_1", stats.takeReport(102.0), 102.0);
    assertEquals(threads * each, sum.total().requests());
    assertEquals(threads * each / 10, sum.total().failures());
    long inEntries = sum.entries().stream().mapToLong(StatsEntry::requests).sum();
    assertEquals(threads * each, inEntries);
    assertEquals(threads * each / 10, sum.errors().stream().mapToLong(StatsError::occurrences).sum());
    assertTrue(sum.total().hdrPercentile(0.5).isPresent(), "the fine histograms hold every request too");
  }

  @Test
  void names_beyond_the_limit_share_a_row_and_one_warning_names_the_first() {
    RequestStats stats = new RequestStats(true, 2, 100.0, warnings::add);
    stats.logRequest("GET", "/item/1", 1.0, 0, 101.0);
    stats.logRequest("GET", "/item/2", 1.0, 0, 101.0);
    stats.logRequest("GET", "/item/3", 1.0, 0, 101.0);
    stats.logRequest("POST", "/item/4", 1.0, 0, 101.0);
    stats.logRequest("GET", "/item/1", 1.0, 0, 101.0);
    assertEquals(2, stats.find("(other)", "").requests());
    assertEquals(2, stats.find("/item/1", "GET").requests());
    assertEquals(5, stats.total().requests());
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("GET /item/3"), warnings.getFirst());
  }

  @Test
  void a_name_too_long_for_a_row_is_counted_with_the_others() {
    RequestStats stats = new RequestStats(true, 100, 100.0, warnings::add);
    stats.logRequest("GET", "/" + "x".repeat(EntryTable.LONGEST_NAME - 1), 1.0, 0, 101.0);
    stats.logRequest("GET", "/" + "x".repeat(EntryTable.LONGEST_NAME), 1.0, 0, 101.0);
    assertEquals(2, stats.entries().size());
    assertEquals(1, stats.find("(other)", "").requests());
    assertEquals(2, stats.total().requests());
    assertTrue(warnings.getFirst().contains("has 16389 characters"), warnings.getFirst());
    assertTrue(warnings.getFirst().length() < 600, warnings.getFirst());
  }

  @Test
  void errors_with_ever_new_texts_share_a_row_beyond_the_limit() {
    RequestStats stats = new RequestStats(true, 3, 100.0, warnings::add);
    for (int i = 0; i < 10; i++) {
      stats.logError("GET", "/", "order " + i + " refused", 101.0);
    }
    assertEquals(4, stats.errors().size());
    assertEquals("(other errors)", stats.errors().getLast().error());
    assertEquals(7, stats.errors().getLast().occurrences());
  }

  @Test
  void reset_keeps_the_entries_and_clear_forgets_them() {
    RequestStats stats = master();
    stats.logRequest("GET", "/a", 5.0, 0, 101.0);
    stats.logError("GET", "/a", "x", 101.0);
    stats.history().sample(stats, List.of(0.5), 1, 101.0);
    stats.resetAll(105.0);
    assertEquals(0, stats.find("/a", "GET").requests());
    assertEquals(105.0, stats.total().snapshot().startTime());
    assertEquals(List.of(), stats.errors());
    assertEquals(List.of(), stats.history().rows());
    stats.clearAll(106.0);
    assertEquals(List.of(), stats.entries());
  }

  @Test
  void a_request_without_time_counts_but_is_in_no_percentile() {
    RequestStats stats = master();
    stats.logRequest("ASYNC", "enqueue", RequestStats.NO_TIME, 0, 101.0);
    stats.logRequest("ASYNC", "enqueue", Double.POSITIVE_INFINITY, 0, 101.0);
    EntrySnapshot snapshot = stats.find("enqueue", "ASYNC").snapshot();
    assertEquals(2, snapshot.requests());
    assertEquals(0, snapshot.timedRequests());
    assertNull(snapshot.minResponseTime());
    assertFalse(snapshot.hasResponseTimes());
    assertEquals(0L, snapshot.medianResponseTime());
  }

  @Test
  void a_locustfiles_own_rounding_decides_the_bucket() {
    RequestStats stats = master();
    stats.setBucketRounding(time -> (long) time / 50 * 50);
    stats.logRequest("GET", "/a", 149.0, 0, 101.0);
    assertEquals(100, stats.total().snapshot().percentile(0.5));
  }

  @Test
  void first_and_last_seen_survive_merging_in_any_order() throws ReportFormatException {
    RequestStats first = worker();
    RequestStats second = worker();
    first.logError("GET", "/a", "x", 101.5);
    second.logError("GET", "/a", "x", 104.5);
    RequestStats sum = master();
    sum.mergeReport("h_1", second.takeReport(105.0), 105.0);
    sum.mergeReport("h_1", first.takeReport(105.0), 105.0);
    StatsError error = sum.errors().getFirst();
    assertEquals(101.5, error.firstSeen());
    assertEquals(104.5, error.lastSeen());
    assertEquals(2, error.occurrences());
  }

  @Test
  void workers_that_do_not_say_when_an_error_was_seen_are_understood() throws ReportFormatException {
    Map<String, Object> report = new HashMap<>(worker().takeReport(103.0));
    report.put("errors", Map.of("0cc1", Map.of("name", "/a", "method", "GET", "error", "x", "occurrences", 2)));
    RequestStats sum = master();
    sum.mergeReport("h_1", report, 104.0);
    assertTrue(Double.isNaN(sum.errors().getFirst().firstSeen()));
    assertEquals("0cc1", sum.errors().getFirst().key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stats", "stats_total", "errors"})
  void a_report_that_lacks_a_part_is_refused_and_nothing_is_counted(String part) {
    RequestStats stats = worker();
    stats.logRequest("GET", "/a", 5.0, 0, 101.0);
    Map<String, Object> report = stats.takeReport(102.0);
    report.remove(part);
    RequestStats sum = master();
    ReportFormatException refused =
        assertThrows(ReportFormatException.class, () -> sum.mergeReport("h_1", report, 103.0));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
    assertEquals(List.of(), sum.entries());
    assertEquals(0, sum.total().requests());
  }

  @Test
  void the_warning_names_the_worker_whose_report_had_a_name_too_many() throws ReportFormatException {
    RequestStats sum = new RequestStats(true, 2, 100.0, warnings::add);
    for (int i = 1; i <= 4; i++) {
      RequestStats worker = worker();
      worker.logRequest("GET", "/item/" + i, 5.0, 0, 101.0);
      sum.mergeReport("h_" + i, worker.takeReport(102.0), 102.0);
    }
    assertEquals(2, sum.find("(other)", "").requests());
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("\"GET /item/3\" of worker h_3"), warnings.getFirst());
  }

  @Test
  void a_report_with_more_buckets_than_there_can_be_is_refused() {
    Map<Integer, Integer> buckets = new HashMap<>();
    for (int i = 0; i <= 100_000; i++) {
      buckets.put(i, 1);
    }
    Map<String, Object> report =
        Map.of("stats", List.of(), "errors", Map.of(), "stats_total", Map.of("response_times", buckets));
    RequestStats sum = master();
    ReportFormatException refused =
        assertThrows(ReportFormatException.class, () -> sum.mergeReport("h_1", report, 103.0));
    assertTrue(refused.getMessage().contains("100001"), refused.getMessage());
  }

  @Test
  void a_minimum_of_zero_without_requests_is_not_a_measurement() throws ReportFormatException {
    Map<String, Object> idle = new HashMap<>(worker().takeReport(103.0));
    Map<Object, Object> total = new HashMap<>((Map<?, ?>) idle.get("stats_total"));
    total.put("min_response_time", 0);
    idle.put("stats_total", total);
    RequestStats sum = master();
    sum.logRequest("GET", "/a", 5.0, 0, 101.0);
    sum.mergeReport("h_1", idle, 104.0);
    assertEquals(5.0, sum.total().snapshot().minResponseTime());
  }

  @Test
  void an_entry_is_found_by_name_and_method() {
    RequestStats stats = master();
    stats.logRequest("GET", "/a", 1.0, 0, 101.0);
    stats.logRequest("POST", "/a", 1.0, 0, 101.0);
    assertNotNull(stats.find("/a", "POST"));
    assertNull(stats.find("/a", "PUT"));
    assertEquals(0, stats.get("/a", "PUT", 102.0).requests());
    assertEquals(3, stats.entries().size());
  }
}
