package io.katydid.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T16:53:46.231Z"));
  private static final LineFormat FORMAT = new LineFormat("locust-host.example.org", ZoneId.of("Europe/Stockholm"));

  @TempDir Path folder;
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  private Logging logging(Level level, Path file, boolean skip) throws IOException {
    return Logging.open(new Logging.Settings(level, file, skip), StreamSink.on(stderr), FORMAT, CLOCK);
  }

  private String printed() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linesLookLikeThoseOfLocust() throws IOException {
    logging(Level.INFO, null, false).log("locust.main").info("Starting Locust 2.47.0 å");
    assertEquals("[2026-11-23 17:53:46,231] locust-host/INFO/locust.main: Starting Locust 2.47.0 å\n", printed());
  }

  @Test
  void lowerLevelsAreDroppedButTablesNever() throws IOException {
    Logging logging = logging(Level.ERROR, null, false);
    Log log = logging.log("locust.runners");
    log.warning("dropped");
    assertFalse(log.shows(Level.WARNING));
    logging.table("a table line  ");
    log.critical("kept");
    assertEquals("a table line  \n[2026-11-23 17:53:46,231] locust-host/CRITICAL/locust.runners: kept\n", printed());
  }

  @Test
  void theLogFileTakesTheLinesAndLeavesTheTables() throws IOException {
    Path file = folder.resolve("new/folder/run.log");
    try (Logging logging = logging(Level.INFO, file, false)) {
      logging.log("root").info("one");
      logging.table("table");
    }
    assertEquals("table\n", printed());
    assertEquals("[2026-11-23 17:53:46,231] locust-host/INFO/root: one\n", Files.readString(file));
  }

  @Test
  void aLogFileThatCannotBeWrittenIsReportedWithItsName() {
    IOException e = assertThrows(IOException.class, () -> logging(Level.INFO, folder, false));
    assertTrue(e.getMessage().contains(folder.toString()));
  }

  @Test
  void withoutLogSetupOnlyBareWarningsAreShown() throws IOException {
    Logging logging = logging(Level.INFO, null, true);
    logging.log("root").info("no");
    logging.table("no");
    logging.log("root").warning("yes");
    assertEquals("yes\n", printed());
    assertEquals(List.of(), logging.recent());
  }

  @Test
  void theLastFiveHundredRecordsAreKept() throws IOException {
    Logging logging = logging(Level.INFO, null, false);
    for (int i = 0; i < 501; i++) {
      logging.table("line " + i);
    }
    assertEquals(500, logging.recent().size());
    assertEquals("line 1", logging.recent().getFirst());
    assertEquals("line 500", logging.recent().getLast());
  }

  @Test
  void aDeviceThatRefusesCostsLinesNotTheRun() throws IOException {
    OutputStream full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }
    };
    Logging logging = Logging.open(Logging.Settings.standard(), StreamSink.on(full), FORMAT, CLOCK);
    logging.log("root").error("lost");
    logging.table("lost");
    assertEquals(2, logging.lost());
    assertEquals(2, logging.recent().size());
  }

  @Test
  void anExceptionBringsItsTrace() throws IOException {
    logging(Level.INFO, null, false).log("root").error("broken", new IllegalStateException("why"));
    assertTrue(printed().contains("/ERROR/root: broken\njava.lang.IllegalStateException: why\n\tat "));
  }

  @Test
  void warningsOfLibrariesArriveAndTheirChatterDoesNot() throws IOException {
    try {
      LibraryLogs.routeTo(logging(Level.DEBUG, null, false));
      Logger library = Logger.getLogger("org.example.library");
      library.info("chatter");
      library.log(java.util.logging.Level.WARNING, "port {0} is busy", 80);
      library.severe("worse");
    } finally {
      LogManager.getLogManager().reset();
    }
    assertEquals("[2026-11-23 17:53:46,231] locust-host/WARNING/org.example.library: port 80 is busy\n"
        + "[2026-11-23 17:53:46,231] locust-host/ERROR/org.example.library: worse\n", printed());
  }

  @Test
  void levelsAreFoundByNameAndByPythonsNumber() {
    assertEquals(Level.WARNING, Level.named("warn"));
    assertEquals(Level.INFO, Level.ofNumber(25));
    assertEquals(Level.DEBUG, Level.ofNumber(5));
    assertThrows(IllegalArgumentException.class, () -> Level.named("LOUD"));
  }

  @Test
  void thisMachineHasAName() {
    assertFalse(HostName.local().isBlank());
  }

  @Test
  void ownWordsKeepTheirLinesAndNothingActsOnTheTerminal() throws IOException {
    Path file = folder.resolve("run.log");
    try (Logging logging = logging(Level.INFO, file, false)) {
      logging.log("root").lines(Level.ERROR, "first\nsecond\u001b]0;title\u0007");
      logging.log("root").warning("a reason\nforged");
      logging.table("name\u009b2J");
      assertEquals("[2026-11-23 17:53:46,231] locust-host/ERROR/root: first\nsecond\\x1b]0;title\\x07\n"
          + "[2026-11-23 17:53:46,231] locust-host/WARNING/root: a reason\\nforged\n",
          Files.readString(file));
      assertEquals("name\\x9b2J\n", printed());
      assertEquals(3, logging.recent().size());
      assertFalse(String.join("", logging.recent()).contains("\u001b"));
    }
  }

  @Test
  void aPeersWordsCannotMakeALineOfTheirOwn() throws IOException {
    Logging logging = logging(Level.INFO, null, false);
    logging.peerLog("locust.runners").info("w\r\n[2026-11-23 17:53:46,231] forged\u2028" + "n".repeat(20_000));
    String line = printed();
    assertTrue(line.startsWith("[2026-11-23 17:53:46,231] locust-host/INFO/locust.runners: w\\r\\n[2026"), line);
    assertEquals(line.length() - 1, line.indexOf('\n'));
    assertTrue(line.length() < 10_200);
  }

  @Test
  void peersAndStrangersCannotFillTheLog() throws IOException {
    Logging logging = logging(Level.INFO, null, false);
    for (int i = 0; i < 20_000; i++) {
      logging.peerLog("locust.runners").info("h_1 (index 0) reported as ready. 1 workers connected.");
      logging.write(Level.ERROR, "locust.web", "UI got request for GET /x");
    }
    logging.log("root").info("a locustfile may log as much as it likes");
    long lines = printed().lines().count();
    assertTrue(lines > 3_000 && lines < 6_000, lines + " lines");
    assertTrue(printed().endsWith("as much as it likes\n"));
  }
}
