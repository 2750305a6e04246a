package io.katydid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.katydid.stats.BucketRounding;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.ReportFormatException;
import io.katydid.stats.ReportedPercentiles;
import io.katydid.stats.RequestStats;
import io.katydid.stats.StatsEntry;
import io.katydid.stats.StatsVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random runs, local and distributed, that were also put through Locust 2.47.0 with the same clock: every table, file
 * and JSON must be equal to the byte. Floats, whole numbers and mixtures; names with commas, quotes and emoji.
 */
class RecordedRunsTest {
  private static final ReportedPercentiles PERCENTILES = ReportedPercentiles.DEFAULT;

  static Stream<JsonNode> runs() throws IOException {
    return StatsVectors.lines("recorded-runs.jsonl");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void every_report_is_locusts(JsonNode run) throws IOException, ReportFormatException {
    double start = run.get("start").asDouble();
    boolean distributed = run.get("distributed").asBoolean();
    RequestStats main = new RequestStats(true, start, sentence -> {});
    RequestStats[] workers = distributed
        ? new RequestStats[] {new RequestStats(false, start, s -> {}), new RequestStats(false, start, s -> {})}
        : new RequestStats[] {main};
    main.setBucketRounding(BucketRounding.LOCUST::bucketOf); // a choice, so percentiles are buckets, as Locust's are
    for (JsonNode op : run.get("ops")) {
      double now = op.get("now").asDouble();
      switch (op.get("op").asText()) {
        case "request" -> request(workers[op.get("worker").asInt()], op, now);
        case "error" -> error(workers[op.get("worker").asInt()], op, now);
        case "reset" -> main.resetAll(now);
        case "report" -> report(workers[op.get("worker").asInt()], main, op.get("report"), now);
        default -> check(main, op, now);
      }
    }
  }

  private static void request(RequestStats stats, JsonNode op, double now) {
    JsonNode time = op.get("time");
    stats.logRequest(op.get("method").asText(), op.get("name").asText(),
        time.isNull() ? RequestStats.NO_TIME : time.asDouble(), time.isIntegralNumber(),
        op.get("length").asLong(), now);
  }

  private static void error(RequestStats stats, JsonNode op, double now) {
    String shown = op.get("shown").isNull() ? null : op.get("shown").asText();
    stats.logError(op.get("method").asText(), op.get("name").asText(), op.get("text").asText(), shown, now);
  }

  private static void report(RequestStats worker, RequestStats master, JsonNode expected, double now)
      throws ReportFormatException {
    Map<String, Object> report = worker.takeReport(now);
    assertEquals(PythonJson.indented(StatsVectors.tree(expected)), PythonJson.indented(withoutHistograms(report)));
    master.mergeReport("h_1", report, now);
  }

  private static Map<String, Object> withoutHistograms(Map<String, Object> report) {
    Map<String, Object> plain = new LinkedHashMap<>(report);
    plain.put("stats", ((List<?>) report.get("stats")).stream().map(RecordedRunsTest::withoutHistogram).toList());
    plain.put("stats_total", withoutHistogram(report.get("stats_total")));
    return plain;
  }

  private static Map<?, ?> withoutHistogram(Object entry) {
    Map<?, ?> plain = new LinkedHashMap<>((Map<?, ?>) entry);
    plain.remove("hdr");
    return plain;
  }

  private static void check(RequestStats stats, JsonNode expected, double now) throws IOException {
    ConsoleTables tables = new ConsoleTables(() -> 80, PERCENTILES.inTables());
    assertLines(expected.get("table_current"), tables.stats(stats, true));
    assertLines(expected.get("table_total"), tables.stats(stats, false));
    assertLines(expected.get("percentiles"), tables.percentiles(stats));
    if (!stats.errors().isEmpty()) {
      assertEquals(texts(expected.get("errors")).stream().map(RecordedRunsTest::onOneLine).toList(),
          tables.errors(stats));
    }
    long users = expected.get("users").asLong();
    StatsCsv csv = new StatsCsv(stats, new ExceptionTable(), PERCENTILES.inTables());
    assertCsv(expected.get("requests_csv"), csv::requests);
    assertCsv(expected.get("failures_csv"), csv::failures);
    assertCsv(expected.get("history"), out -> csv.historyRows(out, false, users, now));
    assertCsv(expected.get("history_full"), out -> csv.historyRows(out, true, users, now));
    List<Object> rows = new ArrayList<>();
    for (StatsEntry entry : stats.sortedEntries()) {
      rows.add(StatsTrees.entry(entry.snapshot(), PERCENTILES.inStatistics()));
    }
    rows.add(StatsTrees.entry(stats.total().snapshot(), PERCENTILES.inStatistics()));
    assertJson(expected.get("rows"), rows);
    assertJson(expected.get("error_rows"), stats.errors().stream().map(StatsTrees::error).toList());
    stats.history().sample(stats, PERCENTILES.inCharts(), users, now);
    assertJson(expected.get("history_row"), StatsTrees.historyRow(stats.history().rows().getLast()));
    assertEquals(expected.get("json").asText(), JsonReport.of(stats));
  }

  /** The recorded lines lack the empty line that is printed after them. */
  private static void assertLines(JsonNode expected, List<String> lines) {
    List<String> withEmptyLine = texts(expected);
    withEmptyLine.add("");
    withEmptyLine.replaceAll(RecordedRunsTest::onOneLine);
    assertEquals(withEmptyLine, lines);
  }

  /** Where Locust breaks the line in the middle of a name or an error, we do not: such text could forge lines. */
  private static String onOneLine(String line) {
    int broken = line.indexOf('\n');
    if (broken < 0) {
      return line;
    }
    int padding = line.indexOf("  ", broken);
    return line.substring(0, broken) + "\\n" + line.substring(broken + 1, padding) + line.substring(padding + 1);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private interface CsvWriter {
    void write(Appendable out) throws IOException;
  }

  private static void assertCsv(JsonNode expected, CsvWriter writer) throws IOException {
    StringBuilder text = new StringBuilder();
    writer.write(text);
    assertEquals(expected.asText(), text.toString());
  }

  private static void assertJson(JsonNode expected, Object tree) throws IOException {
    Object wanted = StatsVectors.JSON.readValue(expected.asText(), Object.class);
    assertEquals(PythonJson.indented(wanted), PythonJson.indented(tree));
  }
}
