package io.katydid.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Answers what needs no locustfile: {@code --help}, {@code --version}, a wrong value, a missing file. The launcher runs
 * it in a small JVM before the big one, so that these answers come at once. It uses nothing outside this package.
 */
public final class QuickAnswers {
  /** Exit code for "nothing to answer here, start the program". Not an exit code Locust uses. */
  public static final int GO_ON = 89;
  private static final int DEFAULT_COLUMNS = 80;

  private final String program;
  private final PrintStream out;
  private final PrintStream err;

  /** {@code program} is the name the user called. */
  public QuickAnswers(String program, PrintStream out, PrintStream err) {
    this.program = program;
    this.out = out;
    this.err = err;
  }

  /** Answers and returns the process's exit code, or {@link #GO_ON}. */
  public int answer(List<String> args, Map<String, String> env, Path cwd, Path home) {
    CommandLine line = new CommandLine(args, env, cwd, home);
    try {
      EarlyOptions early = line.early();
      if (early.help()) {
        out.print(HelpText.of(program, columns(env), List.of()));
        return 0;
      }
      if (early.version()) {
        out.println(Version.line(program));
        return 0;
      }
      LocustfilePaths.find(early, cwd, QuickAnswers::later);
      line.check();
      return GO_ON;
    } catch (UsageException e) {
      err.println(e.text(program));
      return e.exitCode();
    }
  }

  private static Path later(URI address) throws IOException {
    return Path.of("fetched-later.py");
  }

  /** Of the variable, or as the launcher has found them. */
  private static int columns(Map<String, String> env) {
    try {
      return Integer.parseInt(env.getOrDefault("COLUMNS", System.getProperty("katydid.columns", "")));
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }

  /** Entry point of the small JVM. */
  public static void main(String[] args) {
    System.exit(ofProcess(List.of(args)));
  }

  /** As {@link #answer}, in the folder and environment of this process, on its standard output. */
  public static int ofProcess(List<String> args) {
    QuickAnswers answers = new QuickAnswers(System.getProperty("katydid.prog", "katydid"), System.out, System.err);
    return answers.answer(args, System.getenv(), Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home")));
  }
}
