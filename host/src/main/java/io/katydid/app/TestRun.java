package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.report.TaskRatioReport;
import io.katydid.runner.LocalRunner;
import io.katydid.runner.Runner;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.UserClass;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One run of a loaded script in the role the command line asks for, from the runner's creation to the exit code. Runs
 * on the main thread.
 */
final class TestRun {
  private final Script script;
  private final Options options;
  private final Logging logging;
  private final Map<String, String> env;
  private final PrintStream out;
  private final Log log;
  private final Ending ending = new Ending();

  TestRun(Script script, Options options, Logging logging, Map<String, String> env, PrintStream out) {
    this.script = script;
    this.options = options;
    this.logging = logging;
    this.env = env;
    this.out = out;
    this.log = logging.log("locust.main");
  }

  int run() throws ScriptException {
    for (List<Map<String, Object>> changes : options.configUsers()) {
      for (Map<String, Object> change : changes) {
        script.updateUserClass(change);
      }
    }
    if (options.host() != null) {
      script.setHost(options.host());
    }
    script.filterTags(options.tags(), options.excludeTags());
    if (options.flag("show_task_ratio") || options.flag("show_task_ratio_json")) {
      return showTaskRatio();
    }
    List<String> shapes = script.shapes();
    warnAboutIgnoredOptions(shapes);
    Signals.report(ending);
    RequestStats stats = new RequestStats(true, Clock.now(), warning -> log.warning(warning));
    ExceptionTable exceptions = new ExceptionTable();
    try (Runner runner =
        new LocalRunner(
            script, stats, exceptions, logging, NodeId.create(), options.flag("reset_stats"), Clock::now)) {
      runner.stopTimeout(Duration.ofSeconds(options.stopTimeoutSeconds()));
      runner.useShape(shapes.isEmpty() ? null : shapes.getFirst());
      runner.onQuit(() -> ending.report(Ending.Reason.QUIT));
      script.init(runner);
      if (options.flag("equal_weights")) {
        script.equalWeights();
      }
      return new HeadlessRun(script, options, logging, runner, ending, out).run();
    }
  }

  private int showTaskRatio() {
    List<UserClass> classes = script.userClasses();
    int users = options.users().orElse(-1);
    out.print(
        options.flag("show_task_ratio_json")
            ? TaskRatioReport.json(classes, users)
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
    List<String> given =
        Map.of("num_users", "--users", "run_time", "--run-time", "spawn_rate", "--spawn-rate").entrySet().stream()
            .filter(option -> options.isGiven(option.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    if (!given.isEmpty()) {
      log.warning(
          "--run-time, --users or --spawn-rate have no impact on LoadShapes unless the shape class explicitly reads "
              + "them. See: docs.locust.io/en/stable/custom-load-shape.html#use-common-options");
      log.warning("The following option(s) will be ignored: " + String.join(", ", given));
    }
  }

}
