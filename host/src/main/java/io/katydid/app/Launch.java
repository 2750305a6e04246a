package io.katydid.app;

import io.katydid.cli.CommandLine;
import io.katydid.cli.EarlyOptions;
import io.katydid.cli.HelpText;
import io.katydid.cli.LocustfileDownload;
import io.katydid.cli.LocustfilePaths;
import io.katydid.cli.Options;
import io.katydid.cli.UsageException;
import io.katydid.cli.Version;
import io.katydid.cluster.ClusterTimes;
import io.katydid.log.Level;
import io.katydid.log.LibraryLogs;
import io.katydid.log.Logging;
import io.katydid.log.Visible;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptHost;
import io.katydid.script.ThreadKind;
import io.katydid.script.UserClass;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * One start of the program, from the words of the command line to the exit code (cli.md section 1). Runs on the main
 * thread.
 */
public final class Launch {
  private static final int HELP_COLUMNS = 80;
  private final String program;
  private final List<String> args;
  private final Map<String, String> env;
  private final Path cwd;
  private final Path home;
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<ScriptHost> hosts;
  private final IntConsumer halt;

  /**
   * @param env the user's variables
   * @param hosts asked once, when the command line is known to be right
   * @param halt ends the process at once with an exit code, when the run cannot come to its end
   */
  public Launch(
      String program,
      List<String> args,
      Map<String, String> env,
      Path cwd,
      Path home,
      PrintStream out,
      PrintStream err,
      Supplier<ScriptHost> hosts,
      IntConsumer halt) {
    this.program = program;
    this.args = args;
    this.env = env;
    this.cwd = cwd;
    this.home = home;
    this.out = out;
    this.err = err;
    this.hosts = hosts;
    this.halt = halt;
  }

  /** What users run on, where the command line does not say. */
  public static ThreadKind threads(Map<String, String> env) {
    return ThreadKind.of(env.get("KATYDID_USER_THREADS"));
  }

  /** The process's exit code. */
  public int run() {
    try {
      return start();
    } catch (UsageException e) {
      err.println(Visible.text(e.text(program)));
      return e.exitCode();
    } catch (ScriptException e) {
      err.println(Visible.text(e.getMessage()));
      return e.exitCode();
    } catch (IOException e) {
      err.println(Visible.text(program + ": error: " + e.getMessage()));
      return ExitCode.FAILED;
    }
  }

  private int start() throws ScriptException, IOException {
    CommandLine commandLine = new CommandLine(args, env, cwd, home);
    EarlyOptions early = commandLine.early();
    if (early.help()) {
      out.print(HelpText.of(program, HELP_COLUMNS, List.of()));
      return ExitCode.OK;
    }
    if (early.version()) {
      out.println(Version.line(program));
      return ExitCode.OK;
    }
    try (DownloadFolder downloads = new DownloadFolder()) {
      List<Path> files = locustfiles(early, downloads);
      // Checks everything but the locustfile's own options before the interpreter is started.
      commandLine.check();
      return load(commandLine, early, files);
    }
  }

  private int load(CommandLine commandLine, EarlyOptions early, List<Path> files) throws ScriptException, IOException {
    List<String> words = new ArrayList<>(args);
    words.addFirst(program);
    Signals.endAtOnce();
    ScriptLoader loader;
    ScriptLoader.Loaded loaded;
    try (LoadingNotice notice = LoadingNotice.about(program, files, err)) {
      ScriptHost.Request request =
          new ScriptHost.Request(cwd, files, ThreadKind.of(early.userThreads()), words, env, notice::now);
      loader = new ScriptLoader(hosts.get(), request, commandLine);
      loaded = ReloadingScript.load(loader);
    }
    // Closed last: what frees the interpreter needs it as well.
    try (ForcedEnd forcedEnd = new ForcedEnd(halt, cwd);
        Script script = loaded.script()) {
      Options options = loaded.options();
      options.warnings().forEach(err::println);
      Path logfile = options.logFile() == null ? null : cwd.resolve(options.logFile());
      try (Logging logging =
          Logging.open(new Logging.Settings(Level.named(options.logLevel()), logfile, options.skipLogSetup()))) {
        LibraryLogs.routeTo(logging);
        return started(loader, loaded, logging, forcedEnd);
      }
    }
  }

  private ClusterTimes clusterTimes() {
    try {
      return ClusterTimes.of(env);
    } catch (IllegalArgumentException e) {
      throw UsageException.plain(e.getMessage(), ExitCode.FAILED);
    }
  }

  private List<Path> locustfiles(EarlyOptions early, DownloadFolder downloads) throws IOException {
    LocustfilePaths found =
        LocustfilePaths.find(early, cwd, address -> new LocustfileDownload(downloads.path()).fetch(address));
    return found.fromMaster()
        ? new MastersLocustfiles(early.masterHost(), early.masterPort(), downloads.path(), err).fetch()
        : found.files();
  }

  private int started(ScriptLoader loader, ScriptLoader.Loaded loaded, Logging logging, ForcedEnd forcedEnd)
      throws ScriptException, IOException {
    Options options = loaded.options();
    Script script = loaded.script();
    logging.log("locust.main").info("Starting Locust " + Version.LOCUST + " (Katydid " + Version.KATYDID + ")");
    if (options.master() && options.worker()) {
      logging.log("locust.main").error("The --master argument cannot be combined with --worker");
      return ExitCode.NO_MASTER;
    }
    List<UserClass> classes = script.userClasses();
    if (options.flag("list_commands")) {
      out.println("Available Users:");
      classes.forEach(userClass -> out.println("    " + userClass.name()));
      return ExitCode.OK;
    }
    Optional<String> problem = ScriptLoader.problemWithClasses(classes, options);
    if (problem.isPresent()) {
      logging.log("locust.main").error(problem.get());
      return ExitCode.FAILED;
    }
    return new TestRun(loader, loaded, logging, clusterTimes(), cwd, out, forcedEnd).run();
  }
}
