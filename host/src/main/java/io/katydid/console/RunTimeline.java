package io.katydid.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The course of the tests of this process in bounded memory. Every run begins with one point a second. When the limit is
 * reached, earlier runs get coarser first, the oldest of very short ones go; once the present run has half of the room, it
 * is thinned itself: every other point is dropped, and from then on only every second (fourth, ...) sample is kept. Marks
 * tell where runs began and ended.
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
  private static final String RESET = "reset";
  /** An earlier run is not thinned below so many points; where all are that short, the oldest goes. */
  private static final int FEWEST_OF_A_RUN = 16;
  private static final int MAX_MARKS = 500;
  private static final int MAX_NOTE_LENGTH = 200;

  private final int limit;
  private final List<Double> percentiles;
  /** The points of runs before the present one, the oldest run first. */
  private final List<List<Point>> earlier = new ArrayList<>();
  /** The points of the present run, or of the last one. */
  private List<Point> points = new ArrayList<>();
  /** How many of them were measured before the statistics were last set to zero. */
  private int beforeReset;
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
      if (!points.isEmpty()) {
        earlier.add(points);
      }
      points = new ArrayList<>();
      beforeReset = 0;
      stride = 1;
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
    while (points.size() + sizeOfEarlier() > limit) {
      makeRoom();
    }
  }

  /** Writes a note of the user beside the charts; long ones are cut. */
  public synchronized void note(double epochSeconds, String text) {
    String cut = text.length() > MAX_NOTE_LENGTH ? text.substring(0, MAX_NOTE_LENGTH) : text;
    addMark(new Mark(epochSeconds, "note", cut));
  }

  /** Says that the statistics were set to zero. The points stay: they are what was measured. */
  public synchronized void reset(double epochSeconds) {
    addMark(new Mark(epochSeconds, RESET, ""));
    beforeReset = points.size();
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

  /** Points of all runs later than a time, oldest first. */
  public synchronized List<Point> points(double afterEpochSeconds) {
    List<Point> later = later(points, afterEpochSeconds);
    List<Point> all = new ArrayList<>();
    if (later.size() == points.size()) {
      earlier.forEach(run -> all.addAll(later(run, afterEpochSeconds)));
    }
    all.addAll(later);
    return List.copyOf(all);
  }

  private static List<Point> later(List<Point> run, double afterEpochSeconds) {
    int first = run.size();
    while (first > 0 && run.get(first - 1).time() > afterEpochSeconds) {
      first--;
    }
    return run.subList(first, run.size());
  }

  /** The points that the statistics of now are about: of the present or last run, since their last reset. */
  public synchronized List<Point> presentPoints() {
    return List.copyOf(points.subList(beforeReset, points.size()));
  }

  public synchronized List<Mark> marks() {
    return List.copyOf(marks);
  }

  /** The marks that belong to {@link #presentPoints}, from the start or reset that these begin with. */
  public synchronized List<Mark> presentMarks() {
    int first = marks.size() - 1;
    while (first > 0 && !marks.get(first).kind().equals(START) && !marks.get(first).kind().equals(RESET)) {
      first--;
    }
    return List.copyOf(marks.subList(Math.max(0, first), marks.size()));
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

  private int sizeOfEarlier() {
    return earlier.stream().mapToInt(List::size).sum();
  }

  private void makeRoom() {
    if (earlier.isEmpty() || points.size() > limit / 2) {
      points = thinned(points);
      beforeReset = (beforeReset + 1) / 2;
      stride *= 2;
      return;
    }
    int longest = 0;
    for (int i = 1; i < earlier.size(); i++) {
      longest = earlier.get(i).size() > earlier.get(longest).size() ? i : longest;
    }
    if (earlier.get(longest).size() > FEWEST_OF_A_RUN) {
      earlier.set(longest, thinned(earlier.get(longest)));
    } else {
      earlier.removeFirst();
    }
  }

  private static List<Point> thinned(List<Point> points) {
    List<Point> kept = new ArrayList<>(points.size() / 2 + 1);
    for (int i = 0; i < points.size(); i += 2) {
      Point point = points.get(i);
      kept.add(i + 1 < points.size() ? point.withHeatOf(points.get(i + 1)) : point);
    }
    return kept;
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
