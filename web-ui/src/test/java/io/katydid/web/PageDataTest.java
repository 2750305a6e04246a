package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.katydid.console.GeneratorHealth;
import io.katydid.console.RunStatus;
import io.katydid.console.StatsSnapshot;
import io.katydid.stats.ReportedPercentiles;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What our own page asks for. */
final class PageDataTest {
  private FakeConsole console;
  private RunningWeb web;

  @BeforeEach
  void start() throws Exception {
    console = BusyTest.console(5000, 1_795_456_580);
    web = new RunningWeb(console);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void rowsComeInWindowsOfWhatMatches() throws Exception {
    JsonNode window = web.getJson("/api/rows?offset=4990&limit=50");
    assertEquals(5000, window.get("all").asInt());
    assertEquals(10, window.get("rows").size());
    JsonNode filtered = web.getJson("/api/rows?q=CHECKOUT&limit=3");
    assertEquals(625, filtered.get("matching").asInt());
    assertEquals(3, filtered.get("rows").size());
    assertEquals("Aggregated", filtered.get("total").get("name").asText());
    long checkouts = console.rows.stream().filter(row -> row.name().startsWith("/checkout"))
        .mapToLong(StatsSnapshot.Row::requests).sum();
    assertEquals(checkouts, filtered.get("total").get("requests").asLong());
    assertEquals(console.total.requests(), window.get("total").get("requests").asLong());
    assertEquals(500, web.getJson("/api/rows?limit=99999&offset=-4").get("rows").size());
    assertEquals(100, web.getJson("/api/rows?limit=x&sort=nonsense").get("rows").size());
  }

  @ParameterizedTest
  @CsvSource({"requests,requests", "failures,failures", "fail_ratio,fail_ratio", "p99.9,p99.9", "avg,avg", "rps,rps",
      "p50,p50"})
  void everyColumnSorts(String sort, String field) throws Exception {
    JsonNode rows = web.getJson("/api/rows?limit=300&desc=1&sort=" + sort).get("rows");
    for (int i = 1; i < rows.size(); i++) {
      assertTrue(rows.get(i - 1).get(field).asDouble() >= rows.get(i).get(field).asDouble());
    }
  }

  @Test
  void percentilesOfTheLocustfileAreColumnsOfTheTable() throws Exception {
    FakeConsole chosen = BusyTest.console(3, 1_795_456_580);
    chosen.percentiles =
        new ReportedPercentiles(List.of(0.5), List.of(0.8, 0.9999), List.of(0.5, 0.95));
    try (RunningWeb own = new RunningWeb(chosen)) {
      JsonNode rows = own.getJson("/api/rows?sort=p99.99&desc=1").get("rows");
      assertTrue(rows.get(0).has("p80") && rows.get(0).has("p95"), rows.get(0).toString());
      assertTrue(rows.get(0).get("p99.99").asDouble() >= rows.get(2).get("p99.99").asDouble());
      String page = own.get("/").body();
      JsonNode columns =
          RunningWeb.JSON.readTree(page.substring(page.indexOf('{', page.indexOf("window.templateArgs"))))
              .get("percentile_columns");
      assertEquals("[\"p50\",\"p80\",\"p99.99\"]", columns.findValuesAsText("key").stream()
          .map(key -> '"' + key + '"').toList().toString().replace(" ", ""));
    }
  }

  @Test
  void manyReadersShareOneReading() throws Exception {
    for (int i = 0; i < 20; i++) {
      web.get("/api/rows?offset=" + i);
      web.get("/api/failures");
    }
    assertEquals(1, console.calls.stream().filter("stats"::equals).count());
    web.pass(Duration.ofMillis(1100));
    web.get("/api/rows");
    assertEquals(2, console.calls.stream().filter("stats"::equals).count());
  }

  /** More than ten times what a browser's polling asks for, from 50 of them at once. */
  @Test
  void fiftyPollersAreAllAnsweredFromFewReadings() throws Exception {
    List<String> paths = List.of("/stats/requests", "/api/rows?limit=60", "/api/live", "/exceptions", "/tasks", "/logs");
    AtomicInteger answers = new AtomicInteger();
    List<String> refused = new CopyOnWriteArrayList<>();
    try (ExecutorService pollers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int poller = 0; poller < 50; poller++) {
        pollers.submit(() -> {
          for (int i = 0; i < 60; i++) {
            HttpResponse<String> reply = web.get(paths.get(i % paths.size()));
            answers.incrementAndGet();
            if (reply.statusCode() != 200 || reply.body().isEmpty()) {
              refused.add(reply.request().uri() + ": " + reply.statusCode());
            }
          }
          return null;
        });
      }
    }
    assertEquals(List.of(), refused);
    assertEquals(3000, answers.get());
    // The clock of the caches stands still: one reading for Locust's route, one for our rows.
    assertEquals(2, console.calls.stream().filter("stats"::equals).count());
  }

  @Test
  void whoAcceptsGzipGetsTheSameStatisticsSmaller() throws Exception {
    byte[] plain = web.client.send(web.request("/stats/requests").build(), HttpResponse.BodyHandlers.ofByteArray())
        .body();
    HttpResponse<byte[]> packed = web.client.send(
        web.request("/stats/requests").header("Accept-Encoding", "deflate, gzip;q=1.0").build(),
        HttpResponse.BodyHandlers.ofByteArray());
    assertEquals("gzip", packed.headers().firstValue("content-encoding").orElseThrow());
    assertTrue(packed.headers().allValues("vary").contains("Accept-Encoding"));
    assertTrue(packed.body().length * 5 < plain.length, packed.body().length + " of " + plain.length);
    assertArrayEquals(plain, new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
    HttpResponse<byte[]> refused = web.client.send(
        web.request("/stats/requests").header("Accept-Encoding", "gzip;q=0").build(),
        HttpResponse.BodyHandlers.ofByteArray());
    assertArrayEquals(plain, refused.body());
  }

  @Test
  void aBrowsersCopyOfAnAssetIsConfirmedWithoutABody() throws Exception {
    HttpResponse<String> first = web.get("/assets/app.js");
    String tag = first.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again = web.send(web.request("/assets/app.js").header("If-None-Match", tag));
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(200, web.send(web.request("/assets/app.css").header("If-None-Match", tag)).statusCode());
  }

  @Test
  void workersThatSomebodyHasToLookAfterComeFirst() throws Exception {
    List<RunStatus.Worker> workers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      workers.add(new RunStatus.Worker("w" + i, i == 290 ? "missing" : "running", 1, 1, 1, 1, null));
    }
    console.status = new RunStatus("running", 300, true, workers);
    web.pass(Duration.ofSeconds(1));
    JsonNode live = web.getJson("/api/live");
    assertEquals(300, live.get("workers_total").asInt());
    assertEquals("w290", live.get("workers").get(0).get("id").asText());
    assertEquals(3, live.get("exceptions").asInt());
  }

  @Test
  void theLastRunsAreKeptWhenTheNextOneBegins() throws Exception {
    for (int run = 0; run < 7; run++) {
      console.status = new RunStatus("stopped", 0, true, List.of());
      console.options.put("num_users", 10L + run);
      web.pass(Duration.ofSeconds(2));
      web.swarm("user_count=" + (11 + run) + "&spawn_rate=1");
      console.startTime += 60;
      web.pass(Duration.ofSeconds(2));
    }
    JsonNode runs = web.getJson("/api/runs").get("runs");
    assertEquals(5, runs.size());
    assertEquals(16, runs.get(0).get("users").asInt());
    JsonNode kept = web.getJson("/api/run?start_time=" + runs.get(0).get("start_time").asText());
    assertEquals(1, kept.get("katydid_run").asInt());
    assertEquals(5000, kept.get("rows").size());
    assertEquals(404, web.get("/api/run?start_time=1.0").statusCode());
    web.post("/stats/reset", "");
    assertEquals(5, web.getJson("/api/runs").get("runs").size(), "a running test is no earlier run");
  }

  @Test
  void oneRowShowsItsHistogram() throws Exception {
    JsonNode first = web.getJson("/api/rows?limit=1").get("rows").get(0);
    JsonNode row = web.getJson("/api/row?method=" + first.get("method").asText() + "&name="
        + first.get("name").asText());
    long sum = 0;
    for (JsonNode count : row.get("counts")) {
      assertTrue(count.asLong() >= 0);
      sum += count.asLong();
    }
    assertEquals(first.get("requests").asLong(), sum);
    assertEquals(row.get("bounds").size() + 1, row.get("counts").size());
    assertEquals(404, web.get("/api/row?method=GET&name=nothing").statusCode());
  }

  @Test
  void whatHasNotBeenMeasuredIsNotZeroMilliseconds() throws Exception {
    console.rows = List.of(FakeConsole.row("GET", "/reset", 0, 0));
    console.total = FakeConsole.row("", "Aggregated", 0, 0);
    JsonNode read = web.getJson("/api/rows");
    for (JsonNode row : List.of(read.get("rows").get(0), read.get("total"), web.getJson("/api/live").get("total"))) {
      for (String time : List.of("avg", "min", "max", "p50", "p95")) {
        assertTrue(row.get(time).isNull(), time + " of " + row);
      }
      assertEquals(0, row.get("requests").asInt());
    }
  }

  @Test
  void theRatesOfAnEndedRunAreThoseOfTheWholeRun() throws Exception {
    console.status = new RunStatus("running", 1, false, List.of());
    web.pass(Duration.ofSeconds(2));
    JsonNode running = web.getJson("/api/rows?limit=1&q=checkout").get("rows").get(0);
    assertEquals(2.5, running.get("rps").asDouble(), "now");
    console.status = new RunStatus("stopped", 0, false, List.of());
    web.pass(Duration.ofSeconds(2));
    JsonNode stopped = web.getJson("/api/rows?limit=1&q=checkout").get("rows").get(0);
    assertEquals(stopped.get("total_rps").asDouble(), stopped.get("rps").asDouble());
    assertEquals(stopped.get("failures").asLong() / 10.0, stopped.get("fps").asDouble());
    JsonNode sorted = web.getJson("/api/rows?limit=300&desc=1&sort=fps").get("rows");
    for (int i = 1; i < sorted.size(); i++) {
      assertTrue(sorted.get(i - 1).get("fps").asDouble() >= sorted.get(i).get("fps").asDouble());
    }
  }

  @ParameterizedTest
  @CsvSource({"ready,5,60,none", "running,5,0.2,bad", "running,5,60,good", "running,717,60,bad", "stopped,5,60,good"})
  void aGoodVerdictNeedsTimeAndNoLateness(String state, double late, double seconds, String expected) throws Exception {
    console.status = new RunStatus(state, 1, false, List.of());
    console.health = new GeneratorHealth(40, late, 1, 5, seconds, List.of());
    web.pass(Duration.ofSeconds(1));
    JsonNode verdict = web.getJson("/api/live").get("verdict");
    assertEquals(expected, verdict.isNull() ? "none" : verdict.get("good").asBoolean() ? "good" : "bad");
  }

  @Test
  void ofAWorkerThatIsMissingNothingIsKnown() throws Exception {
    GeneratorHealth good = new GeneratorHealth(40, 3, 1, 5, List.of("Its timers were late. Add a worker."));
    console.status = new RunStatus("running", 1, true, List.of(
        new RunStatus.Worker("gone", "missing", 7, 40, 1_000, 0.5, good),
        new RunStatus.Worker("here", "running", 1, 40, 1_000, 0.5, good)));
    web.pass(Duration.ofSeconds(1));
    JsonNode workers = web.getJson("/api/live").get("workers");
    for (String unknown : List.of("user_count", "cpu_usage", "memory_usage", "latency_ms", "health")) {
      assertTrue(workers.get(0).get(unknown).isNull(), unknown + " of " + workers.get(0));
      assertFalse(workers.get(1).get(unknown).isNull(), unknown + " of " + workers.get(1));
    }
  }

  @Test
  void theLiveLineTellsTheLimitAndTheShape() throws Exception {
    JsonNode without = web.getJson("/api/live");
    assertTrue(without.get("ends_at").isNull() && without.get("shape").isNull(), without.toString());
    console.secondsLeft = OptionalDouble.of(90);
    console.shape = "StepShape";
    web.pass(Duration.ofSeconds(1));
    JsonNode live = web.getJson("/api/live");
    assertEquals(live.get("time").asDouble() + 90, live.get("ends_at").asDouble(), 0.001);
    assertEquals("StepShape", live.get("shape").asText());
  }

  @Test
  void notesJoinTheTimeline() throws Exception {
    assertEquals(200, web.post("/api/notes", "text=cache+off").statusCode());
    assertEquals(400, web.post("/api/notes", "text=+").statusCode());
    JsonNode marks = web.getJson("/api/timeline").get("marks");
    assertEquals("cache off", marks.get(marks.size() - 1).get("text").asText());
  }

  @Test
  void aSavedRunHoldsWhatAComparisonNeeds() throws Exception {
    HttpResponse<String> saved = web.get("/api/run?download=1");
    assertTrue(saved.headers().firstValue("content-disposition").orElseThrow().endsWith("_run.json"));
    JsonNode run = RunningWeb.JSON.readTree(saved.body());
    assertEquals(1, run.get("katydid_run").asInt());
    assertEquals(5000, run.get("rows").size());
    assertTrue(run.get("total").has("p95"));
    assertTrue(run.get("timeline").get("points").size() > 100);
  }

  @Test
  void eventsFlowToManyPagesFromOneReading() throws Exception {
    List<Socket> pages = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket page = new Socket("127.0.0.1", web.port());
        page.setSoTimeout(20_000);
        page.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        pages.add(page);
      }
      List<BufferedReader> readers = new ArrayList<>();
      for (Socket page : pages) {
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("running", nextState(reader));
        readers.add(reader);
      }
      console.status = new RunStatus("stopped", 0, true, List.of());
      web.pass(Duration.ofSeconds(1));
      for (BufferedReader reader : readers) {
        String state = nextState(reader);
        while (state.equals("running")) {
          state = nextState(reader);
        }
        assertEquals("stopped", state);
      }
    } finally {
      for (Socket page : pages) {
        page.close();
      }
    }
    assertEquals(200, web.get("/api/live").statusCode());
  }

  private static String nextState(BufferedReader reader) throws Exception {
    String line = reader.readLine();
    while (!line.startsWith("data: ")) {
      line = reader.readLine();
    }
    return RunningWeb.JSON.readTree(line.substring(6)).get("state").asText();
  }
}
