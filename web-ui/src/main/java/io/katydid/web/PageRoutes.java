package io.katydid.web;

import io.katydid.console.GeneratorHealth;
import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StatsDetail;
import io.katydid.console.StatsSnapshot.Row;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What our own page asks for, below `/api`: the live line, the timeline, a window of the sorted and filtered rows.
 * Called by web threads and the live timer; readings are shared.
 */
final class PageRoutes {
  private static final int MAX_WINDOW = 500;
  private static final int MAX_FAILURES = 2000;
  private static final int MAX_KEPT_ANSWERS = 100;
  private static final int MAX_LIVE_WORKERS = 200;
  private static final double ROWS_CACHE_SECONDS = 1;
  private static final double LIVE_CACHE_SECONDS = 0.5;

  /** Of more workers than a page shows, those that somebody has to look after are not left out. */
  private static final Comparator<RunStatus.Worker> WORST_FIRST = Comparator.comparingInt(worker ->
      worker.state().equals("missing") ? 0 : worker.health() != null && !worker.health().trusted() ? 1 : 2);

  private final TestConsole console;
  private final Clock clock;
  private final PercentileColumns percentiles;
  private final StatsDetail rowDetail;
  /** All rows with their percentiles: what sorting by one of these needs, and a run that is kept. */
  private final Remembered<Reading> rows;
  /** All rows without: what any other order needs. */
  private final Remembered<Reading> counts;
  private final Remembered<String> live;
  private final double begun;

  /**
   * What was read for all pages, and what has been made of it.
   *
   * @param detailed rows that were read without percentiles, and the same with them once somebody has looked at them
   * @param answers by the query that asked for them: most pages show the same
   */
  private record Reading(StatsSnapshot stats, Map<Row, Row> detailed, Map<String, WebReply> answers) {
    private static Reading of(StatsSnapshot stats) {
      return new Reading(
          stats, Collections.synchronizedMap(new IdentityHashMap<>()), new ConcurrentHashMap<>());
    }
  }

  PageRoutes(TestConsole console, Clock clock, LongSupplier nanoClock) {
    this.console = console;
    this.clock = clock;
    this.percentiles = PercentileColumns.of(console.percentiles());
    this.rowDetail = new StatsDetail(percentiles.shares(), List.of(), true);
    this.rows = new Remembered<>(nanoClock, ROWS_CACHE_SECONDS, () -> Reading.of(console.stats(rowDetail)));
    this.counts =
        new Remembered<>(nanoClock, ROWS_CACHE_SECONDS, () -> Reading.of(console.stats(StatsDetail.COUNTS)));
    this.live = new Remembered<>(nanoClock, LIVE_CACHE_SECONDS, this::readLive);
    this.begun = clock.millis() / 1000.0;
  }

  void addTo(Routes routes) {
    routes.getReady("/api/live", request -> WebReply.text(200, "application/json", live.get()));
    routes.getReady("/api/timeline", this::timeline);
    routes.getReady("/api/rows", this::rows);
    routes.getReady("/api/row", this::oneRow);
    routes.getReady("/api/failures", this::failures);
  }

  /** After start, stop and reset. */
  void forget() {
    rows.forget();
    counts.forget();
    live.forget();
  }

  /** Whole runs, with the rows as this page has them. */
  RunRoutes runs() {
    return new RunRoutes(console, () -> rows.get().stats(), this::row);
  }

  /** The message of the live feed. */
  String liveLine() {
    return live.get();
  }

  private String readLive() {
    RunStatus status = console.status();
    Row total = console.total(rowDetail);
    double now = clock.millis() / 1000.0;
    List<RunTimeline.Point> recent = console.timeline().points(now - 5);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("time", now);
    tree.put("begun", begun);
    tree.put("state", status.state());
    tree.put("user_count", status.userCount());
    tree.put("num_users", console.option("num_users"));
    tree.put("spawn_rate", console.option("spawn_rate"));
    OptionalDouble left = console.secondsLeft();
    tree.put("ends_at", left.isPresent() ? now + left.getAsDouble() : null);
    tree.put("shape", console.shape());
    tree.put("distributed", status.distributed());
    tree.put("worker_count", status.workerCount());
    tree.put("workers", status.workers().stream().sorted(WORST_FIRST).limit(MAX_LIVE_WORKERS)
        .map(PageRoutes::worker).toList());
    tree.put("workers_total", status.workers().size());
    tree.put("total", row(total));
    GeneratorHealth health = console.health();
    tree.put("health", health(health));
    tree.put("verdict", status.state().equals("ready") ? null : verdict(health, status));
    tree.put("points", recent.stream().map(PageRoutes::point).toList());
    tree.put("marks", console.timeline().marks().size());
    tree.put("exceptions", console.exceptions().stream().mapToLong(TestConsole.ScriptError::count).sum());
    return Json.compact(tree);
  }

  private WebReply timeline(WebRequest request) {
    double since;
    try {
      since = Double.parseDouble(request.query().first("since", "0"));
    } catch (NumberFormatException e) {
      since = 0;
    }
    return compact(timelineTree(console.timeline(), since));
  }

  static Map<String, Object> timelineTree(RunTimeline timeline, double since) {
    return timelineTree(timeline, timeline.points(since), timeline.marks());
  }

  /** What belongs to the statistics of now: no earlier run. */
  static Map<String, Object> presentTree(RunTimeline timeline) {
    return timelineTree(timeline, timeline.presentPoints(), timeline.presentMarks());
  }

  private static Map<String, Object> timelineTree(
      RunTimeline timeline, List<RunTimeline.Point> points, List<RunTimeline.Mark> markList) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("percentiles", timeline.percentiles());
    tree.put("heat_bounds", RunTimeline.HEAT_BOUNDS_MILLIS);
    tree.put("points", points.stream().map(PageRoutes::point).toList());
    List<Map<String, Object>> marks = new ArrayList<>();
    for (RunTimeline.Mark mark : markList) {
      marks.add(Map.of("time", mark.time(), "kind", mark.kind(), "text", mark.text()));
    }
    tree.put("marks", marks);
    return tree;
  }

  private WebReply rows(WebRequest request) {
    boolean byTimes = percentiles.indexOf(request.query().first("sort", "name")) >= 0;
    Reading reading = byTimes ? rows.get() : counts.get();
    WebReply known = reading.answers().get(request.rawQuery());
    if (known != null) {
      return known;
    }
    WebReply answer = window(request, reading, byTimes);
    if (reading.answers().size() < MAX_KEPT_ANSWERS) {
      reading.answers().put(request.rawQuery(), answer);
    }
    return answer;
  }

  private WebReply window(WebRequest request, Reading reading, boolean byTimes) {
    StatsSnapshot stats = reading.stats();
    String wanted = request.query().first("q", "").toLowerCase(Locale.ROOT);
    List<Row> matching = new ArrayList<>();
    for (Row row : stats.rows()) {
      if (wanted.isEmpty() || row.name().toLowerCase(Locale.ROOT).contains(wanted)
          || row.method().toLowerCase(Locale.ROOT).contains(wanted)) {
        matching.add(row);
      }
    }
    boolean active = console.status().active();
    Comparator<Row> order = order(request.query().first("sort", "name"), active);
    matching.sort(request.query().first("desc", "0").equals("1") ? order.reversed() : order);
    int offset = request.query().number("offset", 0, 0, matching.size());
    int limit = request.query().number("limit", 100, 1, MAX_WINDOW);
    List<Row> window = matching.subList(offset, Math.min(matching.size(), offset + limit));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("all", stats.rows().size());
    tree.put("matching", matching.size());
    tree.put("offset", offset);
    // Only those that are shown are read with their percentiles; null if it has gone with a reset meanwhile.
    tree.put("rows", window.stream()
        .map(row -> byTimes ? row : reading.detailed().computeIfAbsent(
            row, each -> console.row(each.method(), each.name(), rowDetail)))
        .filter(Objects::nonNull).map(row -> rowOfTable(row, active)).toList());
    Row sum = wanted.isEmpty() ? byTimes ? stats.total() : console.total(rowDetail) : console.sum(matching, rowDetail);
    tree.put("total", rowOfTable(sum, active));
    return compact(tree);
  }

  /** One row with its histogram: requests per band. */
  private WebReply oneRow(WebRequest request) {
    String method = request.query().first("method", "");
    String name = request.query().first("name", "");
    Row row = console.row(
        method, name, new StatsDetail(percentiles.shares(), RunTimeline.HEAT_BOUNDS_MILLIS, true));
    if (row == null) {
      return WebReply.page(404, "Not Found", "There are no requests of that name.");
    }
    List<Long> each = new ArrayList<>();
    long below = 0;
    for (long upTo : row.bucketCounts()) {
      each.add(upTo - below);
      below = upTo;
    }
    each.add(row.timedRequests() - below);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("row", row(row));
    tree.put("bounds", RunTimeline.HEAT_BOUNDS_MILLIS);
    tree.put("counts", each);
    return compact(tree);
  }

  private Comparator<Row> order(String column, boolean active) {
    Comparator<Row> byName = Comparator.comparing(Row::name).thenComparing(Row::method);
    Comparator<Row> order = switch (column) {
      case "method" -> Comparator.comparing(Row::method);
      case "requests" -> Comparator.comparingLong(Row::requests);
      case "failures" -> Comparator.comparingLong(Row::failures);
      case "fail_ratio" -> Comparator.comparingDouble(Row::failRatio);
      case "avg" -> Comparator.comparingDouble(Row::averageMillis);
      case "min" -> Comparator.comparingDouble(row -> row.minMillis().doubleValue());
      case "max" -> Comparator.comparingDouble(row -> row.maxMillis().doubleValue());
      case "bytes" -> Comparator.comparingDouble(row -> row.averageBytes().doubleValue());
      case "rps" -> Comparator.comparingDouble(row -> rate(row, active));
      case "fps" -> Comparator.comparingDouble(row -> failureRate(row, active));
      default -> {
        int index = percentiles.indexOf(column);
        yield index < 0 ? byName : Comparator.comparingDouble(row -> row.percentiles().get(index).doubleValue());
      }
    };
    return order == byName ? byName : order.thenComparing(byName);
  }

  private WebReply failures(WebRequest request) {
    List<StatsSnapshot.Failure> failures = counts.get().stats().failures();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("all", failures.size());
    tree.put("failures", failures.stream()
        .sorted(Comparator.comparingLong(StatsSnapshot.Failure::occurrences).reversed())
        .limit(MAX_FAILURES).map(StatsTree::failure).toList());
    return compact(tree);
  }

  /** Times of a row in which nothing has been measured are null: 0 ms would be very fast. */
  private Map<String, Object> row(Row row) {
    boolean timed = row.timedRequests() > 0;
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", row.method());
    tree.put("name", row.name());
    tree.put("requests", row.requests());
    tree.put("failures", row.failures());
    tree.put("fail_ratio", row.failRatio());
    tree.put("avg", timed ? row.averageMillis() : null);
    tree.put("min", timed ? row.minMillis() : null);
    tree.put("max", timed ? row.maxMillis() : null);
    tree.put("bytes", row.requests() > 0 ? row.averageBytes() : null);
    tree.put("rps", row.currentRps());
    tree.put("fps", row.currentFailuresPerSecond());
    tree.put("total_rps", row.totalRps());
    for (int i = 0; i < percentiles.columns().size(); i++) {
      tree.put(percentiles.columns().get(i).key(), timed ? row.percentiles().get(i) : null);
    }
    return tree;
  }

  /** As {@link #row}, but the rates of an ended run are those of the whole run: there is no "now" any more. */
  private Map<String, Object> rowOfTable(Row row, boolean active) {
    Map<String, Object> tree = row(row);
    tree.put("rps", rate(row, active));
    tree.put("fps", failureRate(row, active));
    return tree;
  }

  private static double rate(Row row, boolean active) {
    return active ? row.currentRps().doubleValue() : row.totalRps();
  }

  private static double failureRate(Row row, boolean active) {
    return active ? row.currentFailuresPerSecond().doubleValue() : row.totalFailuresPerSecond();
  }

  static Map<String, Object> point(RunTimeline.Point point) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("t", point.time());
    tree.put("users", point.users());
    tree.put("rps", point.rps());
    tree.put("fps", point.failuresPerSecond());
    tree.put("p", point.percentiles());
    tree.put("heat", point.heat());
    return tree;
  }

  static Map<String, Object> health(GeneratorHealth health) {
    if (health == null) {
      return null;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cpu", health.cpuPercent());
    tree.put("max_late_ms", health.maxLateMillis());
    tree.put("p99_late_ms", health.p99LateMillis());
    tree.put("gc_ms", health.gcMillis());
    tree.put("warnings", health.warnings());
    return tree;
  }

  /** Before a test there are no results that could be trusted or not. */
  private static Map<String, Object> verdict(GeneratorHealth health, RunStatus status) {
    GeneratorHealth.Verdict verdict = health.with(status.workers()).verdict();
    return Map.of("good", verdict.good(), "text", verdict.text());
  }

  /** Of a worker that is missing nothing is known: what it reported last is no news of today. */
  static Map<String, Object> worker(RunStatus.Worker worker) {
    Map<String, Object> tree = new LinkedHashMap<>(StatsTree.worker(worker));
    boolean missing = worker.state().equals("missing");
    if (missing) {
      tree.put("user_count", null);
      tree.put("cpu_usage", null);
      tree.put("memory_usage", null);
    }
    tree.put("latency_ms", missing ? null : (Double) worker.latencyMillis());
    tree.put("health", missing ? null : health(worker.health()));
    return tree;
  }

  private static WebReply compact(Object tree) {
    return WebReply.text(200, "application/json", Json.compact(tree));
  }
}
