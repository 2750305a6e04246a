package io.katydid.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The course of a test in bounded memory: one point a second at first; when the limit is reached, every other point is
 * dropped and from then on only every second (fourth, ...) sample is kept. Marks tell where runs began and ended.
 *
 * <p>Owned by the run. {@link #sample} is called by one timer thread, everything else by any thread. It has no clock.
 */
public final class RunTimeline {
  /** Percentiles a point carries unless others are asked for. */
  public static final List<Double> USUAL_PERCENTILES = List.of(0.5, 0.75, 0.9, 0.95, 0.99);

  /** Upper bounds in milliseconds of the rows of the heat map: six per decade, 1 ms to 100 s. */
  public static final List<Double> HEAT_BOUNDS_MILLIS = heatBounds();

  private static final String START = "start";
  private static final String WARM = "warm";
  private static final int MAX_MARKS = 500;
  private static final int MAX_NOTE_LENGTH = 200;

  private final int limit;
  private final List<Double> percentiles;
  private final List<Point> points = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private int stride = 1;
  private int samplesUntilNext;
  private String lastState = "ready";
  private List<Long> lastCounts = List.of();
  private long lastTimed;

  /** @param limit most points kept, at least 2 */
  public RunTimeline(int limit) {
    this(limit, USUAL_PERCENTILES);
  }

  /**
   * @param limit most points kept, at least 2
   * @param percentiles shares that a point carries; kept in ascending order
   */
  public RunTimeline(int limit, List<Double> percentiles) {
    this.limit = Math.max(2, limit);
    this.percentiles = percentiles.stream().distinct().sorted().toList();
  }

  /** Percentiles a point carries, ascending. */
  public List<Double> percentiles() {
    return percentiles;
  }

  /**
   * Takes the reading of one second. Does nothing but remember the state while no run is active.
   *
   * @param epochSeconds now
   * @param status state and users
   * @param total the sum row with {@link #HEAT_BOUNDS_MILLIS}
   * @param current percentiles of the last seconds in the order of {@link #percentiles}; null where nothing is recent
   */
  public synchronized void sample(
      double epochSeconds, RunStatus status, StatsSnapshot.Row total, List<? extends Number> current) {
    boolean wasActive = active(lastState);
    boolean nowActive = status.active();
    if (nowActive && !wasActive) {
      addMark(new Mark(epochSeconds, START, ""));
      samplesUntilNext = 0;
      lastCounts = List.of();
      lastTimed = 0;
    } else if (!nowActive && wasActive) {
      addMark(new Mark(epochSeconds, "stop", ""));
      samplesUntilNext = 0;
    }
    lastState = status.state();
    if (!nowActive && !wasActive) {
      return;
    }
    if (samplesUntilNext > 0) {
      samplesUntilNext--;
      return;
    }
    samplesUntilNext = stride - 1;
    points.add(
        new Point(
            epochSeconds,
            status.userCount(),
            total.currentRps().doubleValue(),
            total.currentFailuresPerSecond().doubleValue(),
            total.averageMillis(),
            current == null ? List.of() : new ArrayList<>(current),
            heatColumn(total)));
    if (points.size() > limit) {
      thin();
    }
  }

  /** Writes a note of the user beside the charts; long ones are cut. */
  public synchronized void note(double epochSeconds, String text) {
    String cut = text.length() > MAX_NOTE_LENGTH ? text.substring(0, MAX_NOTE_LENGTH) : text;
    addMark(new Mark(epochSeconds, "note", cut));
  }

  /** Says that the statistics were set to zero. The points stay: they are what was measured. */
  public synchronized void reset(double epochSeconds) {
    addMark(new Mark(epochSeconds, "reset", ""));
    lastCounts = List.of();
    lastTimed = 0;
  }

  /**
   * Says since when the generator has been warm. Counts once a run, and only if it was still warming up when the run that
   * is active now began.
   */
  public synchronized void warm(double epochSeconds) {
    int start = lastStart();
    if (start < 0 || !active(lastState) || marks.get(start).time() >= epochSeconds || warmAfterSeconds().isPresent()) {
      return;
    }
    addMark(new Mark(epochSeconds, WARM, ""));
    marks.sort(Comparator.comparingDouble(Mark::time));
  }

  /** How long after the start of the last run the generator was warm; empty if it was before, or is not yet. */
  public synchronized OptionalDouble warmAfterSeconds() {
    int start = lastStart();
    for (int i = start + 1; start >= 0 && i < marks.size(); i++) {
      if (marks.get(i).kind().equals(WARM)) {
        return OptionalDouble.of(marks.get(i).time() - marks.get(start).time());
      }
    }
    return OptionalDouble.empty();
  }

  /** The index of the last mark of a start; -1 = none. */
  private int lastStart() {
    int start = marks.size() - 1;
    while (start >= 0 && !marks.get(start).kind().equals(START)) {
      start--;
    }
    return start;
  }

  /** Points later than a time, oldest first. */
  public synchronized List<Point> points(double afterEpochSeconds) {
    int first = points.size();
    while (first > 0 && points.get(first - 1).time() > afterEpochSeconds) {
      first--;
    }
    return List.copyOf(points.subList(first, points.size()));
  }

  public synchronized List<Mark> marks() {
    return List.copyOf(marks);
  }

  private void addMark(Mark mark) {
    if (marks.size() == MAX_MARKS) {
      marks.removeFirst();
    }
    marks.add(mark);
  }

  /** Requests that finished in each band since the last kept point; the last band is everything slower. */
  private List<Long> heatColumn(StatsSnapshot.Row total) {
    List<Long> counts = total.bucketCounts();
    if (counts.size() != HEAT_BOUNDS_MILLIS.size()) {
      return List.of();
    }
    boolean restarted = total.timedRequests() < lastTimed;
    for (int i = 0; i < lastCounts.size(); i++) {
      restarted |= counts.get(i) < lastCounts.get(i);
    }
    List<Long> column = new ArrayList<>(counts.size() + 1);
    long below = 0;
    for (int i = 0; i <= counts.size(); i++) {
      long upTo = i < counts.size() ? counts.get(i) : total.timedRequests();
      long before = 0;
      if (!restarted && !lastCounts.isEmpty()) {
        before = i < counts.size() ? lastCounts.get(i) : lastTimed;
      }
      long cumulative = Math.max(0, upTo - before);
      column.add(Math.max(0, cumulative - below));
      below = cumulative;
    }
    lastCounts = counts;
    lastTimed = total.timedRequests();
    return column;
  }

  private void thin() {
    List<Point> kept = new ArrayList<>(points.size() / 2 + 1);
    for (int i = 0; i < points.size(); i += 2) {
      Point point = points.get(i);
      kept.add(i + 1 < points.size() ? point.withHeatOf(points.get(i + 1)) : point);
    }
    points.clear();
    points.addAll(kept);
    stride *= 2;
  }

  private static boolean active(String state) {
    return !state.equals("ready") && !state.equals("stopped") && !state.equals("missing");
  }

  private static List<Double> heatBounds() {
    List<Double> bounds = new ArrayList<>();
    for (int i = 0; i <= 30; i++) {
      bounds.add(Math.pow(10, i / 6.0));
    }
    return List.copyOf(bounds);
  }

  /**
   * One second of the test, or the first of several.
   *
   * @param time epoch seconds
   * @param percentiles milliseconds in the order of {@link #percentiles}; empty or null elements where nothing is recent
   * @param heat requests per band of {@link #HEAT_BOUNDS_MILLIS} plus one for slower ones; empty if unknown
   */
  public record Point(
      double time,
      int users,
      double rps,
      double failuresPerSecond,
      double averageMillis,
      List<Number> percentiles,
      List<Long> heat) {

    private Point withHeatOf(Point next) {
      if (heat.isEmpty() || next.heat.size() != heat.size()) {
        return this;
      }
      List<Long> sum = new ArrayList<>(heat.size());
      for (int i = 0; i < heat.size(); i++) {
        sum.add(heat.get(i) + next.heat.get(i));
      }
      return new Point(time, users, rps, failuresPerSecond, averageMillis, percentiles, sum);
    }
  }

  /**
   * Something that happened.
   *
   * @param kind start, stop, reset, note or warm (the generator's compilers became idle)
   */
  public record Mark(double time, String kind, String text) {}
}
