package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.katydid.console.GeneratorHealth;
import io.katydid.console.HtmlReport;
import io.katydid.console.RunStatus;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTML report without a browser. */
final class ReportPageTest {
  private static String report(FakeConsole console, String link) throws Exception {
    StringBuilder html = new StringBuilder();
    ServiceLoader.load(HtmlReport.class).findFirst().orElseThrow().write(console, false, link, html);
    return html.toString();
  }

  private static JsonNode args(String html) throws Exception {
    int start = html.indexOf("window.templateArgs = ") + "window.templateArgs = ".length();
    return RunningWeb.JSON.readTree(html.substring(start, html.indexOf(";window.theme", start)));
  }

  private static void run(FakeConsole console, double from, double to) {
    for (double second = from; second < to; second++) {
      sample(console, "running", second);
    }
    sample(console, "stopped", to);
  }

  private static void sample(FakeConsole console, String state, double second) {
    console.timeline.sample(second, new RunStatus(state, 1, false, List.of()), console.total, List.of());
  }

  private static List<Double> times(JsonNode list, String field) {
    List<Double> times = new ArrayList<>();
    list.forEach(each -> times.add(each.get(field).asDouble()));
    return times;
  }

  @Test
  void chartsAreOfTheRunThatTheTablesAreOf() throws Exception {
    FakeConsole console = new FakeConsole();
    run(console, 1000, 1005);
    run(console, 2000, 2003);
    JsonNode timeline = args(report(console, null)).get("timeline");
    assertEquals(List.of(2000.0, 2001.0, 2002.0, 2003.0), times(timeline.get("points"), "t"));
    assertEquals(List.of(2000.0, 2003.0), times(timeline.get("marks"), "time"));
  }

  @Test
  void afterAResetChartsBeginWithTheReset() throws Exception {
    FakeConsole console = new FakeConsole();
    run(console, 1000, 1005);
    sample(console, "running", 2000);
    sample(console, "running", 2001);
    console.timeline.reset(2001.5);
    sample(console, "running", 2002);
    JsonNode timeline = args(report(console, null)).get("timeline");
    assertEquals(List.of(2002.0), times(timeline.get("points"), "t"));
    assertEquals(List.of(2001.5), times(timeline.get("marks"), "time"));
  }

  @Test
  void tablesHaveTheFractionsThatThePageShowsAndLocustsArgumentsHaveNot() throws Exception {
    FakeConsole console = new FakeConsole();
    console.total = FakeConsole.row("", "Aggregated", 10, 0);
    console.precision = 0.36;
    String html = report(console, null);
    assertTrue(html.contains("<td class=n>20.36</td>"), "the median of the table");
    assertEquals(20, args(html).get("response_time_statistics").get(0).get("0.5").asInt());
  }

  @Test
  void sectionsComeInLocustsOrder() throws Exception {
    String html = report(BusyTest.console(3, 1_795_456_580), null);
    int at = 0;
    for (String title : List.of("Locust Test Report", "During", "Target Host", "Script", "Load generator",
        "Request Statistics", "Response Time Statistics", "Failures Statistics", "Exceptions Statistics", "Charts",
        "Final ratio", "Ratio Per Class", "Total Ratio")) {
      int found = html.indexOf(">" + title + "<", at);
      assertTrue(found > at, title);
      at = found;
    }
    assertFalse(html.contains("Download the Report"));
  }

  @Test
  void templateArgumentsHaveLocustsKeys() throws Exception {
    JsonNode args = args(report(BusyTest.console(3, 1_795_456_580), "?download=1"));
    for (String key : List.of("is_report", "duration", "start_time", "end_time", "host", "locustfile", "profile",
        "show_download_link", "percentiles_to_chart", "history", "tasks", "requests_statistics", "failures_statistics",
        "exceptions_statistics", "response_time_statistics")) {
      assertTrue(args.has(key), key);
    }
    assertTrue(args.get("show_download_link").asBoolean());
    assertEquals(4, args.get("requests_statistics").size());
    assertEquals(
        "[0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0, method, name]",
        ApiRoutesTest.names(args.get("response_time_statistics").get(0)).toString());
  }

  @Test
  void theRatioIsThatOfTheLastUsers() throws Exception {
    assertTrue(report(BusyTest.console(1, 1), null).contains("<b>75%</b> Alpha"));
  }

  @Test
  void anUntrustedGeneratorIsSaidAtTheTop() throws Exception {
    assertTrue(report(BusyTest.console(1, 1), null).contains("These results are not to be trusted as they are."));
    FakeConsole console = new FakeConsole();
    console.health = new GeneratorHealth(30, 9, 1, 10, 60, List.of());
    assertTrue(report(console, null).contains("The load generator kept up with its work"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "717|60|it woke 717 ms late: the longest response times may be its own delay",
    "717|2|it woke 717 ms late",
    "9|0.2|Nothing was noticed of the load generator in 0 s; there is no verdict before 10 s",
    "NaN|NaN|Nothing is known of the load generator"
  })
  void aVerdictIsGoodOnlyWithReason(double late, double seconds, String text) throws Exception {
    FakeConsole console = new FakeConsole();
    console.health = new GeneratorHealth(30, late, 1, 10, seconds, List.of());
    String html = report(console, null);
    assertTrue(html.contains(text), html.substring(html.indexOf("Load generator")));
    assertFalse(html.contains("nothing speaks against"));
  }

  @Test
  void aWorkerThatWasLateOnceIsPartOfTheVerdict() throws Exception {
    FakeConsole console = new FakeConsole();
    console.health = new GeneratorHealth(30, 9, 1, 10, 60, List.of());
    console.status = new RunStatus("running", 1, true, List.of(new RunStatus.Worker(
        "w1", "running", 1, 10, 1, 1, new GeneratorHealth(30, 300, 1, 10, List.of()))));
    assertTrue(report(console, null).contains("it woke 300 ms late"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "0|0 seconds", "1|1 second", "7|7 seconds", "60|1 minute", "3723|1 hour, 2 minutes and 3 seconds",
    "90000|1 day and 1 hour"
  })
  void durationsAreWords(long seconds, String words) {
    assertEquals(words, ReportPage.duration(seconds));
  }

  @Test
  void theDownloadIsAnAttachmentWithoutTheLink() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(3, 1_795_456_580))) {
      HttpResponse<String> shown = web.get("/stats/report?theme=dark");
      assertTrue(shown.body().contains("href=\"?download=1&amp;theme=dark\""));
      assertTrue(shown.body().contains("<html lang=en data-theme=dark>"));
      HttpResponse<String> kept = web.get("/stats/report?download=1");
      String disposition = kept.headers().firstValue("content-disposition").orElseThrow();
      String expected = "attachment;filename=Locust_[0-9h-]+_locustfile\\.py_http___127\\.0\\.0\\.1_8000\\.html";
      assertTrue(disposition.matches(expected), disposition);
      assertFalse(kept.body().contains("Download the Report"));
    }
  }
}
