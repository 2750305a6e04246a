package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that real workers sent, of Locust and of other makers, are understood and nothing of them is lost. */
class CapturedReportsTest {

  private static List<JsonNode> reports(String scenario) throws IOException {
    try (InputStream in = CapturedReportsTest.class.getResourceAsStream("/io/katydid/wire/wire-frames.jsonl")) {
      List<JsonNode> reports = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode frame = StatsVectors.JSON.readTree(line);
        if (frame.path("scenario").asText().equals(scenario) && frame.path("type").asText().equals("stats")
            && frame.path("data").has("stats_total")) {
          reports.add(frame.get("data"));
        }
      }
      return reports;
    }
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"headless_2workers", "webui_run", "class_picker_shapes", "real_boomer", "real_locust4j"})
  void all_requests_failures_and_errors_arrive(String scenario) throws IOException, ReportFormatException {
    RequestStats stats = new RequestStats(true, 1795458000.0, sentence -> {});
    long requests = 0;
    long failures = 0;
    long errors = 0;
    double slowest = 0;
    for (JsonNode report : reports(scenario)) {
      stats.mergeReport("h_1", StatsVectors.tree(report), 1795458000.0);
      requests += report.get("stats_total").get("num_requests").asLong();
      failures += report.get("stats_total").get("num_failures").asLong();
      slowest = Math.max(slowest, report.get("stats_total").get("max_response_time").asDouble());
      for (JsonNode error : report.get("errors")) {
        errors += error.get("occurrences").asLong();
      }
    }
    assertTrue(requests > 0, "the capture has requests");
    assertEquals(requests, stats.total().requests());
    assertEquals(failures, stats.total().failures());
    assertEquals(requests, stats.entries().stream().mapToLong(StatsEntry::requests).sum());
    assertEquals(errors, stats.errors().stream().mapToLong(StatsError::occurrences).sum());
    assertEquals(slowest, stats.total().snapshot().maxResponseTime().doubleValue());
    assertTrue(stats.total().hdrPercentile(0.5).isEmpty(), "they carry no fine histogram");
  }
}
