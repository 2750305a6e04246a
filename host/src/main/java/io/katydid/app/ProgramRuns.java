package io.katydid.app;

import io.katydid.cli.CommandLine;
import io.katydid.cli.CustomOption;
import io.katydid.cli.Options;
import io.katydid.cli.UsageException;
import io.katydid.cli.Version;
import io.katydid.cluster.ClusterException;
import io.katydid.cluster.ClusterTimes;
import io.katydid.cluster.LocustfileHandout;
import io.katydid.cluster.MasterSettings;
import io.katydid.cluster.WorkerSettings;
import io.katydid.console.WebConsole;
import io.katydid.health.HealthMonitor;
import io.katydid.log.Level;
import io.katydid.log.Logging;
import io.katydid.runner.LocalRunner;
import io.katydid.runner.MasterRunner;
import io.katydid.runner.Node;
import io.katydid.runner.RunClock;
import io.katydid.runner.Runner;
import io.katydid.runner.WorkerRunner;
import io.katydid.script.Library;
import io.katydid.script.RunControl;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.stats.ExceptionTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The runs of a Python program that uses Locust as a library, one at a time. Made by the main thread; the program calls it
 * from any thread, so all state is guarded by this object's monitor.
 */
final class ProgramRuns implements Library, AutoCloseable {
  /** The present run and what belongs to it. */
  private record Present(Runner runner, RunConsole console, Results results, HealthMonitor health, RunLimit limit) {
    boolean over() {
      try {
        return runner.awaitQuit(Duration.ZERO) || runner.kind().equals("local") && !runner.runState().active();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    void close() {
      limit.close();
      results.stop();
      health.close();
      runner.close();
    }
  }

  private final String program;
  private final Map<String, String> env;
  private final Path cwd;
  private final Path home;
  private final Logging logging;
  private final PrintStream out;
  private final Options defaults = CommandLine.defaults();
  private Present present;
  private LiveOptions liveOptions;
  private WebConsole.Running web;

  ProgramRuns(String program, Map<String, String> env, Path cwd, Path home, Logging logging, PrintStream out) {
    this.program = program;
    this.env = env;
    this.cwd = cwd;
    this.home = home;
    this.logging = logging;
    this.out = out;
  }

  @Override
  public ReadOptions readOptions(List<String> words, List<Map<String, Object>> customOptions) throws ScriptException {
    List<CustomOption> custom = customOptions.stream().map(CustomOptions::read).toList();
    try {
      Options options = new CommandLine(words, env, cwd, home).parse(custom);
      return new ReadOptions(options.values(), options.custom().stream().map(CustomOptions::words).toList());
    } catch (UsageException e) {
      throw new ScriptException(e.text(program), e.exitCode());
    }
  }

  @Override
  public Map<String, Object> defaultOptions() {
    return defaults.values();
  }

  @Override
  public synchronized RunControl create(NewRun order, Script script, Runnable onQuit) throws ScriptException {
    if (present != null) {
      if (!present.over()) {
        throw new ScriptException(
            "Another runner of this program is still in use. Katydid runs one test at a time in a process: quit that "
                + "runner first, or start another process.",
            ExitCode.FAILED);
      }
      present.close();
    }
    liveOptions = new LiveOptions(defaults, List.of(), Map.of());
    liveOptions.set("host", order.baseUrl());
    HealthMonitor health = new HealthMonitor(script::pythonWaitMillis, new LoadWatch(script, logging));
    Runner runner = runner(order, script, health);
    runner.onQuit(onQuit);
    List<String> shapes = script.shapes();
    runner.useShape(shapes.isEmpty() ? null : shapes.getFirst());
    Results results = new Results(defaults, logging, runner, script.statsSettings(), out);
    RunLimit limit = new RunLimit(0, () -> { }, runner::orderStop);
    RunConsole console =
        new RunConsole(
            script,
            runner,
            liveOptions,
            logging,
            health,
            script.statsSettings().percentiles(),
            results.csv(),
            null,
            limit,
            runner instanceof MasterRunner master ? ClusterView.of(master, Set.of()) : ClusterView.NONE);
    runner.reportWith(dark -> HtmlFile.text(console, dark));
    results.begin();
    results.everySecond(console::sample);
    health.start();
    present = new Present(runner, console, results, health, limit);
    join(runner, order);
    return runner;
  }

  private Runner runner(NewRun order, Script script, HealthMonitor health) throws ScriptException {
    Node node = new Node(script, order.stats(), new ExceptionTable(), logging, NodeId.create(), RunClock.ofSystem());
    ClusterTimes times;
    try {
      times = ClusterTimes.of(env);
    } catch (IllegalArgumentException e) {
      throw new ScriptException(e.getMessage(), ExitCode.FAILED);
    }
    return switch (order.kind()) {
      case "local" -> new LocalRunner(node, order.resetStatsAfterRamp());
      case "master" ->
          new MasterRunner(
              node,
              new MasterRunner.Setup(
                  new MasterSettings(Version.LOCUST, false, false, times.reportWait()),
                  order.resetStatsAfterRamp(),
                  () -> (String) liveOptions.get("host"),
                  liveOptions::all,
                  new LocustfileHandout(order.locustfiles(), cwd)));
      case "worker" ->
          new WorkerRunner(
              node,
              new WorkerRunner.Setup(
                  new WorkerSettings(
                      node.clientId(),
                      Version.LOCUST,
                      order.address() + ":" + order.port(),
                      WorkerSettings.LOG_INTERVAL_SECONDS,
                      times.waitBeforeReady()),
                  order.resetStatsAfterRamp(),
                  Set.copyOf(defaults.values().keySet()),
                  new OwnProcess(health)));
      default -> throw new IllegalArgumentException("no kind of runner: " + order.kind());
    };
  }

  private static void join(Runner runner, NewRun order) throws ScriptException {
    try {
      switch (runner) {
        case MasterRunner master -> master.listen(order.address(), order.port());
        case WorkerRunner worker -> worker.connect(order.address(), order.port());
        default -> { }
      }
    } catch (ClusterException e) {
      throw new ScriptException(e.getMessage(), ExitCode.FAILED);
    }
  }

  @Override
  public synchronized int startWeb(List<String> words) throws ScriptException {
    if (present == null) {
      throw new ScriptException(
          "The web UI shows a run: create the runner first, then the web UI.", ExitCode.FAILED);
    }
    if (web != null) {
      throw new ScriptException("There is a web UI already: stop it first.", ExitCode.FAILED);
    }
    try {
      Options options = new CommandLine(words, Map.of(), null, null).parse(List.of());
      liveOptions.set("class_picker", options.flag("class_picker"));
      web = WebInterface.start(present.console(), options, logging.log("locust.web"), "");
      return web.port();
    } catch (UsageException e) {
      throw new ScriptException(e.text(program), e.exitCode());
    } catch (IOException e) {
      throw new ScriptException(e.getMessage(), ExitCode.FAILED);
    }
  }

  @Override
  public synchronized void stopWeb() {
    if (web != null) {
      web.close();
      web = null;
    }
  }

  @Override
  public void setUpLogging(String level, String logfile) throws ScriptException {
    try {
      logging.setUp(Level.named(level), logfile == null ? null : cwd.resolve(logfile));
    } catch (IOException | IllegalArgumentException e) {
      throw new ScriptException(e.getMessage(), ExitCode.FAILED);
    }
  }

  @Override
  public void log(int level, String logger, String message) {
    logging.write(Level.ofNumber(level), logger, message);
  }

  @Override
  public synchronized void close() {
    stopWeb();
    if (present != null) {
      present.close();
      present = null;
    }
  }
}
