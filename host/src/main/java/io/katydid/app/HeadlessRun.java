package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.runner.Runner;
import io.katydid.script.Script;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run without a web UI: starts at once, ends by itself, prints its results. Main thread. */
final class HeadlessRun {
  private final Script script;
  private final Options options;
  private final Runner runner;
  private final Ending ending;
  private final Log log;
  private final Results results;

  HeadlessRun(
      Script script, Options options, Logging logging, Runner runner, Ending ending, PrintStream out) {
    this.script = script;
    this.options = options;
    this.runner = runner;
    this.ending = ending;
    this.log = logging.log("locust.main");
    this.results = new Results(options, logging, runner, out);
  }

  int run() {
    results.begin(true);
    start();
    Ending.Reason reason = waitForEnd();
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
    runner.quit();
    script.fire("quitting", Map.of());
    int code = exitCode(reason);
    log.info("Shutting down (exit code " + code + ")");
    results.end();
    script.fire("quit", Map.of("exit_code", code));
    return code;
  }

  private void start() {
    if (options.autostart()) {
      log.info("The --autostart argument is implied by --headless, no need to set both.");
    }
    if (runner.shape() != null) {
      runner.onShapeEnd(() -> ending.report(Ending.Reason.SHAPE));
      runner.startShape();
      return;
    }
    if (options.runTimeSeconds().isPresent()) {
      log.info("Run time limit set to " + options.runTimeSeconds().getAsInt() + " seconds");
    } else {
      log.info("No run time limit set, use CTRL+C to interrupt");
    }
    runner.start(options.users().orElse(1), options.spawnRate().orElse(1), null);
  }

  private Ending.Reason waitForEnd() {
    if (runner.shape() != null && !script.shapeUsesCommonOptions(runner.shape()) || options.runTimeSeconds().isEmpty()) {
      return ending.await();
    }
    try {
      Ending.Reason reason = ending.await(TimeUnit.SECONDS.toNanos(options.runTimeSeconds().getAsInt()));
      return reason == null ? Ending.Reason.RUN_TIME : reason;
    } catch (InterruptedException e) {
      return Ending.Reason.INTERRUPTED;
    }
  }

  private int exitCode(Ending.Reason reason) {
    if (script.exitCode().isPresent()) {
      return script.exitCode().get();
    }
    if (reason == Ending.Reason.FAILED) {
      return ExitCode.FAILED;
    }
    if (!runner.stats().errors().isEmpty() || !runner.exceptions().rows().isEmpty()) {
      return options.exitCodeOnError();
    }
    return script.unhandledException() ? ExitCode.UNHANDLED : ExitCode.OK;
  }
}
