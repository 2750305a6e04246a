package io.katydid.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the tables in src/test/resources. */
public final class StatsVectors {
  public static final ObjectMapper JSON = new ObjectMapper();

  private StatsVectors() {}

  public static Stream<JsonNode> lines(String file) throws IOException {
    try (InputStream in = StatsVectors.class.getResourceAsStream("/io/katydid/stats/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).map(StatsVectors::parse).toList().stream();
    }
  }

  static Stream<JsonNode> ofKind(String file, String kind) throws IOException {
    return lines(file).filter(line -> line.get("kind").asText().equals(kind));
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** A wire entry or report as the codec gives it: the keys of count maps are whole numbers. */
  public static Map<String, Object> tree(JsonNode object) {
    Map<String, Object> tree = new LinkedHashMap<>();
    object.fields().forEachRemaining(field -> tree.put(field.getKey(), switch (field.getKey()) {
      case "response_times", "num_reqs_per_sec", "num_fail_per_sec" -> counts(field.getValue());
      case "stats" -> field.getValue().valueStream().map(StatsVectors::tree).toList();
      case "stats_total" -> tree(field.getValue());
      default -> JSON.convertValue(field.getValue(), Object.class);
    }));
    return tree;
  }

  private static Map<Object, Object> counts(JsonNode counts) {
    Map<Object, Object> tree = new LinkedHashMap<>();
    if (counts.isArray()) {
      counts.forEach(pair -> tree.put(pair.get(0).asInt(), pair.get(1).asInt()));
    } else {
      counts.fields().forEachRemaining(field -> tree.put(Integer.valueOf(field.getKey()), field.getValue().asInt()));
    }
    return tree;
  }
}
