package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.cli.Version;
import io.katydid.cluster.ClusterTimes;
import io.katydid.cluster.WorkerRun;
import io.katydid.cluster.WorkerSettings;
import io.katydid.health.HealthMonitor;
import io.katydid.log.Logging;
import io.katydid.runner.Node;
import io.katydid.runner.RunClock;
import io.katydid.runner.WorkerRunner;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The workers of one process: one interpreter and one connection to the master each. One with `--worker`, N with
 * `--processes N`. Made, run and closed by the main thread.
 */
final class WorkerGroup implements AutoCloseable {
  private static final int NODE_SECONDS_AT_END = 10;
  private static final long MILLIS_FOR_LAST_REPORTS = 1_000;

  private record Member(Script script, WorkerRunner runner, boolean ownsScript) {}

  private final List<Member> members = new ArrayList<>();
  private final Options options;
  private final Logging logging;
  private final Ending ending;
  private boolean connected;

  private WorkerGroup(Options options, Logging logging, Ending ending) {
    this.options = options;
    this.logging = logging;
    this.ending = ending;
  }

  /**
   * Loads the interpreters and makes the workers; they do not connect yet.
   *
   * @param first the interpreter that is loaded already and serves as the first worker; its owner closes it
   */
  static WorkerGroup create(
      ScriptLoader loader,
      ScriptLoader.Loaded first,
      Logging logging,
      ClusterTimes times,
      int number,
      HealthMonitor health,
      Ending ending)
      throws ScriptException {
    List<ScriptLoader.Loaded> all = new ArrayList<>(List.of(first));
    while (all.size() < number) {
      ScriptLoader.Loaded loaded = ReloadingScript.load(loader);
      TestRun.prepare(loaded.script(), loaded.options());
      all.add(loaded);
    }
    WorkerGroup group = new WorkerGroup(first.options(), logging, ending);
    AtomicInteger running = new AtomicInteger(number);
    for (ScriptLoader.Loaded loaded : all) {
      group.add(loaded, loaded != first, times, health, running);
    }
    return group;
  }

  private void add(
      ScriptLoader.Loaded loaded,
      boolean ownsScript,
      ClusterTimes times,
      HealthMonitor health,
      AtomicInteger running)
      throws ScriptException {
    String master = options.text("master_host") + ":" + options.integer("master_port");
    WorkerSettings settings =
        new WorkerSettings(
            NodeId.create(), Version.LOCUST, master, WorkerSettings.LOG_INTERVAL_SECONDS,
            times.waitBeforeReady());
    Set<String> builtIn = Set.copyOf(loaded.options().values().keySet());
    RequestStats stats = new RequestStats(false, Clock.now(), logging.log("locust.runners")::warning);
    WorkerRunner runner =
        new WorkerRunner(
            new Node(loaded.script(), stats, new ExceptionTable(), logging, settings.clientId(), RunClock.ofSystem()),
            new WorkerRunner.Setup(settings, options.flag("reset_stats"), builtIn, new OwnProcess(health)));
    runner.stopTimeout(Duration.ofSeconds(options.stopTimeoutSeconds()));
    runner.onQuit(
        () -> {
          if (running.decrementAndGet() == 0) {
            ending.report(Ending.Reason.QUIT);
          }
        });
    loaded.script().init(runner);
    if (options.flag("equal_weights")) {
      loaded.script().equalWeights();
    }
    if (loaded.script() instanceof ReloadingScript script) {
      script.begin(options, logging, next -> {});
    }
    if (ownsScript) {
      health.alsoCount(loaded.script()::pythonWaitMillis);
    }
    members.add(new Member(loaded.script(), runner, ownsScript));
  }

  /** The workers' ids on the wire. */
  Set<String> ids() {
    return members.stream().map(member -> member.runner().clientId()).collect(Collectors.toUnmodifiableSet());
  }

  /** The workers' interpreters: code is compiled for each of them. */
  List<Script> scripts() {
    return members.stream().map(Member::script).toList();
  }

  /** Announces all workers to a master. */
  void connect(String host, int port) {
    connected = true;
    members.forEach(member -> member.runner().connect(host, port));
    scripts().forEach(script -> TestRun.warmUpWhileIdle(script, options, logging.log("locust.main")));
  }

  /** Works until the master, a signal or user code ends it; the exit code. */
  int runToEnd(ForcedEnd forcedEnd) {
    forcedEnd.of(
        scripts(),
        members.getFirst().runner(), // one master says the same to all
        logging.log("locust.main"),
        () -> {
          leaveAtOnce();
          return ExitCode.OK;
        });
    members.forEach(member -> member.runner().onQuitting(forcedEnd::begin));
    try (this) {
      connect(options.text("master_host"), options.integer("master_port"));
      Ending.Reason reason = ending.await();
      forcedEnd.begin();
      if (reason == Ending.Reason.TERMINATED) {
        logging.log("locust.main").info("Got SIGTERM signal");
      }
      members.forEach(member -> member.runner().orderQuit()); // all at the same time
      members.forEach(member -> member.runner().quit());
      return fireLastEvents(true);
    }
  }

  /** Sends what has been counted and says good-bye, without Python, and gives that a moment to go out. */
  void leaveAtOnce() {
    members.forEach(member -> member.runner().leaveAtOnce());
    try {
      Thread.sleep(MILLIS_FOR_LAST_REPORTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end of workers whose master, in this process, has told them to quit. */
  void end() {
    awaitQuit();
    fireLastEvents(false);
  }

  private int fireLastEvents(boolean logged) {
    members.forEach(member -> member.script().fire("quitting", Map.of()));
    int code = exitCode();
    if (logged) {
      logging.log("locust.main").info("Shutting down (exit code " + code + ")");
    }
    members.forEach(member -> member.script().fire("quit", Map.of("exit_code", code)));
    return members.stream().flatMap(member -> member.script().exited().stream()).findFirst().orElse(code);
  }

  private void awaitQuit() {
    if (!connected) {
      return; // nobody has told them anything
    }
    try {
      for (Member member : members) {
        member.runner().awaitQuit(Duration.ofSeconds(NODE_SECONDS_AT_END));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int exitCode() {
    for (Member member : members) {
      if (member.runner().end().orElse(null) == WorkerRun.End.NO_MASTER) {
        return ExitCode.NO_MASTER;
      }
      if (member.script().exitCode().isPresent()) {
        return member.script().exitCode().get();
      }
    }
    return members.stream().anyMatch(member -> member.script().unhandledException())
        ? ExitCode.UNHANDLED
        : ExitCode.OK;
  }

  /** Waits a little for workers that a master has told to quit, then frees everything. */
  @Override
  public void close() {
    awaitQuit();
    for (Member member : members) {
      member.runner().close();
      if (member.ownsScript()) {
        member.script().close();
      }
    }
  }
}
