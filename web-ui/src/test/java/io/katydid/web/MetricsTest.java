package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.GeneratorHealth;
import io.katydid.console.RunStatus;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** `/metrics` and `/health`. */
final class MetricsTest {
  private static final Pattern LINE = Pattern.compile(
      "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"([^\"\\\\\n]|\\\\.)*\"(,[a-z]+=\"([^\"\\\\\n]|\\\\.)*\")*\\})?"
          + " [0-9.e+-]+");

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
  void everyLineIsOfPrometheusFormat() throws Exception {
    console.rows = List.of(FakeConsole.row("GET", "/a \"quoted\"\nand \\ more", 10, 2), FakeConsole.row("POST", "/b",
        4, 0));
    console.status = new RunStatus("running", 12, true, List.of(
        new RunStatus.Worker("w", "running", 12, 1, 1, 1, null),
        new RunStatus.Worker("v", "missing", 0, 0, 0, 0, null)));
    HttpResponse<String> reply = web.get("/metrics");
    assertTrue(reply.headers().firstValue("content-type").orElseThrow().startsWith("text/plain; version=0.0.4"));
    for (String line : reply.body().split("\n")) {
      assertTrue(LINE.matcher(line).matches(), line);
    }
    List<String> lines = reply.body().lines().toList();
    String a = "{method=\"GET\",name=\"/a \\\"quoted\\\"\\nand \\\\ more\"";
    assertTrue(lines.contains("katydid_requests_total" + a + "} 10"), reply.body());
    assertTrue(lines.contains("katydid_failures_total" + a + "} 2"));
    assertTrue(lines.contains("katydid_response_time_seconds_bucket" + a + ",le=\"0.005\"} 0"));
    assertTrue(lines.contains("katydid_response_time_seconds_bucket" + a + ",le=\"0.01\"} 5"));
    assertTrue(lines.contains("katydid_response_time_seconds_bucket" + a + ",le=\"+Inf\"} 10"));
    assertTrue(lines.contains("katydid_response_time_seconds_sum" + a + "} 0.0825"));
    assertTrue(lines.contains("katydid_users 12"));
    assertTrue(lines.contains("katydid_workers{state=\"missing\"} 1"));
    assertTrue(lines.contains("katydid_state{state=\"running\"} 1"));
    assertTrue(lines.contains("katydid_state{state=\"ready\"} 0"));
  }

  @Test
  void memoryOfThisProcessAndOfTheWorkersIsThere() throws Exception {
    console.status = new RunStatus("running", 12, true, List.of(
        new RunStatus.Worker("w\"1", "running", 12, 61.5, 812_000_000L, 1, null)));
    List<String> lines = web.get("/metrics").body().lines().toList();
    assertTrue(lines.contains("katydid_worker_memory_bytes{worker=\"w\\\"1\"} 812000000"), lines.toString());
    assertTrue(lines.contains("katydid_worker_cpu_percent{worker=\"w\\\"1\"} 61.5"));
    assertTrue(value(lines, "process_resident_memory_bytes ") > 1e6);
    assertTrue(value(lines, "process_cpu_seconds_total ") > 0);
    double used = value(lines, "jvm_memory_used_bytes{area=\"heap\"} ");
    assertTrue(used > 1e6 && used <= value(lines, "jvm_memory_committed_bytes{area=\"heap\"} "), lines.toString());
  }

  private static double value(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).mapToDouble(line ->
        Double.parseDouble(line.substring(start.length()))).findFirst().orElseThrow();
  }

  @Test
  void oneWorkerThatDoesNotKeepUpIsEnoughForDistrust() throws Exception {
    GeneratorHealth good = new GeneratorHealth(50, 3, 1, 10, List.of());
    GeneratorHealth late = new GeneratorHealth(50, 300, 100, 10, List.of("Timers were late."));
    console.health = good;
    console.status = new RunStatus("running", 2, true, List.of(
        new RunStatus.Worker("a", "running", 1, 50, 1, 1, good), new RunStatus.Worker("b", "running", 1, 50, 1, 1, null)));
    assertTrue(web.get("/metrics").body().contains("katydid_generator_trusted 1\n"));
    console.status = new RunStatus("running", 2, true, List.of(
        new RunStatus.Worker("a", "running", 1, 50, 1, 1, good), new RunStatus.Worker("b", "running", 1, 50, 1, 1, late)));
    web.pass(Duration.ofSeconds(10));
    assertTrue(web.get("/metrics").body().contains("katydid_generator_trusted 0\n"));
  }

  @Test
  void bucketsNeverDecrease() throws Exception {
    console.rows = List.of(FakeConsole.row("GET", "/", 100, 0));
    long before = 0;
    for (String line : web.get("/metrics").body().lines().filter(line -> line.contains("_bucket{")).toList()) {
      long count = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
      assertTrue(count >= before, line);
      before = count;
    }
    assertEquals(100, before);
  }

  @Test
  void aMasterWithoutWorkersIsAliveButNotReady() throws Exception {
    assertEquals(200, web.get("/health").statusCode());
    console.status = new RunStatus("ready", 0, true, List.of());
    HttpResponse<String> reply = web.get("/health");
    assertEquals(503, reply.statusCode());
    assertTrue(RunningWeb.JSON.readTree(reply.body()).get("live").asBoolean());
    assertFalse(RunningWeb.JSON.readTree(reply.body()).get("ready").asBoolean());
    assertEquals(503, web.get("/health/ready").statusCode());
    assertEquals(200, web.get("/health/live").statusCode());
  }

  @Test
  void aMasterThatHearsNobodyIsNotAlive() throws Exception {
    console.whyNotLive = "The thread that hears the workers has ended.";
    for (String path : List.of("/health", "/health/live", "/health/ready")) {
      HttpResponse<String> reply = web.get(path);
      assertEquals(503, reply.statusCode(), path);
      assertFalse(RunningWeb.JSON.readTree(reply.body()).get("live").asBoolean());
      assertEquals(console.whyNotLive, RunningWeb.JSON.readTree(reply.body()).get("reason").asText());
    }
  }
}
