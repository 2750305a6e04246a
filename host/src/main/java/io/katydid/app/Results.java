package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.cli.UsageException;
import io.katydid.console.TestConsole;
import io.katydid.log.IoReason;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.report.ConsoleTables;
import io.katydid.report.CsvFiles;
import io.katydid.report.JsonReport;
import io.katydid.report.StatsCsv;
import io.katydid.report.TerminalWidth;
import io.katydid.runner.Runner;
import io.katydid.stats.StatsHistory;
import io.katydid.stats.StatsSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run leaves behind: the tables on the console, CSV and JSON files, the history behind the charts. Begun and
 * ended by the main thread; its timers have a thread of their own. A file that cannot be written is named once in the
 * log and costs no other result.
 */
final class Results {
  /** A download is put together in memory. */
  static final long MOST_HISTORY_BYTES = 32_000_000;

  private final Options options;
  private final Logging logging;
  private final Log log;
  private final Runner runner;
  private final StatsSettings settings;
  private final PrintStream out;
  private final StatsCsv csv;
  private final ConsoleTables tables;
  private final StatsTicker ticker;
  private CsvFiles csvFiles;
  private boolean incomplete;

  Results(Options options, Logging logging, Runner runner, StatsSettings settings, PrintStream out) {
    this.options = options;
    this.logging = logging;
    this.log = logging.log("locust.main");
    this.runner = runner;
    this.settings = settings;
    this.out = out;
    TerminalWidth terminal = new TerminalWidth(System.getProperty("os.name"));
    List<Double> percentiles = settings.percentiles().inTables();
    this.csv = new StatsCsv(runner.stats(), runner.exceptions(), percentiles);
    this.tables = new ConsoleTables(() -> ConsoleTables.nameWidth(terminal.getAsInt()), percentiles);
    this.ticker = new StatsTicker(failure -> log.error("A statistics timer failed", failure));
  }

  /** The CSV tables, for the web downloads. */
  StatsCsv csv() {
    return csv;
  }

  /** Opens the files and starts their timers. */
  void begin() {
    ticker.every(settings.historySeconds(), this::sampleHistory);
    if (options.csvPrefix() != null) {
      try {
        csvFiles = CsvFiles.open(csv, options.csvPrefix(), options.flag("stats_history_enabled"));
      } catch (IOException e) {
        throw UsageException.plain(
            "The CSV files " + options.csvPrefix() + "_*.csv cannot be written: " + IoReason.of(e), ExitCode.FAILED);
      }
      ticker.every(settings.csvSeconds(), this::writeCsv);
    }
  }

  /** Prints the table now and every few seconds, if the options ask for it. */
  void printTables() {
    if ((options.headless() || options.flag("print_stats")) && !options.flag("only_summary")) {
      print(tables.stats(runner.stats(), true));
      ticker.every(settings.consoleSeconds(), () -> print(tables.stats(runner.stats(), true)));
    }
  }

  /** Another task of the ticker. */
  void everySecond(Runnable task) {
    ticker.every(1, task);
  }

  /** What the history file of `--csv-full-history` holds so far. It grows for as long as the test runs. */
  void writeFullHistory(Appendable to) throws IOException {
    Path file = Path.of(options.csvPrefix() + "_stats_history.csv");
    long size = Files.size(file);
    if (size > MOST_HISTORY_BYTES) {
      throw new TestConsole.TooLargeException("The history has grown to " + size / 1_000_000
          + " MB, which is too much for a download. Copy the file " + file.getFileName()
          + " from where the test runs, or start it without --csv-full-history.");
    }
    to.append(Files.readString(file));
  }

  private void sampleHistory() {
    if (StatsHistory.samples(runner.state())) {
      List<Double> percentiles = settings.percentiles().inCharts();
      runner.stats().history().sample(runner.stats(), percentiles, runner.userCount(), runner.now());
    }
  }

  private void writeCsv() {
    try {
      csvFiles.write(runner.userCount(), runner.now());
    } catch (IOException e) {
      reportCsvFailure(e);
    }
  }

  private void reportCsvFailure(IOException e) {
    if (!incomplete) {
      incomplete = true;
      log.error("The CSV files can no longer be written: " + IoReason.of(e));
    }
  }

  /** Stops the timers; nothing is written any more. */
  void stop() {
    ticker.close();
  }

  /**
   * Stops the timers and writes the files' final state.
   *
   * @param json whether there was a test to write the JSON file about
   * @return false if a file of this run is missing or incomplete
   */
  boolean writeFiles(boolean json) {
    stop();
    if (csvFiles != null) {
      try {
        csvFiles.close(runner.userCount(), runner.now());
      } catch (IOException e) {
        reportCsvFailure(e);
      }
    }
    if (json && options.text("json_file") != null) {
      try {
        JsonReport.write(runner.stats(), Path.of(options.text("json_file")));
      } catch (IOException e) {
        incomplete = true;
        log.error("The JSON file " + options.text("json_file") + ".json cannot be written: " + IoReason.of(e));
      }
    }
    return !incomplete;
  }

  /** Prints the final tables and the JSON. */
  void print() {
    if (options.flag("json")) {
      out.println(JsonReport.of(runner.stats()));
    }
    print(tables.stats(runner.stats(), false));
    print(tables.percentiles(runner.stats()));
    if (!runner.stats().errors().isEmpty()) {
      print(tables.errors(runner.stats()));
    }
  }

  private void print(List<String> lines) {
    lines.forEach(logging::table);
  }
}
