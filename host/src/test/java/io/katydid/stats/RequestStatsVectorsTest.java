package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Error keys, merging and rates agree with Locust's tables. */
class RequestStatsVectorsTest {
  static Stream<JsonNode> errorKeys() throws IOException {
    return StatsVectors.ofKind("stats-vectors.jsonl", "error_key");
  }

  static Stream<JsonNode> extensions() throws IOException {
    return StatsVectors.ofKind("stats-vectors.jsonl", "extend");
  }

  static Stream<JsonNode> rates() throws IOException {
    return StatsVectors.ofKind("stats-vectors.jsonl", "rates");
  }

  @ParameterizedTest
  @MethodSource("errorKeys")
  void an_error_has_locusts_key_and_text(JsonNode vector) {
    RequestStats stats = new RequestStats(true, 1000.0, sentence -> {});
    String text = vector.get("error").isNull()
        ? vector.get("error_python_repr").asText()
        : vector.get("error").asText();
    stats.logError(vector.get("method").asText(), vector.get("name").asText(), text, 1000.5);
    StatsError error = stats.errors().getFirst();
    assertEquals(vector.get("key").asText(), error.key());
    assertEquals(vector.get("parsed").asText(), error.error());
    String display = vector.get("display").asText();
    if (!display.contains("object at")) { // Locust shows those of a text unmasked in a local run only
      assertEquals(display, error.displayText());
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void merging_reports_gives_locusts_sums(JsonNode vector) throws ReportFormatException {
    RequestStats stats = new RequestStats(true, 1000.0, sentence -> {});
    merge(stats, vector.get("start"));
    for (JsonNode step : vector.get("steps")) {
      merge(stats, step.get("other"));
      assertEquals(plain(StatsVectors.tree(step.get("after"))), plain(stats.entryTrees().getFirst()));
    }
  }

  private static void merge(RequestStats stats, JsonNode entry) throws ReportFormatException {
    stats.mergeReport("h_1", report(StatsVectors.tree(entry)), 1000.0);
  }

  private static Map<String, Object> report(Map<String, Object> entry) {
    return Map.of("stats", List.of(entry), "stats_total", entry, "errors", Map.of());
  }

  /** Numbers as doubles, because Integer, Long and Double of one value differ in Java. */
  private static Object plain(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<Object, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put(plain(key), plain(value)));
        yield plain;
      }
      case Number number -> number.doubleValue();
      case null -> "nil";
      default -> tree;
    };
  }

  @ParameterizedTest
  @MethodSource("rates")
  void rates_are_locusts(JsonNode vector) throws ReportFormatException {
    Map<String, Object> entry = new LinkedHashMap<>(StatsVectors.tree(vector));
    entry.put("name", "/a");
    entry.put("method", "GET");
    entry.put("start_time", vector.get("stats_start_time").asDouble());
    entry.put("last_request_timestamp", vector.get("stats_last_request_timestamp").asDouble());
    Map<Object, Object> failures = new LinkedHashMap<>();
    for (int second = 1000; second < 1020; second++) {
      failures.put(second, 1);
    }
    entry.put("num_fail_per_sec", failures);
    RequestStats stats = new RequestStats(true, 2000.0, sentence -> {});
    stats.mergeReport("h_1", report(entry), 2000.0);
    EntrySnapshot snapshot = stats.find("/a", "GET").snapshot();
    assertEquals(vector.get("current_rps").asDouble(), snapshot.currentRps());
    assertEquals(vector.get("current_fail_per_sec").asDouble(), snapshot.currentFailuresPerSecond());
    assertEquals(vector.get("total_rps").asDouble(), snapshot.totalRps());
    assertEquals(vector.get("total_fail_per_sec").asDouble(), snapshot.totalFailuresPerSecond());
  }
}
