package io.katydid.report;

import io.katydid.stats.EntrySnapshot;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.PythonRepr;
import io.katydid.stats.ReportedPercentiles;
import io.katydid.stats.RequestStats;
import io.katydid.stats.StatsEntry;
import io.katydid.stats.StatsError;
import io.katydid.stats.UtcTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The four tables as CSV, for files and for the web downloads (spec web-api section 6). Each method writes to any
 * {@link Appendable} on the caller's thread and reads the statistics as they are at that moment.
 */
public final class StatsCsv {
  private static final String NOT_AVAILABLE = "N/A";

  private final RequestStats stats;
  private final ExceptionTable exceptions;
  private final List<Double> percentiles;

  public StatsCsv(RequestStats stats, ExceptionTable exceptions, List<Double> percentiles) {
    this.stats = stats;
    this.exceptions = exceptions;
    this.percentiles = List.copyOf(percentiles);
  }

  /** The entries by name and method, the total last. */
  public void requests(Appendable out) throws IOException {
    new CsvLine()
        .addAll(List.of("Type", "Name", "Request Count", "Failure Count", "Median Response Time",
            "Average Response Time", "Min Response Time", "Max Response Time", "Average Content Size", "Requests/s",
            "Failures/s"))
        .addAll(ReportedPercentiles.titles(percentiles))
        .endOn(out);
    for (StatsEntry entry : withTotal(stats.sortedEntries())) {
      EntrySnapshot row = entry.snapshot();
      CsvLine line = new CsvLine().addForeign(row.method()).addForeign(row.name()).add(row.requests()).add(row.failures());
      times(line, row);
      line.add(row.totalRps()).add(row.totalFailuresPerSecond()).addAll(overallPercentiles(row)).endOn(out);
    }
  }

  /** The failures, by key. */
  public void failures(Appendable out) throws IOException {
    new CsvLine().addAll(List.of("Method", "Name", "Error", "Occurrences", "First Seen", "Last Seen")).endOn(out);
    for (StatsError error : stats.errorsByKey()) {
      new CsvLine()
          .addForeign(error.method())
          .addForeign(error.name())
          .addForeign(error.error())
          .add(error.occurrences())
          .add(seen(error.firstSeen()))
          .add(seen(error.lastSeen()))
          .endOn(out);
    }
  }

  private static String seen(double time) {
    return Double.isNaN(time) ? "" : UtcTime.format(time);
  }

  /** The exceptions in users' code, in the order of first arrival. */
  public void exceptions(Appendable out) throws IOException {
    new CsvLine().addAll(List.of("Count", "Message", "Traceback", "Nodes")).endOn(out);
    for (ExceptionTable.Row row : exceptions.rows()) {
      new CsvLine()
          .add(row.count())
          .addForeign(row.message())
          .addForeign(row.traceback())
          .addForeign(String.join(", ", row.nodes()))
          .endOn(out);
    }
  }

  public void historyHeader(Appendable out) throws IOException {
    new CsvLine()
        .addAll(List.of("Timestamp", "User Count", "Type", "Name", "Requests/s", "Failures/s"))
        .addAll(ReportedPercentiles.titles(percentiles))
        .addAll(List.of("Total Request Count", "Total Failure Count", "Total Median Response Time",
            "Total Average Response Time", "Total Min Response Time", "Total Max Response Time",
            "Total Average Content Size"))
        .endOn(out);
  }

  /**
   * What happens now: a row for the total, and with full history one per entry before it.
   *
   * @param full `--csv-full-history`; the percentiles are then those of the last seconds
   * @param users running users
   * @param now seconds since 1970
   */
  public void historyRows(Appendable out, boolean full, long users, double now) throws IOException {
    for (StatsEntry entry : withTotal(full ? stats.sortedEntries() : List.of())) {
      EntrySnapshot row = entry.snapshot();
      CsvLine line = new CsvLine()
          .add((long) now)
          .add(users)
          .addForeign(row.method())
          .addForeign(row.name())
          .add(PythonRepr.fixed(row.currentRps().doubleValue(), 6))
          .add(PythonRepr.fixed(row.currentFailuresPerSecond().doubleValue(), 6))
          .addAll(full && entry.keepsRecentTimes() ? recentPercentiles(entry, row, now) : overallPercentiles(row))
          .add(row.requests())
          .add(row.failures());
      times(line, row);
      line.endOn(out);
    }
  }

  private List<StatsEntry> withTotal(List<StatsEntry> entries) {
    List<StatsEntry> all = new ArrayList<>(entries);
    all.add(stats.total());
    return all;
  }

  private static void times(CsvLine line, EntrySnapshot row) {
    line.add(row.medianResponseTime())
        .add(row.averageResponseTime())
        .add(row.minResponseTime() == null || row.minResponseTime().doubleValue() == 0 ? 0L : row.minResponseTime())
        .add(row.maxResponseTime())
        .add(row.averageContentLength());
  }

  private List<String> overallPercentiles(EntrySnapshot row) {
    List<String> cells = new ArrayList<>(percentiles.size());
    for (double share : percentiles) {
      cells.add(row.requests() == 0 ? NOT_AVAILABLE : Long.toString(row.percentile(share)));
    }
    return cells;
  }

  private List<String> recentPercentiles(StatsEntry entry, EntrySnapshot row, double now) {
    List<Long> recent = entry.currentPercentiles(percentiles, now);
    List<String> cells = new ArrayList<>(percentiles.size());
    for (int i = 0; i < percentiles.size(); i++) {
      long time = recent == null ? 0 : recent.get(i);
      cells.add(row.requests() == 0 ? NOT_AVAILABLE : Long.toString(time));
    }
    return cells;
  }
}
