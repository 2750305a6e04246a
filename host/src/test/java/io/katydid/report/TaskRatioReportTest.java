package io.katydid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.katydid.script.UserClass;
import io.katydid.script.UserClass.TaskShare;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Task ratios agree with what Locust 2.47.0 prints for the same classes. */
class TaskRatioReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, UserClass> CLASSES = Map.of(
      "WebUser", new UserClass("WebUser", 5, 0, null, List.of(
          function("ok", 1 / 6.0),
          function("echo", 2 / 6.0),
          new TaskShare("Inner", 3 / 6.0, List.of(function("deep", 2 / 3.0), function("other", 1 / 3.0))))),
      "FastUser", new UserClass("FastUser", 2, 0, null, List.of(function("ok", 0.5), function("fail", 0.5))),
      "AdminUser", new UserClass("AdminUser", 1, 1, null, List.of(function("slow", 1.0))));

  private static TaskShare function(String name, double ratio) {
    return new TaskShare(name, ratio, List.of());
  }

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = TaskRatioReportTest.class.getResourceAsStream("task-ratios.jsonl")) {
      List<JsonNode> cases = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        cases.add(JSON.readTree(line));
      }
      return cases.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void text_and_json_are_locusts(JsonNode expected) throws IOException {
    List<UserClass> classes = new ArrayList<>();
    expected.get("classes").forEach(name -> classes.add(CLASSES.get(name.asText())));
    int users = expected.get("users").asInt();
    assertEquals(expected.get("text").asText(), TaskRatioReport.text(classes, users));
    String json = TaskRatioReport.json(classes, users);
    assertEquals(withTwelveDigits(expected.get("json").asText().strip()), withTwelveDigits(json));
  }

  /** The ratios are products in another order, which moves the last digit. */
  private static String withTwelveDigits(String json) {
    return json.replaceAll("(\\d\\.\\d{12})\\d*", "$1");
  }

  @Test
  void a_class_without_users_has_the_ratio_zero() {
    Map<String, Object> tree = TaskRatioReport.tree(List.of(CLASSES.get("AdminUser")), Map.of(), true);
    assertEquals(Map.of("AdminUser", Map.of("ratio", 0.0, "tasks", Map.of("slow", Map.of("ratio", 0.0)))), tree);
  }
}
