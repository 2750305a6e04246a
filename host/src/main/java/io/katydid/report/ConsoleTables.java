package io.katydid.report;

import io.katydid.log.Visible;
import io.katydid.stats.EntrySnapshot;
import io.katydid.stats.PythonRepr;
import io.katydid.stats.ReportedPercentiles;
import io.katydid.stats.RequestStats;
import io.katydid.stats.StatsEntry;
import io.katydid.stats.StatsError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The tables on the console, line by line as Locust prints them (spec cli section 3). Every line is one log record of
 * `locust.stats_logger`; each table ends with an empty one. Names and errors come from elsewhere and stay on their line
 * ({@link Visible}). May be called from any thread.
 */
public final class ConsoleTables {
  private static final int TYPE_WIDTH = 8;
  private static final int WIDEST_NAME = 80;
  private static final int OTHER_COLUMNS = 80;
  private static final int ERROR_COUNT_WIDTH = 18;
  private static final int ERROR_WIDTH = 100;

  private final IntSupplier nameWidth;
  private final List<Double> percentiles;

  /**
   * @param nameWidth asked for every table, because terminals are resized; see {@link #nameWidth(int)}
   * @param percentiles shares of the percentile table, at least one
   */
  public ConsoleTables(IntSupplier nameWidth, List<Double> percentiles) {
    this.nameWidth = nameWidth;
    this.percentiles = List.copyOf(percentiles);
  }

  /** The width for names in a terminal of so many columns; 0 or less means there is no terminal. */
  public static int nameWidth(int terminalColumns) {
    if (terminalColumns <= 0) {
      return WIDEST_NAME;
    }
    return Math.clamp(terminalColumns - OTHER_COLUMNS, 0, WIDEST_NAME);
  }

  /** The main table and an empty line. {@code current}: rates of the last seconds, else those of the whole run. */
  public List<String> stats(RequestStats stats, boolean current) {
    int width = Math.max(nameWidth.getAsInt() - TYPE_WIDTH + 4, 0);
    String separator = "-".repeat(TYPE_WIDTH) + "|" + "-".repeat(width)
        + "|-------|-------------|-------|-------|-------|-------|--------|-----------";
    List<String> lines = new ArrayList<>();
    lines.add(left("Type", TYPE_WIDTH) + " " + left("Name", width) + " " + right("# reqs", 7) + " "
        + right("# fails", 12) + " |" + right("Avg", 7) + " " + right("Min", 7) + " " + right("Max", 7)
        + right("Med", 7) + " | " + right("req/s", 7) + " " + right("failures/s", 11));
    lines.add(separator);
    for (StatsEntry entry : stats.sortedEntries()) {
      lines.add(row(entry.snapshot(), width, current));
    }
    lines.add(separator);
    lines.add(row(stats.total().snapshot(), width, current));
    lines.add("");
    return lines;
  }

  private static String row(EntrySnapshot entry, int width, boolean current) {
    String type = entry.method().isEmpty() ? "" : Visible.line(entry.method()) + " ";
    String fails = entry.failures() + "(" + PythonRepr.fixed(entry.failRatio() * 100, 2) + "%)";
    double rps = current ? entry.currentRps().doubleValue() : entry.totalRps();
    double failuresPerSecond =
        current ? entry.currentFailuresPerSecond().doubleValue() : entry.totalFailuresPerSecond();
    return left(type, TYPE_WIDTH) + " " + left(Visible.line(entry.name()), width) + " " + whole(entry.requests(), 7) + " "
        + right(fails, 12) + " |" + whole(entry.averageResponseTime(), 7) + " "
        + whole(entry.minResponseTime() == null ? 0 : entry.minResponseTime().doubleValue(), 7) + " "
        + whole(entry.maxResponseTime().doubleValue(), 7)
        + whole(entry.medianResponseTime().doubleValue(), 7) + " | " + right(PythonRepr.fixed(rps, 2), 7) + " "
        + right(PythonRepr.fixed(failuresPerSecond, 2), 11);
  }

  /** The percentile table and an empty line. */
  public List<String> percentiles(RequestStats stats) {
    int width = nameWidth.getAsInt();
    String separator = "-".repeat(TYPE_WIDTH) + "|" + "-".repeat(width) + "|--------"
        + "|------".repeat(percentiles.size());
    StringBuilder header = new StringBuilder(left("Type", TYPE_WIDTH) + " " + left("Name", width));
    List<String> titles = ReportedPercentiles.titles(percentiles);
    for (int i = 0; i < titles.size(); i++) {
      header.append(' ').append(right(titles.get(i), i == 0 ? 8 : 6));
    }
    header.append(' ').append(right("# reqs", 6));
    List<String> lines = new ArrayList<>();
    lines.add("Response time percentiles (approximated)");
    lines.add(header.toString());
    lines.add(separator);
    for (StatsEntry entry : stats.sortedEntries()) {
      addPercentiles(lines, entry.snapshot(), width);
    }
    lines.add(separator);
    addPercentiles(lines, stats.total().snapshot(), width);
    lines.add("");
    return lines;
  }

  private void addPercentiles(List<String> lines, EntrySnapshot entry, int width) {
    if (!entry.hasResponseTimes()) {
      return;
    }
    StringBuilder line = new StringBuilder(
        left(Visible.line(entry.method()), TYPE_WIDTH) + " " + left(Visible.line(entry.name()), width));
    for (int i = 0; i < percentiles.size(); i++) {
      line.append(' ').append(whole(entry.percentile(percentiles.get(i)), i == 0 ? 8 : 6));
    }
    lines.add(line.append(' ').append(whole(entry.requests(), 6)).toString());
  }

  /** The failures in order of first arrival and an empty line; no lines at all if there were none. */
  public List<String> errors(RequestStats stats) {
    List<StatsError> errors = stats.errors();
    if (errors.isEmpty()) {
      return List.of();
    }
    String separator = "-".repeat(ERROR_COUNT_WIDTH) + "|"
        + "-".repeat(OTHER_COLUMNS + nameWidth.getAsInt() - ERROR_COUNT_WIDTH - 1);
    List<String> lines = new ArrayList<>();
    lines.add("Error report");
    lines.add(left("# occurrences", ERROR_COUNT_WIDTH) + " " + left("Error", ERROR_WIDTH));
    lines.add(separator);
    for (StatsError error : errors) {
      lines.add(left(Long.toString(error.occurrences()), ERROR_COUNT_WIDTH) + " "
          + left(Visible.line(error.displayText()), ERROR_WIDTH));
    }
    lines.add(separator);
    lines.add("");
    return lines;
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String whole(double number, int width) {
    return right(Long.toString((long) number), width);
  }
}
