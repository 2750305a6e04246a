package io.katydid.app;

import io.katydid.cli.CustomOption;
import io.katydid.cluster.GeneratorReport;
import io.katydid.cluster.WorkerNode;
import io.katydid.console.GeneratorHealth;
import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StartOrder;
import io.katydid.console.StatsDetail;
import io.katydid.console.StatsReader;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import io.katydid.health.HealthMonitor;
import io.katydid.log.Level;
import io.katydid.log.Logging;
import io.katydid.log.Visible;
import io.katydid.report.StatsCsv;
import io.katydid.report.StatsTrees;
import io.katydid.report.TaskRatioReport;
import io.katydid.runner.Runner;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptPages;
import io.katydid.script.UserClass;
import io.katydid.stats.RecentFineTimes;
import io.katydid.stats.ReportedPercentiles;
import io.katydid.stats.StatsHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the web UI sees and orders, on top of the runner, the script and the options. Called by web threads; whatever
 * changes the run is posted to the run thread by the runner.
 */
final class RunConsole implements TestConsole {
  private static final int TIMELINE_POINTS = 2000;
  private static final String NO_SHAPE = "";
  private static final String BUSY_CORE =
      "It used more than 90% of its one core: response times contain its own delays. Add workers.";

  private final Script script;
  private final Runner runner;
  private final LiveOptions options;
  private final Logging logging;
  private final HealthMonitor health;
  private final ReportedPercentiles percentiles;
  private final StatsCsv csv;
  private final FullHistory fullHistory;
  private final RunLimit runLimit;
  private final ClusterView cluster;
  /** Tasks of classes that were edited here, as they were before: what was taken away can be given back. Any thread. */
  private final Map<String, List<String>> uneditedTasks = new ConcurrentHashMap<>();
  private final RunTimeline timeline;
  /** The ticker's. */
  private final RecentFineTimes recentTimes;
  /** Whether a run was active a second ago; the ticker's. */
  private boolean lastActive;
  private final AtomicLong resetsMarked = new AtomicLong();
  private volatile List<String> selectedClasses;
  /** The workers when there last were any; written by the ticker. */
  private volatile List<RunStatus.Worker> lastWorkers = List.of();
  /** Users by class when there last were any; written by the ticker. */
  private volatile Map<String, Integer> lastUsers = Map.of();

  /** The user classes as they were last seen; any thread. */
  private volatile List<UserClass> lastClasses = List.of();
  private volatile TestSetup lastSetup;
  /** Whether Python is not to be asked any more. */
  private volatile boolean withoutPython;

  /** Writes the history file of `--csv-full-history`; null where there is none. */
  interface FullHistory {
    void write(Appendable out) throws IOException;
  }

  RunConsole(
      Script script,
      Runner runner,
      LiveOptions options,
      Logging logging,
      HealthMonitor health,
      ReportedPercentiles percentiles,
      StatsCsv csv,
      FullHistory fullHistory,
      RunLimit runLimit,
      ClusterView cluster) {
    this.script = script;
    this.runner = runner;
    this.options = options;
    this.logging = logging;
    this.health = health;
    this.percentiles = percentiles;
    this.csv = csv;
    this.fullHistory = fullHistory;
    this.runLimit = runLimit;
    this.cluster = cluster;
    this.recentTimes = new RecentFineTimes(runner.stats().total());
    boolean chosen = !percentiles.inCharts().equals(ReportedPercentiles.DEFAULT.inCharts());
    this.timeline = chosen ? new RunTimeline(TIMELINE_POINTS, percentiles.inCharts()) : new RunTimeline(TIMELINE_POINTS);
  }

  /** The user classes; asks Python unless that is over. */
  private List<UserClass> userClasses() {
    if (!withoutPython) {
      lastClasses = script.userClasses();
    }
    return lastClasses;
  }

  /** Remembers what {@link #goOnWithoutPython} shows then. */
  void begin() {
    setup();
  }

  /** From now on nothing here waits for Python: what it has said last holds. */
  void goOnWithoutPython() {
    withoutPython = true;
  }

  /** Adds one point to the timeline; called once a second by the ticker. */
  void sample() {
    RunStatus status = status();
    double now = runner.now();
    markResets(now);
    if (lastActive && !status.active()) {
      health.end();
    } else if (!lastActive && status.active()) {
      health.beginUnlessBegun(); // a program has started the run
      lastUsers = Map.of(); // those of an earlier run
      lastWorkers = List.of();
    }
    lastActive = status.active();
    new StatsReader(runner.stats()).sample(timeline, recentTimes, status, now);
    double warmFor = health.read().warmForSeconds();
    if (!Double.isNaN(warmFor)) {
      timeline.warm(now - warmFor);
    }
    if (!status.workers().isEmpty()) {
      lastWorkers = status.workers();
    }
    Map<String, Integer> users = runner.userClassesCount();
    if (anyUser(users)) {
      lastUsers = Map.copyOf(users);
    }
  }

  @Override
  public TestSetup setup() {
    if (!withoutPython) {
      lastSetup = setupNow();
    }
    return lastSetup;
  }

  private TestSetup setupNow() {
    List<UserClass> classes = userClasses();
    Map<String, List<String>> taskNames = new LinkedHashMap<>();
    for (UserClass each : classes) {
      List<String> now = each.weightedTaskNames();
      List<String> before = uneditedTasks.getOrDefault(each.name(), now);
      // A locustfile that was loaded anew may have other tasks.
      taskNames.put(each.name(), before.containsAll(now) ? before : now);
    }
    String shape = runner.shape();
    return new TestSetup(
        locustfile(),
        (String) options.get("host"),
        classes,
        taskNames,
        script.shapes(),
        shape,
        shape != null && script.shapeUsesCommonOptions(shape),
        Boolean.TRUE.equals(options.get("class_picker")),
        script.pages().hostRequired(),
        fullHistory != null,
        options.custom().stream().filter(CustomOption::includeInWebUi).map(this::extra).toList());
  }

  @Override
  public ReportedPercentiles percentiles() {
    return percentiles;
  }

  private String locustfile() {
    String names = String.valueOf(options.get("locustfile"));
    Path first = Path.of(names.split(",")[0].strip());
    return first.getFileName() == null ? "" : first.getFileName().toString();
  }

  private TestSetup.ExtraOption extra(CustomOption option) {
    return new TestSetup.ExtraOption(
        option.dest(),
        options.get(option.dest()),
        option.help(),
        option.choices().isEmpty() ? null : List.copyOf(option.choices()),
        option.secret(),
        option.requiredInWebUi(),
        option.multiple());
  }

  /** Why the results are not to be trusted: this process's reasons, then the workers'. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(health().warnings());
    for (RunStatus.Worker worker : status().workers()) {
      if (worker.health() != null) {
        worker.health().warnings().forEach(
            warning -> warnings.add(Visible.line("Worker " + worker.id() + ": " + warning)));
      }
    }
    return warnings;
  }

  @Override
  public RunStatus status() {
    List<RunStatus.Worker> workers = cluster.workers().stream().map(this::worker).toList();
    return new RunStatus(runner.state(), runner.userCount(), runner.kind().equals("master"), workers);
  }

  private RunStatus.Worker worker(WorkerNode node) {
    return new RunStatus.Worker(
        node.id(),
        node.state(),
        node.userCount(),
        node.cpuPercent(),
        node.memoryBytes(),
        node.latencyMillis(),
        health(node),
        node.locustfileHash());
  }

  /** What is known of a worker's health; of a real Locust worker only that its one core was busy. */
  private GeneratorHealth health(WorkerNode node) {
    GeneratorReport report = node.generator();
    if (report != null) {
      List<String> warnings = new ArrayList<>(cluster.inThisProcess(node) ? List.of() : report.warnings());
      if (node.locustfileHash() != null && !node.locustfileHash().equals(script.filesHash())) {
        warnings.add(
            "It has loaded another locustfile (hash " + node.locustfileHash() + ") than the master (hash "
                + script.filesHash() + "). Give both the same files.");
      }
      return new GeneratorHealth(
          node.cpuPercent(),
          report.maxLateMillis(),
          report.p99LateMillis(),
          report.gcMillis(),
          warnings);
    }
    return node.cpuWarned()
        ? new GeneratorHealth(node.cpuPercent(), Double.NaN, Double.NaN, Double.NaN, List.of(BUSY_CORE))
        : null;
  }

  @Override
  public StatsSnapshot stats(StatsDetail detail) {
    return new StatsReader(runner.stats())
        .snapshot(detail, percentiles.inCharts(), runner.now());
  }

  @Override
  public StatsSnapshot.Row total(StatsDetail detail) {
    return new StatsReader(runner.stats()).total(detail);
  }

  @Override
  public StatsSnapshot.Row sum(Collection<StatsSnapshot.Row> rows, StatsDetail detail) {
    return new StatsReader(runner.stats()).sum(rows, detail, runner.now());
  }

  @Override
  public StatsSnapshot.Row row(String method, String name, StatsDetail detail) {
    return new StatsReader(runner.stats()).row(method, name, detail);
  }

  @Override
  public double now() {
    return runner.now();
  }

  @Override
  public RunTimeline timeline() {
    return timeline;
  }

  @Override
  public List<Map<String, Object>> history(boolean now) {
    List<StatsHistory.Row> rows = new ArrayList<>(runner.stats().history().rows());
    if (now) {
      StatsHistory last = new StatsHistory();
      last.sample(runner.stats(), percentiles.inCharts(), runner.userCount(), runner.now());
      rows.addAll(last.rows());
    }
    return rows.stream().map(StatsTrees::historyRow).toList();
  }

  @Override
  public GeneratorHealth health() {
    HealthMonitor.Reading reading = health.read();
    List<String> warnings = new ArrayList<>(reading.warnings());
    if (script.notice() != null) {
      warnings.add(script.notice());
    }
    return new GeneratorHealth(
        reading.cpuPercent(),
        reading.maxLateMillis(),
        reading.p99LateMillis(),
        reading.gcMillis(),
        reading.seconds(),
        warnings);
  }

  @Override
  public String whyNotLive() {
    return cluster.deafness();
  }

  @Override
  public List<ScriptError> exceptions() {
    return runner.exceptions().rows().stream()
        .map(row -> new ScriptError(row.count(), row.message(), row.traceback(), String.join(", ", row.nodes())))
        .toList();
  }

  @Override
  public LogLines logs() {
    return new LogLines(logging.recent(), cluster.logs());
  }

  @Override
  public Map<String, Object> tasks() {
    return TaskRatioReport.trees(userClasses(), runner.userClassesCount());
  }

  @Override
  public Map<String, Object> finalTasks() {
    Map<String, Integer> now = runner.userClassesCount();
    return TaskRatioReport.trees(userClasses(), anyUser(now) ? now : lastUsers);
  }

  @Override
  public List<RunStatus.Worker> finalWorkers() {
    List<RunStatus.Worker> now = status().workers();
    return now.isEmpty() ? lastWorkers : now;
  }

  private static boolean anyUser(Map<String, Integer> counts) {
    return counts.values().stream().anyMatch(count -> count > 0);
  }

  @Override
  public boolean hasOption(String dest) {
    return options.has(dest);
  }

  @Override
  public Object option(String dest) {
    return options.get(dest);
  }

  @Override
  public void setOption(String dest, Object value) {
    options.set(dest, value);
    script.setOption(dest, value);
  }

  @Override
  public void start(StartOrder order) {
    if (order.host() != null) {
      options.set("host", order.host());
      script.setHost(order.host().isEmpty() ? null : order.host());
    }
    if (order.userClasses() != null) {
      selectedClasses = List.copyOf(order.userClasses());
    }
    if (order.shapeClass() != null) {
      runner.useShape(order.shapeClass().equals(NO_SHAPE) ? null : order.shapeClass());
    }
    if (status().active()) {
      if (!order.keepsRunTime()) {
        runLimit.edit(order.runTimeSeconds());
      }
    } else {
      health.begin();
      runLimit.begin(order.runTimeSeconds());
    }
    if (runner.shape() != null) {
      runner.startShape();
    } else {
      runner.start(order.users(), order.spawnRate(), stillThere(selectedClasses));
    }
  }

  /** A choice of classes without those that a changed locustfile no longer has; null = all. */
  private List<String> stillThere(List<String> chosen) {
    if (chosen == null) {
      return null;
    }
    List<String> known = userClasses().stream().map(UserClass::name).filter(chosen::contains).toList();
    return known.isEmpty() ? null : known;
  }

  @Override
  public void stop() {
    runLimit.end();
    runner.stop();
  }

  @Override
  public OptionalDouble secondsLeft() {
    return status().active() ? runLimit.secondsLeft() : OptionalDouble.empty();
  }

  @Override
  public String shape() {
    return runner.shape();
  }

  @Override
  public void resetStats() {
    script.fire("reset_stats", Map.of());
    runner.stats().resetAll(runner.now());
    runner.exceptions().clear();
    markResets(runner.now());
  }

  /** A reset may also come from `--reset-stats` or the locustfile. */
  private void markResets(double now) {
    long resets = runner.stats().resets();
    if (resetsMarked.getAndSet(resets) != resets) {
      timeline.reset(now);
      if (status().active()) {
        health.begin(); // what was before is no part of the results any more
      }
    }
  }

  @Override
  public void editUserClass(String name, Map<String, Object> attributes) throws UnknownUserClassException {
    UserClass edited = userClasses().stream().filter(c -> c.name().equals(name)).findFirst()
        .orElseThrow(() -> new UnknownUserClassException(name));
    List<String> tasks = edited.weightedTaskNames();
    uneditedTasks.compute(name, (key, before) -> before != null && before.containsAll(tasks) ? before : tasks);
    Map<String, Object> change = new LinkedHashMap<>(attributes);
    change.put("user_class_name", name);
    try {
      script.updateUserClass(change);
    } catch (ScriptException e) {
      throw new UnknownUserClassException(name);
    }
    runner.userClassChanged(change);
  }

  @Override
  public void writeCsv(CsvKind kind, Appendable out) throws IOException {
    switch (kind) {
      case REQUESTS -> csv.requests(out);
      case FAILURES -> csv.failures(out);
      case EXCEPTIONS -> csv.exceptions(out);
      case FULL_HISTORY -> {
        if (fullHistory != null) {
          fullHistory.write(out);
        }
      }
    }
  }

  @Override
  public ScriptPages pages() {
    return script.pages();
  }

  @Override
  public void log(String level, String logger, String message) {
    logging.write(Level.named(level), logger, message);
  }
}
