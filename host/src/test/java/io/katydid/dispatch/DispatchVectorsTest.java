package io.katydid.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The dispatcher agrees with Locust's, step by step, on captured and on randomly made cases. */
class DispatchVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> capturedCases() throws IOException {
    return lines("dispatch-vectors.jsonl")
        .map(vector -> DynamicTest.dynamicTest(vector.get("title").asText(), () -> {
          if (vector.has("cases")) {
            sequences(vector.get("cases"));
          } else if (vector.has("steps")) {
            captured(vector);
          } else {
            capturedWithEvents(vector);
          }
        }));
  }

  private static void sequences(JsonNode cases) {
    for (JsonNode one : cases) {
      WeightedSequence sequence = new WeightedSequence();
      List<String> names = new ArrayList<>();
      for (JsonNode weight : one.get("weights")) {
        sequence.add(names.size(), weight.get(1).asDouble());
        names.add(weight.get(0).asText());
      }
      List<String> emitted = new ArrayList<>();
      for (JsonNode expected : one.get("first")) {
        int index = sequence.next();
        emitted.add(index == WeightedSequence.NOTHING ? null : names.get(index));
      }
      List<String> expected = new ArrayList<>();
      one.get("first").forEach(name -> expected.add(name.isNull() ? null : name.asText()));
      assertEquals(expected, emitted, one.get("weights").toString());
    }
  }

  private static void captured(JsonNode vector) {
    UsersDispatcher dispatcher = dispatcher(vector);
    for (JsonNode step : vector.get("steps")) {
      switch (step.get("op").asText()) {
        case "add_worker" -> dispatcher.addWorker(step.get("worker").asText());
        case "remove_worker" -> dispatcher.removeWorker(step.get("worker").asText());
        case "dispatch" -> {
          dispatcher.newDispatch(step.get("target_user_count").asInt(), step.get("spawn_rate").asDouble(),
              names(step.get("user_classes")));
          assertEquals(step.get("wait_between_dispatch").asDouble(), dispatcher.waitBetweenSteps());
          for (JsonNode expected : step.get("iterations")) {
            assertEquals(placement(expected), sorted(dispatcher.next().orElseThrow().placement()));
          }
          assertEquals(Optional.empty(), dispatcher.next());
          assertEquals(step.get("dispatch_in_progress_after").asBoolean(), dispatcher.dispatchInProgress());
        }
        default -> throw new AssertionError("unknown step " + step);
      }
    }
  }

  private static void capturedWithEvents(JsonNode vector) {
    UsersDispatcher dispatcher = dispatcher(vector);
    dispatcher.newDispatch(vector.get("target_user_count").asInt(), vector.get("spawn_rate").asDouble(), null);
    int iteration = 0;
    for (JsonNode expected : vector.get("iterations")) {
      for (JsonNode event : vector.get("events")) {
        if (event.get("before_iteration").asInt() == iteration) {
          change(dispatcher, event.get("op").asText().replace("_worker", ""), event.get("worker").asText());
        }
      }
      assertEquals(placement(expected), sorted(dispatcher.next().orElseThrow().placement()), "step " + iteration);
      iteration++;
    }
    assertEquals(Optional.empty(), dispatcher.next());
  }

  @TestFactory
  Stream<DynamicTest> randomCases() throws IOException {
    List<JsonNode> cases = lines("dispatch-random.jsonl").toList();
    assertTrue(cases.size() >= 50);
    return cases.stream().map(vector -> DynamicTest.dynamicTest(vector.get("users").toString(), () -> random(vector)));
  }

  private static void random(JsonNode vector) {
    UsersDispatcher dispatcher = dispatcher(vector);
    for (JsonNode step : vector.get("steps")) {
      if (!step.get("op").asText().equals("dispatch")) {
        change(dispatcher, step.get("op").asText(), step.get("worker").asText());
        continue;
      }
      dispatcher.newDispatch(step.get("target").asInt(), step.get("rate").asDouble(), names(step.get("classes")));
      int iteration = 0;
      for (JsonNode expected : step.get("iterations")) {
        if (expected.isArray()) {
          change(dispatcher, expected.get(0).asText(), expected.get(1).asText());
          continue;
        }
        Placement placement = dispatcher.next().orElseThrow().placement();
        Map<String, List<Integer>> actual = new TreeMap<>();
        placement.byWorker().forEach((worker, counts) -> actual.put(worker, List.copyOf(counts.values())));
        Map<String, List<Integer>> wanted = new TreeMap<>();
        expected.properties().forEach(row -> {
          List<Integer> counts = new ArrayList<>();
          row.getValue().forEach(count -> counts.add(count.asInt()));
          wanted.put(row.getKey(), counts);
        });
        assertEquals(wanted, actual, step.get("target") + " users, step " + iteration);
        iteration++;
      }
      if (step.get("complete").asBoolean()) {
        assertEquals(Optional.empty(), dispatcher.next());
        assertEquals(step.get("in_progress").asBoolean(), dispatcher.dispatchInProgress());
      }
    }
  }

  private static void change(UsersDispatcher dispatcher, String op, String worker) {
    switch (op) {
      case "add" -> dispatcher.addWorker(worker);
      case "remove" -> dispatcher.removeWorker(worker);
      default -> throw new AssertionError("unknown change " + op);
    }
  }

  private static UsersDispatcher dispatcher(JsonNode vector) {
    List<DispatchClass> classes = new ArrayList<>();
    vector.get("users").forEach(user -> classes.add(new DispatchClass(user.get("name").asText(),
        user.get("weight").asDouble(), user.get("fixed_count").asInt())));
    return new UsersDispatcher(names(vector.get("workers")), classes);
  }

  private static List<String> names(JsonNode array) {
    if (array == null || array.isNull()) {
      return null;
    }
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Map<String, Map<String, Integer>> placement(JsonNode expected) {
    Map<String, Map<String, Integer>> placement = new TreeMap<>();
    expected.properties().forEach(worker -> {
      Map<String, Integer> counts = new TreeMap<>();
      worker.getValue().properties().forEach(count -> counts.put(count.getKey(), count.getValue().asInt()));
      placement.put(worker.getKey(), counts);
    });
    return placement;
  }

  private static Map<String, Map<String, Integer>> sorted(Placement placement) {
    return new TreeMap<>(placement.byWorker());
  }

  private static Stream<JsonNode> lines(String resource) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(
        DispatchVectorsTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        nodes.add(JSON.readTree(line));
      }
    }
    return nodes.stream();
  }
}
