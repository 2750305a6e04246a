package io.katydid.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * The chart points of a run. The runner's timer adds one every five seconds while the run is neither ready nor stopped
 * ({@link #SAMPLE_INTERVAL_SECONDS}, {@link #samples}); web and reports read from any thread.
 *
 * <p>A run of days must not end in a page that no browser can draw: at {@link #MOST_ROWS} rows every second one is
 * dropped, so the early part gets coarser while the newest row is always there.
 */
public final class StatsHistory {
  public static final double SAMPLE_INTERVAL_SECONDS = 5.0;
  public static final int MOST_ROWS = 10_000;

  /**
   * One point in time.
   *
   * @param time UTC, `2026-11-23T17:56:22Z`
   * @param shares which percentiles
   * @param percentilesMs current percentiles in milliseconds in the order of the shares; 0 when unknown
   * @param currentRps requests per second
   * @param currentFailuresPerSecond failures per second
   * @param averageResponseTimeMs of the whole run, two decimals
   * @param users running users
   */
  public record Row(
      String time,
      List<Double> shares,
      List<Long> percentilesMs,
      Number currentRps,
      Number currentFailuresPerSecond,
      double averageResponseTimeMs,
      long users) {}

  private final List<Row> rows = new ArrayList<>();

  /** Whether a run in this state gets chart points; states are those of the wire. */
  public static boolean samples(String state) {
    return !state.equals("ready") && !state.equals("stopped");
  }

  /** Adds the point of this moment. */
  public void sample(RequestStats stats, List<Double> shares, long users, double now) {
    EntrySnapshot total = stats.total().snapshot();
    List<Long> recent = stats.total().currentPercentiles(shares, now);
    Row row = new Row(
        UtcTime.format(now),
        List.copyOf(shares),
        recent == null ? shares.stream().map(share -> 0L).toList() : List.copyOf(recent),
        total.currentRps(),
        total.currentFailuresPerSecond(),
        PythonRepr.properRound(total.averageResponseTime(), 2),
        users);
    synchronized (rows) {
      if (rows.size() >= MOST_ROWS) {
        dropEverySecond();
      }
      rows.add(row);
    }
  }

  private void dropEverySecond() {
    List<Row> kept = new ArrayList<>(MOST_ROWS / 2 + 1);
    for (int i = rows.size() - 1; i >= 0; i -= 2) {
      kept.add(rows.get(i));
    }
    rows.clear();
    rows.addAll(kept.reversed());
  }

  /** The points so far, oldest first; a copy. */
  public List<Row> rows() {
    synchronized (rows) {
      return List.copyOf(rows);
    }
  }

  public void clear() {
    synchronized (rows) {
      rows.clear();
    }
  }
}
