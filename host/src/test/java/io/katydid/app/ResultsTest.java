package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.cli.CommandLine;
import io.katydid.console.TestConsole;
import io.katydid.log.LineFormat;
import io.katydid.log.LineSink;
import io.katydid.log.Logging;
import io.katydid.runner.LocalRunner;
import io.katydid.runner.Node;
import io.katydid.runner.RunClock;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import io.katydid.stats.StatsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files and tables a run leaves behind, and what it says when they cannot be written. */
class ResultsTest {
  @TempDir Path folder;

  private final RequestStats stats = new RequestStats(true, 0, text -> { });
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Logging logging;

  private Results results(String... words) throws IOException {
    logging = Logging.open(Logging.Settings.standard(), new NoLines(), new LineFormat("host", ZoneOffset.UTC),
        InstantSource.system());
    Node node = new Node(null, stats, new ExceptionTable(), logging, "id", new RunClock(() -> 1000, () -> 0));
    stats.logRequest("GET", "/", 5, 3, 1);
    return new Results(
        new CommandLine(List.of(words), Map.of(), null, null).parse(List.of()), logging, new LocalRunner(node, false),
        StatsSettings.DEFAULT, new PrintStream(out));
  }

  @Test
  void everyFileThatWasAskedForIsWritten() throws Exception {
    Results results = results("--csv", folder.resolve("a/csv").toString(), "--json-file", folder.resolve("b/json") + "");
    results.begin();
    assertTrue(results.writeFiles(true));
    assertTrue(Files.readString(folder.resolve("a/csv_stats.csv")).contains("\r\nGET,/,1,0,"));
    assertTrue(Files.readString(folder.resolve("b/json.json")).contains("\"num_requests\": 1"));
  }

  @Test
  void aHistoryOfDaysIsNotPutTogetherInMemory() throws Exception {
    Results results = results("--csv", folder.resolve("csv").toString(), "--csv-full-history");
    results.begin();
    StringBuilder history = new StringBuilder();
    results.writeFullHistory(history);
    assertTrue(history.toString().startsWith("Timestamp,"), history.toString());
    results.stop();
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("csv_stats_history.csv").toFile(), "rw")) {
      file.setLength(Results.MOST_HISTORY_BYTES + 1);
    }
    TestConsole.TooLargeException tooLarge =
        assertThrows(TestConsole.TooLargeException.class, () -> results.writeFullHistory(history));
    assertTrue(tooLarge.getMessage().contains("32 MB") && tooLarge.getMessage().contains("csv_stats_history.csv"));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedWithTheReason() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Results results = results("--json-file", file.resolve("json").toString());
    results.begin();
    assertFalse(results.writeFiles(true));
    String last = logging.recent().getLast();
    assertTrue(last.endsWith("/ERROR/locust.main: The JSON file " + file.resolve("json") + ".json cannot be written: "
        + file + ": There is a file of this name"), last);
  }

  @Test
  void theFirstTableComesAtOnceAndOnlyIfAskedFor() throws Exception {
    Results headless = results("--headless");
    headless.printTables();
    assertEquals(6, logging.recent().size());
    assertTrue(logging.recent().get(2).startsWith("GET      /  "), logging.recent().get(2));
    headless.stop();

    Results summary = results("--headless", "--only-summary");
    summary.printTables();
    assertEquals(List.of(), logging.recent());
    summary.stop();

    Results web = results();
    web.printTables();
    assertEquals(List.of(), logging.recent());
    web.stop();
  }

  private static final class NoLines implements LineSink {
    @Override
    public void write(String text) {}

    @Override
    public long lost() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
