package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets and percentiles agree with Locust's on its own tables. */
class ResponseTimeBucketsTest {
  static Stream<JsonNode> buckets() throws IOException {
    return StatsVectors.ofKind("stats-vectors.jsonl", "bucket");
  }

  static Stream<JsonNode> randomBuckets() throws IOException {
    return StatsVectors.ofKind("python-numbers.jsonl", "bucket");
  }

  static Stream<JsonNode> percentiles() throws IOException {
    return StatsVectors.ofKind("stats-vectors.jsonl", "percentile");
  }

  @ParameterizedTest
  @MethodSource("buckets")
  void a_time_goes_to_locusts_bucket(JsonNode vector) {
    assertEquals(vector.get("output").asLong(), ResponseTimeBuckets.bucketOf(vector.get("input").asDouble()));
  }

  @ParameterizedTest
  @MethodSource("randomBuckets")
  void times_near_the_edges_go_to_locusts_bucket(JsonNode vector) {
    assertEquals(vector.get("bucket").asLong(), ResponseTimeBuckets.bucketOf(vector.get("value").asDouble()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void a_time_that_is_no_number_is_refused(double time) {
    assertThrows(IllegalArgumentException.class, () -> ResponseTimeBuckets.bucketOf(time));
  }

  @Test
  void a_time_beyond_64_bits_goes_to_the_last_bucket() {
    assertEquals(9_000_000_000_000_000_000L, ResponseTimeBuckets.bucketOf(1e300));
  }

  @ParameterizedTest
  @MethodSource("percentiles")
  void a_percentile_is_locusts(JsonNode vector) {
    CountMap counts = new CountMap();
    vector.get("response_times").forEach(pair -> counts.add(pair.get(0).asLong(), pair.get(1).asLong()));
    BucketCounts histogram = BucketCounts.unordered(counts.keysCopy(), counts.countsCopy());
    for (JsonNode expected : vector.get("output")) {
      long found = histogram.percentile(vector.get("num_requests").asLong(), expected.get(0).asDouble());
      assertEquals(expected.get(1).asLong(), found, "percentile " + expected.get(0));
    }
  }
}
