package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers and texts look as in Python. */
class PythonReprTest {
  static Stream<JsonNode> floats() throws IOException {
    return StatsVectors.ofKind("python-numbers.jsonl", "float");
  }

  static Stream<JsonNode> strings() throws IOException {
    return StatsVectors.ofKind("python-numbers.jsonl", "string");
  }

  static Stream<JsonNode> properRounds() throws IOException {
    return StatsVectors.ofKind("stats-vectors.jsonl", "proper_round");
  }

  @ParameterizedTest
  @MethodSource("floats")
  void a_float_is_printed_as_in_python(JsonNode vector) {
    double value = vector.get("value").asDouble();
    assertEquals(vector.get("repr").asText(), PythonRepr.of(value));
    if (!vector.get("fixed2").isNull()) {
      assertEquals(vector.get("fixed2").asText().replace("-0.00", "0.00"), PythonRepr.fixed(value, 2));
      assertEquals(vector.get("fixed6").asText().replace("-0.0", "0.0"), PythonRepr.fixed(value, 6));
    }
    if (!vector.get("proper2").isNull()) {
      assertEquals(vector.get("proper2").asText(), PythonRepr.of(PythonRepr.properRound(value, 2)));
      assertEquals(vector.get("proper0").asText(), PythonRepr.of(PythonRepr.properRound(value, 0)));
    }
  }

  @ParameterizedTest
  @MethodSource("strings")
  void a_text_is_quoted_as_in_python(JsonNode vector) {
    assertEquals(vector.get("repr").asText(), PythonRepr.of(vector.get("value").asText()));
  }

  @ParameterizedTest
  @MethodSource("properRounds")
  void a_number_is_rounded_as_in_locust(JsonNode vector) {
    double rounded = PythonRepr.properRound(vector.get("input").asDouble(), vector.get("digits").asInt());
    assertEquals(vector.get("output").asDouble(), rounded);
  }

  @Test
  void a_percentile_has_a_readable_title() throws IOException {
    JsonNode vector = StatsVectors.ofKind("stats-vectors.jsonl", "readable_percentiles").findFirst().orElseThrow();
    List<Double> shares = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    vector.get("input").forEach(share -> shares.add(share.asDouble()));
    vector.get("output").forEach(title -> titles.add(title.asText()));
    assertEquals(titles, ReportedPercentiles.titles(shares));
    assertEquals(List.of("7.0%"), ReportedPercentiles.titles(List.of(0.07)), "0.07 * 100 is not quite 7");
  }
}
