package io.katydid.app;

import io.katydid.log.Level;
import io.katydid.log.LibraryLogs;
import io.katydid.log.Logging;
import io.katydid.log.Visible;
import io.katydid.script.ScriptHost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a Python program (`katydid python FILE`) from its words to its exit code. Main thread. */
public final class ProgramLaunch {
  private final String program;
  private final List<String> words;
  private final Map<String, String> env;
  private final Path cwd;
  private final Path home;
  private final PrintStream out;
  private final PrintStream err;

  public ProgramLaunch(
      String program,
      List<String> words,
      Map<String, String> env,
      Path cwd,
      Path home,
      PrintStream out,
      PrintStream err) {
    this.program = program;
    this.words = words;
    this.env = env;
    this.cwd = cwd;
    this.home = home;
    this.out = out;
    this.err = err;
  }

  /** The process's exit code. */
  public int run() {
    try (Logging logging = Logging.open(new Logging.Settings(Level.WARNING, null, true));
        ProgramRuns runs = new ProgramRuns(program, env, cwd, home, logging, out)) {
      LibraryLogs.routeTo(logging);
      return ScriptHost.find().run(new ScriptHost.Program(words, Launch.threads(env)), runs);
    } catch (IOException e) {
      err.println(Visible.text(program + ": error: " + e.getMessage()));
      return ExitCode.FAILED;
    }
  }
}
