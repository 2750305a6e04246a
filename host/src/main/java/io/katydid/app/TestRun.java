package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.cli.UsageException;
import io.katydid.cli.Version;
import io.katydid.cluster.ClusterException;
import io.katydid.cluster.ClusterTimes;
import io.katydid.cluster.LocustfileHandout;
import io.katydid.cluster.MasterSettings;
import io.katydid.health.HealthMonitor;
import io.katydid.health.OpenFiles;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.report.TaskRatioReport;
import io.katydid.runner.LocalRunner;
import io.katydid.runner.MasterRunner;
import io.katydid.runner.Node;
import io.katydid.runner.RunClock;
import io.katydid.runner.Runner;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.UserClass;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One run of a loaded script in the role the command line asks for: worker, master or local, with web UI or without. Runs
 * on the main thread.
 */
final class TestRun {
  /** Addresses to listen on that mean all. */
  private static final Set<String> EVERYWHERE = Set.of("*", "0.0.0.0", "::", "[::]");

  private final ScriptLoader loader;
  private final ScriptLoader.Loaded loaded;
  private final Script script;
  private final Options options;
  private final LiveOptions liveOptions;
  private final Logging logging;
  private final ClusterTimes times;
  private final Path cwd;
  private final PrintStream out;
  private final Log log;
  private final ForcedEnd forcedEnd;
  private final Ending ending = new Ending();
  /** The shape that is followed unless somebody chooses another; changed by whoever loads a changed locustfile. */
  private volatile String defaultShape;

  TestRun(
      ScriptLoader loader,
      ScriptLoader.Loaded loaded,
      Logging logging,
      ClusterTimes times,
      Path cwd,
      PrintStream out,
      ForcedEnd forcedEnd) {
    this.loader = loader;
    this.loaded = loaded;
    this.script = loaded.script();
    this.options = loaded.options();
    this.liveOptions = new LiveOptions(options, loaded.customOptions(), script.customValues());
    this.logging = logging;
    this.times = times;
    this.cwd = cwd;
    this.out = out;
    this.forcedEnd = forcedEnd;
    this.log = logging.log("locust.main");
  }

  int run() throws ScriptException, IOException {
    OpenFiles.fewInGeneral().ifPresent(log::warning);
    if (options.flag("otel")) {
      log.warning("--otel has no effect: Katydid does not trace requests with OpenTelemetry yet.");
    }
    prepare(script, options);
    if (options.flag("show_task_ratio") || options.flag("show_task_ratio_json")) {
      return showTaskRatio();
    }
    int processes = options.processes() == -1 ? Runtime.getRuntime().availableProcessors() : options.processes();
    if (processes > 0 && !options.worker()) {
      return withOwnWorkers(processes);
    }
    Signals.report(ending, forcedEnd);
    LoadWatch watch = new LoadWatch(script, logging);
    try (HealthMonitor health = new HealthMonitor(script::pythonWaitMillis, watch)) {
      health.start();
      if (!options.worker()) {
        return steer(health, options.master(), null);
      }
      WorkerGroup workers =
          WorkerGroup.create(loader, loaded, logging, times, Math.max(1, processes), health, ending);
      workers.scripts().forEach(watch::alsoOf);
      return workers.runToEnd(forcedEnd);
    }
  }

  /** What every interpreter of the process gets to know before its environment is made. */
  static void prepare(Script script, Options options) throws ScriptException {
    if (!options.userClasses().isEmpty()) {
      script.selectClasses(options.userClasses());
    }
    for (List<Map<String, Object>> changes : options.configUsers()) {
      for (Map<String, Object> change : changes) {
        script.updateUserClass(change);
      }
    }
    if (options.host() != null) {
      script.setHost(options.host());
    }
    script.filterTags(options.tags(), options.excludeTags());
  }

  /** A process that waits for its first test makes itself faster for it, unless it was told not to. */
  static void warmUpWhileIdle(Script script, Options options, Log log) {
    boolean waits = options.worker() || !options.headless() && !options.flag("autostart");
    if (!waits || options.flag("no_idle_warm_up")) {
      return;
    }
    warmUp(script, log);
  }

  /** Begins the warm-up of a script; without one there is still a test. */
  static void warmUp(Script script, Log log) {
    try {
      script.warmUpWhileIdle();
    } catch (IOException e) {
      log.debug("No warm-up: " + e.getMessage());
    }
  }

  /**
   * A master with workers in this process. The interpreter that is loaded already may be warm, which a master has no use for: it
   * becomes the first worker, and the master gets another.
   */
  private int withOwnWorkers(int processes) throws ScriptException, IOException {
    ScriptLoader.Loaded masters = ReloadingScript.load(loader);
    try (Script own = masters.script()) {
      prepare(own, masters.options());
      return new TestRun(loader, masters, logging, times, cwd, out, forcedEnd).steerWorkers(loaded, processes);
    }
  }

  private int steerWorkers(ScriptLoader.Loaded first, int processes) throws ScriptException, IOException {
    Signals.report(ending, forcedEnd);
    LoadWatch watch = new LoadWatch(script, logging);
    try (HealthMonitor health = new HealthMonitor(first.script()::pythonWaitMillis, watch)) {
      health.start();
      health.alsoCount(script::pythonWaitMillis);
      try (WorkerGroup workers =
          WorkerGroup.create(loader, first, logging, times, processes, health, new Ending())) {
        workers.scripts().forEach(watch::alsoOf);
        int code = steer(health, true, workers);
        workers.end();
        return code;
      }
    }
  }

  /** @param ownWorkers the workers of `--processes`, or null without */
  private int steer(HealthMonitor health, boolean master, WorkerGroup ownWorkers) throws ScriptException, IOException {
    List<String> shapes = script.shapes();
    warnAboutIgnoredOptions(shapes);
    RequestStats stats = new RequestStats(true, Clock.now(), log::warning);
    ExceptionTable exceptions = new ExceptionTable();
    try (Runner runner = master ? master(stats, exceptions) : local(stats, exceptions)) {
      runner.stopTimeout(Duration.ofSeconds(options.stopTimeoutSeconds()));
      defaultShape = shapes.isEmpty() ? null : shapes.getFirst();
      runner.useShape(defaultShape);
      runner.onQuitting(forcedEnd::begin);
      runner.onQuit(() -> ending.report(Ending.Reason.QUIT));
      script.init(runner);
      if (options.flag("equal_weights")) {
        script.equalWeights();
      }
      if (script instanceof ReloadingScript reloading) {
        reloading.begin(options, logging, next -> useAnew(next, runner));
      }
      listen(runner, ownWorkers);
      if (!master) {
        warmUpWhileIdle(script, options, log);
      }
      SteeredRun run =
          new SteeredRun(
              script, options, liveOptions, logging, runner, health, script.statsSettings(), ending,
              ownWorkers == null ? Set.of() : ownWorkers.ids(), forcedEnd, out);
      List<Script> scripts = new ArrayList<>(List.of(script));
      if (ownWorkers != null) {
        scripts.addAll(ownWorkers.scripts());
      }
      forcedEnd.of(
          scripts,
          runner,
          log,
          () -> {
            if (ownWorkers != null) {
              ownWorkers.leaveAtOnce();
            }
            return run.endWithoutPython();
          });
      return run.run();
    }
  }

  /** A changed locustfile may have other options and other shapes. The shape that somebody has chosen stays. */
  private void useAnew(ScriptLoader.Loaded next, Runner runner) {
    liveOptions.useAnew(next.customOptions(), next.script().customValues());
    List<String> shapes = next.script().shapes();
    String chosen = runner.shape();
    if (!Objects.equals(chosen, defaultShape) && (chosen == null || shapes.contains(chosen))) {
      return;
    }
    defaultShape = shapes.isEmpty() ? null : shapes.getFirst();
    runner.useShape(defaultShape);
  }

  private Runner local(RequestStats stats, ExceptionTable exceptions) {
    return new LocalRunner(node(stats, exceptions), options.flag("reset_stats"));
  }

  private Runner master(RequestStats stats, ExceptionTable exceptions) {
    MasterSettings settings =
        new MasterSettings(
            Version.LOCUST, options.flag("enable_rebalancing"), options.headless(), times.reportWait());
    LocustfileHandout handout =
        new LocustfileHandout(List.of(options.text("locustfile").split("\\s*,\\s*")), cwd);
    return new MasterRunner(
        node(stats, exceptions),
        new MasterRunner.Setup(
            settings,
            options.flag("reset_stats"),
            () -> (String) liveOptions.get("host"),
            liveOptions::all,
            handout));
  }

  private Node node(RequestStats stats, ExceptionTable exceptions) {
    return new Node(script, stats, exceptions, logging, NodeId.create(), RunClock.ofSystem());
  }

  /** Workers may come once the script's `init` listeners have registered their messages; our own do so then. */
  private void listen(Runner runner, WorkerGroup ownWorkers) {
    if (!(runner instanceof MasterRunner master)) {
      return;
    }
    try {
      String host = options.text("master_bind_host");
      int port = master.listen(host, options.integer("master_bind_port"));
      if (ownWorkers != null) {
        ownWorkers.connect(EVERYWHERE.contains(host) ? "127.0.0.1" : host, port);
      }
    } catch (ClusterException e) {
      throw UsageException.plain(e.getMessage(), ExitCode.FAILED);
    }
  }

  private int showTaskRatio() {
    List<UserClass> classes = script.userClasses();
    int users = options.users().orElse(0);
    out.print(
        options.flag("show_task_ratio_json")
            ? TaskRatioReport.json(classes, users) + "\n"
            : TaskRatioReport.text(classes, users));
    return ExitCode.OK;
  }

  private void warnAboutIgnoredOptions(List<String> shapes) {
    if (shapes.isEmpty()) {
      long fixed = script.userClasses().stream().mapToLong(UserClass::fixedCount).sum();
      if (options.users().isPresent() && fixed > options.users().getAsInt()) {
        log.info(
            "Total fixed_count of User classes (" + fixed + ") is greater than the specified number of users ("
                + options.users().getAsInt() + "), so not all will be spawned.");
      }
      return;
    }
    if (script.shapeUsesCommonOptions(shapes.getFirst())) {
      return;
    }
    List<String> given = new ArrayList<>();
    for (String name : List.of("--users", "--spawn-rate", "--run-time")) {
      if (options.isGiven(name.equals("--users") ? "num_users" : name.substring(2).replace('-', '_'))) {
        given.add(name);
      }
    }
    if (!given.isEmpty()) {
      log.warning(
          "--run-time, --users or --spawn-rate have no impact on LoadShapes unless the shape class explicitly reads "
              + "them. See: docs.locust.io/en/stable/custom-load-shape.html#use-common-options");
      log.warning("The following option(s) will be ignored: " + String.join(", ", given));
    }
  }
}
