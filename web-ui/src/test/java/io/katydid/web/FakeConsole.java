package io.katydid.web;

import io.katydid.console.GeneratorHealth;
import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StartOrder;
import io.katydid.console.StatsDetail;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import io.katydid.script.ScriptPages;
import io.katydid.script.UserClass;
import io.katydid.stats.ReportedPercentiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run in memory, which tests set up by its fields and ask what it was told. Fields are read by web threads. */
final class FakeConsole implements TestConsole {
  Map<String, Object> classes =
      Map.of("Alpha", Map.of("ratio", 0.25, "tasks", Map.of("ok", Map.of("ratio", 1.0))));
  volatile TestSetup setup = setup(false, null, List.of());
  volatile RunStatus status = new RunStatus("ready", 0, false, List.of());
  volatile ReportedPercentiles percentiles = ReportedPercentiles.DEFAULT;
  volatile GeneratorHealth health = GeneratorHealth.UNKNOWN;
  volatile String whyNotLive;
  volatile ScriptPages pages = ScriptPages.NONE;
  volatile List<StatsSnapshot.Failure> failures = List.of();
  volatile List<ScriptError> exceptions = List.of();
  volatile List<StatsSnapshot.Row> rows = List.of();
  volatile StatsSnapshot.Row total = row("", "Aggregated", 0, 0);
  volatile double startTime = 1795456580.5;
  /** What every download holds, or null for a header that names its kind. */
  volatile String csv;
  volatile OptionalDouble secondsLeft = OptionalDouble.empty();
  volatile String shape;
  /** Why no download can be made, or null. */
  volatile String tooLarge;
  /** What precise percentiles have beyond whole milliseconds. */
  volatile double precision;
  volatile LogLines logs = new LogLines(List.of(), Map.of());
  final Map<String, Object> options = java.util.Collections.synchronizedMap(new LinkedHashMap<>());
  final List<StartOrder> starts = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<String> logged = new CopyOnWriteArrayList<>();
  final RunTimeline timeline;

  FakeConsole() {
    this(RunTimeline.USUAL_PERCENTILES);
  }

  /** @param chartPercentiles what the timeline's points carry */
  FakeConsole(List<Double> chartPercentiles) {
    timeline = new RunTimeline(600, chartPercentiles);
    for (String name : List.of("num_users", "spawn_rate", "run_time", "profile", "host", "user_classes")) {
      options.put(name, null);
    }
  }

  static TestSetup setup(boolean picker, String shape, List<TestSetup.ExtraOption> extra) {
    return new TestSetup(
        "locustfile.py",
        "http://127.0.0.1:8000",
        List.of(
            new UserClass("Alpha", 1, 0, null, List.of(new UserClass.TaskShare("ok", 1, List.of()))),
            new UserClass("Beta", 2, 0, null, List.of(new UserClass.TaskShare("fail", 1, List.of())))),
        Map.of("Alpha", List.of("ok"), "Beta", List.of("fail", "fail")),
        List.of("StepShape"),
        shape,
        false,
        picker,
        false,
        false,
        extra);
  }

  static StatsSnapshot.Row row(String method, String name, long requests, long failures) {
    double mean = requests == 0 ? 0.0 : 8.25;
    return new StatsSnapshot.Row(
        method, name, requests, failures, mean, requests == 0 ? (Number) 0L : (Number) 6.97,
        requests == 0 ? (Number) 0L : (Number) 14.6, requests == 0 ? 0L : 8L, requests == 0 ? (Number) 0L
            : (Number) 11.0,
        requests == 0 ? (Number) 0L : (Number) 2.5, requests == 0 ? (Number) 0L : (Number) 0.5, requests / 10.0,
        failures / 10.0, requests == 0 ? 0 : (double) failures / requests, List.of(), List.of(), requests,
        requests * mean);
  }

  private StatsSnapshot.Row detailed(StatsSnapshot.Row row, StatsDetail detail) {
    List<Number> percentiles = new ArrayList<>();
    for (double share : detail.percentiles()) {
      long rounded = (long) (10 + 20 * share);
      percentiles.add(row.requests() == 0 ? (Number) 0L : detail.precise() ? (Number) (rounded + precision) : rounded);
    }
    List<Long> buckets = new ArrayList<>();
    for (double bound : detail.boundsMillis()) {
      buckets.add(bound < 8 ? 0 : bound < 30 ? row.requests() / 2 : row.requests());
    }
    return new StatsSnapshot.Row(
        row.method(), row.name(), row.requests(), row.failures(), row.averageMillis(), row.minMillis(), row.maxMillis(),
        row.medianMillis(), row.averageBytes(), row.currentRps(), row.currentFailuresPerSecond(), row.totalRps(),
        row.totalFailuresPerSecond(), row.failRatio(), percentiles, buckets, row.timedRequests(), row.totalMillis());
  }

  @Override
  public TestSetup setup() {
    return setup;
  }

  @Override
  public ReportedPercentiles percentiles() {
    return percentiles;
  }

  @Override
  public String whyNotLive() {
    return whyNotLive;
  }

  @Override
  public RunStatus status() {
    return status;
  }

  @Override
  public StatsSnapshot stats(StatsDetail detail) {
    calls.add("stats");
    Map<Double, Long> current = new LinkedHashMap<>();
    current.put(0.5, 8L);
    current.put(0.95, null);
    return new StatsSnapshot(
        startTime, rows.stream().limit(detail.mostRows()).map(row -> detailed(row, detail)).toList(), detailed(total, detail), failures,
            current);
  }

  @Override
  public StatsSnapshot.Row total(StatsDetail detail) {
    return detailed(total, detail);
  }

  @Override
  public StatsSnapshot.Row sum(Collection<StatsSnapshot.Row> some, StatsDetail detail) {
    long requests = some.stream().mapToLong(StatsSnapshot.Row::requests).sum();
    long failures = some.stream().mapToLong(StatsSnapshot.Row::failures).sum();
    return detailed(row("", "Aggregated", requests, failures), detail);
  }

  @Override
  public OptionalDouble secondsLeft() {
    return secondsLeft;
  }

  @Override
  public String shape() {
    return shape;
  }

  @Override
  public StatsSnapshot.Row row(String method, String name, StatsDetail detail) {
    return rows.stream().filter(row -> row.method().equals(method) && row.name().equals(name)).findFirst()
        .map(row -> detailed(row, detail)).orElse(null);
  }

  @Override
  public RunTimeline timeline() {
    return timeline;
  }

  @Override
  public List<Map<String, Object>> history(boolean now) {
    return List.of(Map.of("time", "2026-11-23T17:56:26Z", "current_rps", List.of("2026-11-23T17:56:26Z", 3.5)));
  }

  @Override
  public GeneratorHealth health() {
    return health;
  }

  @Override
  public List<ScriptError> exceptions() {
    return exceptions;
  }

  @Override
  public LogLines logs() {
    return logs;
  }

  @Override
  public Map<String, Object> tasks() {
    return Map.of("per_class", classes, "total", classes);
  }

  @Override
  public Map<String, Object> finalTasks() {
    Map<String, Object> classes = Map.of("Alpha", Map.of("ratio", 0.75, "tasks", Map.of("ok", Map.of("ratio", 1.0))));
    return Map.of("per_class", classes, "total", classes);
  }

  @Override
  public boolean hasOption(String dest) {
    return options.containsKey(dest);
  }

  @Override
  public Object option(String dest) {
    return options.get(dest);
  }

  @Override
  public void setOption(String dest, Object value) {
    options.put(dest, value);
  }

  @Override
  public void start(StartOrder order) {
    starts.add(order);
    if (order.shapeClass() != null) {
      shape = order.shapeClass().isEmpty() ? null : order.shapeClass();
    }
    status = new RunStatus("running", order.users(), status.distributed(), status.workers());
  }

  @Override
  public void stop() {
    calls.add("stop");
    status = new RunStatus("stopped", 0, status.distributed(), status.workers());
  }

  @Override
  public void resetStats() {
    calls.add("reset");
  }

  @Override
  public void editUserClass(String name, Map<String, Object> attributes) throws UnknownUserClassException {
    if (setup.userClasses().stream().noneMatch(userClass -> userClass.name().equals(name))) {
      throw new UnknownUserClassException(name);
    }
    calls.add("edit " + name + " " + attributes);
  }

  @Override
  public void writeCsv(CsvKind kind, Appendable out) throws IOException {
    if (tooLarge != null) {
      throw new TooLargeException(tooLarge);
    }
    out.append(csv == null ? "Header," + kind.name() + "\r\n" : csv);
  }

  @Override
  public ScriptPages pages() {
    return pages;
  }

  @Override
  public void log(String level, String logger, String message) {
    logged.add(level + " " + logger + " " + message);
  }
}
