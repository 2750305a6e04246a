package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The precise percentiles: how precise, how they travel, when there are none. */
class FineHistogramTest {
  @Test
  void the_total_is_precise_to_a_thousandth_and_an_entry_to_a_hundredth() {
    RequestStats stats = new RequestStats(true, 100.0, sentence -> {});
    for (int i = 1; i <= 10_000; i++) {
      stats.logRequest("GET", "/a", i / 10.0, 0, 101.0);
    }
    assertEquals(990.0, stats.total().hdrPercentile(0.99).orElseThrow(), 0.99);
    assertEquals(990.0, stats.find("/a", "GET").hdrPercentile(0.99).orElseThrow(), 9.9);
    assertEquals(0.6, stats.total().hdrPercentile(0.0005).orElseThrow(), 0.001, "from the slow end, as Locust counts");
  }

  @Test
  void merged_reports_have_the_percentiles_of_one_histogram() throws ReportFormatException {
    RequestStats all = new RequestStats(true, 100.0, sentence -> {});
    RequestStats merged = new RequestStats(true, 100.0, sentence -> {});
    Random random = new Random(5);
    for (int worker = 0; worker < 3; worker++) {
      RequestStats one = new RequestStats(false, 100.0, sentence -> {});
      for (int i = 0; i < 500; i++) {
        double time = Math.exp(random.nextGaussian() * 3 + 2);
        one.logRequest("GET", "/a", time, 0, 101.0);
        all.logRequest("GET", "/a", time, 0, 101.0);
      }
      merged.mergeReport("h_1", one.takeReport(103.0), 103.0);
    }
    double[] shares = {0, 0.1, 0.5, 0.9, 0.99, 0.999, 1};
    assertArrayEquals(all.total().hdrPercentiles(shares), merged.total().hdrPercentiles(shares));
    assertArrayEquals(
        all.find("/a", "GET").hdrPercentiles(shares), merged.find("/a", "GET").hdrPercentiles(shares));
  }

  @Test
  void there_is_no_precise_percentile_once_a_report_came_without_histogram() throws ReportFormatException {
    RequestStats worker = new RequestStats(false, 100.0, sentence -> {});
    RequestStats master = new RequestStats(true, 100.0, sentence -> {});
    worker.logRequest("GET", "/a", 5.0, 0, 101.0);
    master.mergeReport("h_1", worker.takeReport(103.0), 103.0);
    assertTrue(master.total().hdrPercentile(0.5).isPresent());

    worker.logRequest("GET", "/a", 5.0, 0, 104.0);
    Map<String, Object> report = worker.takeReport(106.0);
    Map<Object, Object> total = new HashMap<>((Map<?, ?>) report.get("stats_total"));
    assertNotNull(total.remove("hdr"));
    report.put("stats_total", total);
    master.mergeReport("h_1", report, 106.0);
    assertFalse(master.total().hdrPercentile(0.5).isPresent());
    assertTrue(master.find("/a", "GET").hdrPercentile(0.5).isPresent(), "that entry had one");
  }

  @Test
  void tables_show_precise_percentiles_until_a_worker_sends_none() throws ReportFormatException {
    RequestStats worker = new RequestStats(false, 100.0, sentence -> {});
    RequestStats master = new RequestStats(true, 100.0, sentence -> {});
    for (int i = 1; i <= 1000; i++) {
      worker.logRequest("GET", "/a", 1000 + i / 2.0, 0, 101.0);
    }
    master.mergeReport("h_1", worker.takeReport(103.0), 103.0);
    for (StatsEntry entry : List.of(master.total(), master.find("/a", "GET"))) {
      assertEquals(1250, entry.snapshot().percentile(0.5), 6);
      assertEquals(1475, entry.snapshot().percentile(0.95), 7);
      assertEquals(1500, entry.snapshot().percentile(1), "the slowest request, not the end of its cell");
      assertEquals(1250, entry.snapshot().medianResponseTime().doubleValue(), 6);
    }

    master.mergeReport("h_1", Map.of("stats", List.of(), "errors", Map.of(), "stats_total",
        Map.of("num_requests", 1, "response_times", Map.of(1500, 1))), 104.0);
    assertEquals(1300, master.total().snapshot().percentile(0.5), "one of Locust's buckets");
    assertEquals(1250, master.find("/a", "GET").snapshot().percentile(0.5), 6, "it had no part in that");
  }

  @Test
  void times_outside_of_an_hour_count_at_the_end() {
    FineHistogram histogram = new FineHistogram(2);
    histogram.record(-5);
    histogram.record(1e12);
    assertEquals(2, histogram.count());
    assertEquals(0, histogram.middles().percentile(2, 0));
    assertEquals(3_600_000_000L, histogram.middles().percentile(2, 1), 36_000_000);
  }

  @Test
  void counts_up_to_a_bound_come_from_the_histogram_or_from_the_buckets() throws ReportFormatException {
    RequestStats stats = new RequestStats(true, 100.0, sentence -> {});
    for (double time : List.of(1.0, 10.0, 100.0, 1000.0)) {
      stats.logRequest("GET", "/a", time, 0, 101.0);
    }
    assertArrayEquals(new long[] {0, 1, 2, 4}, stats.total().countsAtOrBelow(0.5, 5, 50, 5000));

    stats.mergeReport("h_1", Map.of("stats", List.of(), "errors", Map.of(), "stats_total",
        Map.of("num_requests", 1, "response_times", Map.of(40, 1))), 102.0);
    assertArrayEquals(new long[] {0, 1, 3, 5}, stats.total().countsAtOrBelow(0.5, 5, 50, 5000));
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"", "not base64!", "AQ==", "AgIBAQ==", "AQkBAQ==", "AQIB", "AQIBAA==", "AQL///////////8BAQ=="})
  void a_text_that_is_not_ours_is_ignored(String text) {
    assertNull(FineCells.decode(text));
  }

  @Test
  void a_histogram_survives_the_wire() {
    FineHistogram histogram = new FineHistogram(3);
    for (double time : new double[] {0, 0.001, 2.5, 2.5, 777.777, 3_600_000}) {
      histogram.record(time);
    }
    FineHistogram decoded = new FineHistogram(3);
    decoded.add(FineCells.decode(histogram.encode()));
    assertEquals(6, decoded.count());
    for (double share : new double[] {0, 0.3, 0.5, 0.9, 1}) {
      assertEquals(histogram.middles().percentile(6, share), decoded.middles().percentile(6, share));
    }
    assertTrue(Base64.getDecoder().decode(histogram.encode()).length < 40, "small");
  }
}
