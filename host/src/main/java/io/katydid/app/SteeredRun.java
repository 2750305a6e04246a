package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.cli.UsageException;
import io.katydid.console.WebConsole;
import io.katydid.health.HealthMonitor;
import io.katydid.log.Level;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.runner.ExpectedWorkers;
import io.katydid.runner.MasterRunner;
import io.katydid.runner.Runner;
import io.katydid.script.Script;
import io.katydid.stats.StatsSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A local run or a master, from the start of the web UI or of the test to the exit code (cli.md section 2). Main thread.
 */
final class SteeredRun {
  private final Script script;
  private final Options options;
  private final LiveOptions liveOptions;
  private final Logging logging;
  private final Runner runner;
  private final HealthMonitor health;
  private final Ending ending;
  private final Set<String> ownWorkers;
  private final Log log;
  private final Results results;
  private final RunLimit limit;
  private final RunConsole console;
  private final HtmlFile html;
  private final ForcedEnd forcedEnd;

  /** @param ownWorkers ids of the workers in this process, which the start waits for; empty without `--processes` */
  SteeredRun(
      Script script,
      Options options,
      LiveOptions liveOptions,
      Logging logging,
      Runner runner,
      HealthMonitor health,
      StatsSettings settings,
      Ending ending,
      Set<String> ownWorkers,
      ForcedEnd forcedEnd,
      PrintStream out) {
    this.script = script;
    this.options = options;
    this.liveOptions = liveOptions;
    this.logging = logging;
    this.runner = runner;
    this.health = health;
    this.ending = ending;
    this.ownWorkers = ownWorkers;
    this.forcedEnd = forcedEnd;
    this.log = logging.log("locust.main");
    this.results = new Results(options, logging, runner, settings, out);
    this.limit =
        new RunLimit(options.warmUpSeconds(), this::warmedUp, () -> ending.report(Ending.Reason.RUN_TIME));
    this.console =
        new RunConsole(
            script,
            runner,
            liveOptions,
            logging,
            health,
            settings.percentiles(),
            results.csv(),
            options.flag("stats_history_enabled") ? results::writeFullHistory : null,
            limit,
            runner instanceof MasterRunner master ? ClusterView.of(master, ownWorkers) : ClusterView.NONE);
    this.html =
        new HtmlFile(
            options.htmlFile() == null
                ? null
                : () -> Path.of(HtmlFileName.expand(options.htmlFile(), liveOptions.all())),
            () -> HtmlFile.text(console, false),
            log);
    runner.reportWith(dark -> HtmlFile.text(console, dark));
  }

  int run() {
    console.begin();
    results.begin();
    results.everySecond(console::sample);
    if (options.headless()) {
      try (limit) {
        return end(steeredByKeys(() -> { }, this::startAndWait));
      }
    }
    try (limit;
        WebConsole.Running web =
            WebInterface.start(console, options, log, ", press enter to open your default browser.")) {
      return end(steeredByKeys(() -> openBrowser(web.port()), this::serveToEnd));
    } catch (IOException e) {
      throw UsageException.plain(e.getMessage(), ExitCode.FAILED);
    }
  }

  /**
   * Runs with the keys of the terminal, if there is one. It has its line mode back before the users are stopped, which
   * may take long and be cut short by a second signal.
   */
  private Ending.Reason steeredByKeys(Runnable onEnter, Supplier<Ending.Reason> run) {
    try (Keyboard keyboard = Keyboard.listen(runner, log, onEnter).orElse(null)) {
      return run.get();
    }
  }

  private Ending.Reason serveToEnd() {
    if (!options.autostart()) {
      results.printTables();
      return serve();
    }
    Ending.Reason reason = startAndWait();
    return reason == Ending.Reason.RUN_TIME || reason == Ending.Reason.SHAPE ? autoquit(reason) : reason;
  }

  private void openBrowser(int port) {
    String host = options.text("web_host").isEmpty() ? "localhost" : options.text("web_host");
    String address = "http://" + host + ":" + port + options.text("web_base_path");
    try {
      new ProcessBuilder(System.getProperty("os.name").startsWith("Mac") ? "open" : "xdg-open", address)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      log.info("No browser could be opened; the web interface is at " + address);
    }
  }

  /** Starts the test at once and waits for its end. */
  private Ending.Reason startAndWait() {
    if (options.headless() && options.autostart()) {
      log.info("The --autostart argument is implied by --headless, no need to set both.");
    }
    if (runner instanceof MasterRunner master) {
      int expected = !ownWorkers.isEmpty() ? ownWorkers.size() : options.integer("expect_workers");
      double patience = options.integer("expect_workers_max_wait");
      ExpectedWorkers.Outcome outcome =
          new ExpectedWorkers(log, ending.asPause()).await(master::readyWorkers, expected, patience);
      if (outcome == ExpectedWorkers.Outcome.GAVE_UP) {
        return Ending.Reason.FAILED;
      }
      if (outcome == ExpectedWorkers.Outcome.ENDED) {
        return ending.await();
      }
    }
    health.begin();
    runner.onShapeEnd(() -> ending.report(Ending.Reason.SHAPE));
    boolean limited =
        options.runTimeSeconds().isPresent()
            && (runner.shape() == null || script.shapeUsesCommonOptions(runner.shape()));
    if (limited) {
      log.info("Run time limit set to " + options.runTimeSeconds().getAsInt() + " seconds");
    } else if (runner.shape() == null) {
      log.info("No run time limit set, use CTRL+C to interrupt");
    }
    results.printTables();
    // What was not given is 1, also for those who read the options.
    if (options.users().isEmpty()) {
      console.setOption("num_users", 1L);
    }
    if (options.spawnRate().isEmpty()) {
      console.setOption("spawn_rate", 1L);
    }
    // Before the start: from then on the page may edit it.
    limit.begin(limited ? Double.valueOf(options.runTimeSeconds().getAsInt()) : null);
    if (runner.shape() != null) {
      runner.startShape();
    } else {
      runner.start(options.users().orElse(1), options.spawnRate().orElse(1), null);
    }
    return ending.await();
  }

  /** `--warm-up` is over: what was counted until now goes. */
  private void warmedUp() {
    console.resetStats();
    log.info("Warm-up of " + options.warmUpSeconds() + " seconds is over, statistics start now");
  }

  /** `--autostart`: the test is over; the web UI stays, or ends after `--autoquit` seconds. */
  private Ending.Reason autoquit(Ending.Reason reason) {
    log.info(
        reason == Ending.Reason.SHAPE ? "Shape test completed, stopping test"
            : "--run-time limit reached, stopping test");
    runner.stop();
    if (options.autoquitSeconds() < 0) {
      log.info("--autoquit not specified, leaving web ui running indefinitely");
      return serve();
    }
    try {
      Ending.Reason earlier = ending.await(TimeUnit.SECONDS.toNanos(options.autoquitSeconds()));
      if (earlier != null) {
        return earlier;
      }
    } catch (InterruptedException e) {
      return Ending.Reason.INTERRUPTED;
    }
    log.info("--autoquit time reached, shutting down");
    return Ending.Reason.QUIT;
  }

  /** The web UI steers; limits and shapes only stop the test. */
  private Ending.Reason serve() {
    runner.onShapeEnd(null);
    while (true) {
      Ending.Reason reason = ending.await();
      switch (reason) {
        case RUN_TIME -> {
          log.info("--run-time limit reached, stopping test");
          runner.stop();
        }
        case SHAPE -> runner.stop();
        case INTERRUPTED, TERMINATED, QUIT, FAILED -> {
          return reason;
        }
      }
    }
  }

  private int end(Ending.Reason reason) {
    forcedEnd.begin();
    switch (reason) {
      case RUN_TIME -> log.info("--run-time limit reached, shutting down");
      case SHAPE -> log.info("Shape test completed, shutting down");
      case TERMINATED -> log.info("Got SIGTERM signal");
      case INTERRUPTED -> {
        if (runner.shape() != null) {
          log.info("Exiting due to CTRL+C interruption");
        }
      }
      case QUIT, FAILED -> { }
    }
    List<String> warnings = console.warnings();
    runner.quit();
    boolean tested = reason != Ending.Reason.FAILED;
    boolean complete = html.write();
    script.fire("quitting", Map.of());
    ScriptCode ofScript = new ScriptCode(script.exitCode(), script.unhandledException());
    if (!forcedEnd.mayWrite()) {
      return awaitForcedEnd();
    }
    complete &= results.writeFiles(tested);
    int code = exitCode(reason, complete, ofScript);
    sayIfNotTrusted(warnings);
    log.info("Shutting down (exit code " + code + ")");
    if (tested) {
      results.print();
    }
    forcedEnd.hasWritten();
    script.fire("quit", Map.of("exit_code", code));
    return script.exited().orElse(code);
  }

  /**
   * Writes what has been counted without Python, which does not answer any more; listeners of the end hear nothing.
   *
   * @return the exit code by what has been counted
   */
  int endWithoutPython() {
    console.goOnWithoutPython();
    runner.closeResults();
    boolean complete = results.writeFiles(true);
    sayIfNotTrusted(console.warnings());
    results.print();
    complete &= html.write();
    return exitCode(Ending.Reason.QUIT, complete, ScriptCode.NONE);
  }

  /** The other end writes the results and ends the process. */
  private static int awaitForcedEnd() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // Nothing is left to do here.
      }
    }
  }

  /** A generator that could not keep up says so beside the results. */
  private void sayIfNotTrusted(List<String> warnings) {
    warnings.forEach(warning -> log.lines(Level.WARNING, warning));
    if (runner instanceof MasterRunner master && master.workerCpuWarned()) {
      log.warning("CPU usage threshold was exceeded on workers during the test!");
    }
  }

  /**
   * What the script says about the exit code.
   *
   * @param wanted by user code; empty = it has not said
   * @param unhandled whether an exception of user code has gone unhandled
   */
  private record ScriptCode(Optional<Integer> wanted, boolean unhandled) {
    static final ScriptCode NONE = new ScriptCode(Optional.empty(), false);
  }

  private int exitCode(Ending.Reason reason, boolean complete, ScriptCode ofScript) {
    if (reason == Ending.Reason.FAILED) {
      return ExitCode.FAILED;
    }
    if (ofScript.wanted().isPresent()) {
      return ofScript.wanted().get();
    }
    if (!runner.stats().errors().isEmpty() || !runner.exceptions().rows().isEmpty()) {
      return options.exitCodeOnError();
    }
    if (runner.unhandledFailure() || ofScript.unhandled()) {
      return ExitCode.UNHANDLED;
    }
    return complete ? ExitCode.OK : ExitCode.FAILED;
  }
}
