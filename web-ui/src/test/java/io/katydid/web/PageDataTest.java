package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.katydid.console.RunStatus;
import io.katydid.stats.ReportedPercentiles;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
