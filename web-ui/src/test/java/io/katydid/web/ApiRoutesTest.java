package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.katydid.console.RunStatus;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import io.katydid.console.WebSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every other route of web-api section 2. */
final class ApiRoutesTest {
  private final FakeConsole console = new FakeConsole();
  private RunningWeb web;

  @BeforeEach
  void start() throws Exception {
    web = new RunningWeb(console);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void statsRequestsHasLocustsFields() throws Exception {
    console.rows = List.of(FakeConsole.row("GET", "/ok", 17, 5));
    console.total = FakeConsole.row("", "Aggregated", 17, 5);
    console.failures =
        List.of(new StatsSnapshot.Failure("k", "GET", "/ok", "boom('å')", 5, 1795456582.128108, 1795456587.8056035));
    HttpResponse<String> reply = web.get("/stats/requests");
    assertTrue(reply.body().startsWith("{\n  \"current_fail_per_sec\": 0.5,\n"), reply.body());
    assertTrue(reply.body().contains("boom('\\u00e5')"), reply.body());
    assertTrue(reply.body().endsWith("}\n"));
    JsonNode tree = RunningWeb.JSON.readTree(reply.body());
    assertEquals(
        "[avg_content_length, avg_response_time, current_fail_per_sec, current_rps, max_response_time,"
            + " median_response_time, method, min_response_time, name, num_failures, num_requests,"
            + " response_time_percentile_0.95, response_time_percentile_0.99, total_fail_per_sec, total_rps]",
        names(tree.get("stats").get(0)).toString());
    assertEquals("7.0", tree.get("stats").get(0).get("min_response_time").toString());
    assertEquals("Aggregated", tree.get("stats").get(1).get("name").asText());
    assertEquals(
        "[error, first_seen, last_seen, method, name, occurrences]", names(tree.get("errors").get(0)).toString());
    assertEquals(
        "{\"response_time_percentile_0.5\":8,\"response_time_percentile_0.95\":null}",
        tree.get("current_response_time_percentiles").toString());
    assertFalse(tree.has("workers"));
    assertEquals("ready", tree.get("state").asText());
  }

  @Test
  void aMasterListsItsWorkers() throws Exception {
    console.status = new RunStatus("running", 3, true, List.of(
        new RunStatus.Worker("w1", "running", 3, 12.5, 1000, 1.5, null),
        new RunStatus.Worker("w2", "missing", 0, 0, 0, Double.NaN, null)));
    JsonNode tree = web.getJson("/stats/requests");
    assertEquals(1, tree.get("worker_count").asInt());
    assertEquals("[cpu_usage, id, memory_usage, state, user_count]", names(tree.get("workers").get(0)).toString());
    assertEquals(2, tree.get("workers").size());
    assertEquals("{\n  \"worker_count\": 1\n}\n", web.get("/worker-count").body());
  }

  @Test
  void anEmptyTestHasIntegerZeros() throws Exception {
    JsonNode total = web.getJson("/stats/requests").get("stats").get(0);
    assertEquals("0", total.get("min_response_time").toString());
    assertEquals("0", total.get("current_rps").toString());
    assertEquals("0.0", total.get("avg_response_time").toString());
  }

  @Test
  void statisticsAreReadOnceInTwoSecondsButAfreshAfterAReset() throws Exception {
    for (int i = 0; i < 5; i++) {
      web.get("/stats/requests");
    }
    assertEquals(1, readings());
    web.pass(Duration.ofMillis(2001));
    web.get("/stats/requests");
    assertEquals(2, readings());
    web.post("/stats/reset", "");
    web.get("/stats/requests");
    assertEquals(3, readings());
  }

  private long readings() {
    return console.calls.stream().filter("stats"::equals).count();
  }

  @Test
  void fiveHundredRowsAreEnoughForLocustsRoute() throws Exception {
    List<StatsSnapshot.Row> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      rows.add(FakeConsole.row("GET", "/" + i, 1, 0));
    }
    console.rows = rows;
    assertEquals(501, web.getJson("/stats/requests").get("stats").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void stopAndResetAnswerBothMethods(String method) throws Exception {
    HttpRequest.Builder stop = web.request("/stop").method(method, HttpRequest.BodyPublishers.noBody());
    assertEquals("{\n  \"message\": \"Test stopped\",\n  \"success\": true\n}\n", web.send(stop).body());
    HttpRequest.Builder reset = web.request("/stats/reset").method(method, HttpRequest.BodyPublishers.noBody());
    HttpResponse<String> ok = web.send(reset);
    assertEquals("ok", ok.body());
    assertTrue(ok.headers().firstValue("content-type").orElseThrow().startsWith("text/html"));
    assertTrue(console.calls.containsAll(List.of("stop", "reset")));
  }

  @ParameterizedTest
  @CsvSource({
    "/stats/requests/csv,requests,REQUESTS",
    "/stats/failures/csv,failures,FAILURES",
    "/exceptions/csv,exceptions,EXCEPTIONS"
  })
  void csvFilesAreNamedAfterTestFileAndHost(String path, String word, String kind) throws Exception {
    HttpResponse<String> reply = web.get(path);
    assertEquals("Header," + kind + "\r\n", reply.body());
    assertEquals("text/csv", reply.headers().firstValue("content-type").orElseThrow());
    String disposition = reply.headers().firstValue("content-disposition").orElseThrow();
    assertTrue(
        disposition.matches("attachment;filename=Locust_\\d{4}-\\d\\d-\\d\\d-\\d\\dh\\d\\d"
            + "_locustfile\\.py_http___127\\.0\\.0\\.1_8000_"
            + word + "\\.csv"),
        disposition);
  }

  @Test
  void fullHistoryNeedsTheOption() throws Exception {
    HttpResponse<String> reply = web.get("/stats/requests_full_history/csv");
    assertEquals(404, reply.statusCode());
    assertEquals("Error: Server was not started with option to generate full history.", reply.body());
  }

  @Test
  void aHistoryThatIsTooLargeIsSaidToBe() throws Exception {
    TestSetup setup = console.setup;
    console.setup = new TestSetup(setup.locustfile(), setup.host(), setup.userClasses(), setup.taskNames(),
        setup.shapeClasses(), null, false, false, false, true, List.of());
    assertEquals(200, web.get("/stats/requests_full_history/csv").statusCode());
    console.tooLarge = "The history has grown to 40 MB.";
    HttpResponse<String> reply = web.get("/stats/requests_full_history/csv");
    assertEquals(413, reply.statusCode());
    assertEquals("Error: The history has grown to 40 MB.", reply.body());
  }

  @Test
  void exceptionsLogsAndTasks() throws Exception {
    console.exceptions = List.of(new TestConsole.ScriptError(9, "bad", "Traceback <x>", "local"));
    console.logs = new TestConsole.LogLines(List.of("a line"), Map.of("w1", List.of("its line")));
    assertEquals(
        "{\"exceptions\":[{\"count\":9,\"msg\":\"bad\",\"nodes\":\"local\",\"traceback\":\"Traceback <x>\"}]}",
        web.getJson("/exceptions").toString());
    assertEquals("{\"master\":[\"a line\"],\"workers\":{\"w1\":[\"its line\"]}}", web.getJson("/logs").toString());
    assertEquals(0.25, web.getJson("/tasks").at("/per_class/Alpha/ratio").asDouble());
  }

  @Test
  void userClassesCanBeEdited() throws Exception {
    HttpResponse<String> reply = web.send(web.request("/user").POST(HttpRequest.BodyPublishers.ofString(
        "{\"user_class_name\":\"Alpha\",\"weight\":5,\"tasks\":[\"ok\"]}")));
    assertEquals(201, reply.statusCode());
    assertEquals("{}\n", reply.body());
    assertTrue(console.calls.contains("edit Alpha {weight=5, tasks=[ok]}"), console.calls.toString());
    HttpResponse<String> unknown =
        web.send(web.request("/user").POST(HttpRequest.BodyPublishers.ofString("{\"user_class_name\":\"NoUser\"}")));
    assertEquals(500, unknown.statusCode());
    assertEquals("'NoUser'", unknown.body());
    HttpResponse<String> broken = web.send(web.request("/user").POST(HttpRequest.BodyPublishers.ofString("{")));
    assertEquals(400, broken.statusCode());
  }

  @Test
  void theRatioIsThatOfTheChosenClasses() throws Exception {
    console.classes = Map.of(
        "Alpha", Map.of("ratio", 0.0), "Beta", Map.of("ratio", 0.0), "Gamma", Map.of("ratio", 0.5));
    assertEquals(3, web.getJson("/tasks").get("total").size());
    console.options.put("user_classes", List.of("Beta"));
    for (String kind : List.of("per_class", "total")) {
      JsonNode chosen = web.getJson("/tasks").get(kind);
      assertEquals(2, chosen.size());
      assertTrue(chosen.has("Beta") && chosen.has("Gamma"), chosen.toString());
    }
  }

  @Test
  void whatEveryRunNeedsOfAUserClassIsLookedAtFirst() throws Exception {
    for (String bad : List.of("\"weight\":\"x\"", "\"weight\":null", "\"weight\":-1", "\"fixed_count\":[1]",
        "\"fixed_count\":true", "\"host\":5", "\"tasks\":\"ok\"", "\"tasks\":[1]")) {
      HttpResponse<String> reply = web.send(web.request("/user").POST(HttpRequest.BodyPublishers.ofString(
          "{\"user_class_name\":\"Alpha\"," + bad + "}")));
      assertEquals(400, reply.statusCode(), bad + " " + reply.body());
    }
    assertEquals(List.of(), console.calls);
    web.send(web.request("/user").POST(HttpRequest.BodyPublishers.ofString(
        "{\"user_class_name\":\"Alpha\",\"weight\":\"2.5\",\"fixed_count\":\"3\",\"host\":null}")));
    assertEquals(List.of("edit Alpha {weight=2.5, fixed_count=3, host=null}"), console.calls);
  }

  @Test
  void methodsAndUnknownPathsAnswerAsAWebServerShould() throws Exception {
    assertEquals(404, web.get("/nothing").statusCode());
    HttpResponse<String> wrong = web.get("/swarm");
    assertEquals(405, wrong.statusCode());
    assertEquals("POST, OPTIONS", wrong.headers().firstValue("allow").orElseThrow());
    HttpResponse<String> options =
        web.send(web.request("/tasks").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, options.statusCode());
    assertEquals("GET, HEAD, OPTIONS", options.headers().firstValue("allow").orElseThrow());
    HttpResponse<String> head = web.send(web.request("/tasks").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
  }

  @Test
  void everyAnswerMayBeReadByOtherPagesAsWithLocust() throws Exception {
    HttpResponse<String> plain = web.get("/tasks");
    assertEquals("*", plain.headers().firstValue("access-control-allow-origin").orElseThrow());
    assertTrue(plain.headers().firstValue("date").isPresent());
    assertTrue(plain.headers().firstValue("content-length").isPresent());
    assertTrue(plain.headers().firstValue("server").isEmpty());
    HttpResponse<String> cross = web.send(web.request("/tasks").header("Origin", "http://other").GET());
    assertEquals("http://other", cross.headers().firstValue("access-control-allow-origin").orElseThrow());
    assertEquals("Origin", cross.headers().firstValue("vary").orElseThrow());
  }

  @Test
  void withABasePathEverythingMovesBelowIt() throws Exception {
    WebSettings settings = new WebSettings("127.0.0.1", 0, "/locust", false, null, null, null, null, null);
    try (RunningWeb based = new RunningWeb(console, settings)) {
      assertEquals(404, based.get("/").statusCode());
      assertEquals(404, based.get("/tasks").statusCode());
      assertEquals(200, based.get("/locust/tasks").statusCode());
      assertEquals(200, based.get("/locust/").statusCode());
      assertEquals(200, based.get("/locust/assets/app.js").statusCode());
      HttpResponse<String> redirect = based.get("/locust");
      assertEquals(308, redirect.statusCode());
      assertEquals(
          "http://127.0.0.1:" + based.port() + "/locust/", redirect.headers().firstValue("location").orElseThrow());
    }
  }

  @Test
  void loginWithoutTheOptionGoesToTheIndex() throws Exception {
    HttpResponse<String> reply = web.get("/login");
    assertEquals(302, reply.statusCode());
    assertEquals("/", reply.headers().firstValue("location").orElseThrow());
  }

  static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
