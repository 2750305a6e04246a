package io.katydid.app;

/** Locust's exit codes (cli.md section 2, "Exit codes"). */
public final class ExitCode {
  public static final int OK = 0;
  /** File errors, no user classes, workers that do not come; also failed requests unless the command line says otherwise. */
  public static final int FAILED = 1;
  /** Wrong command line, or an unhandled exception in user code without any failed request. */
  public static final int UNHANDLED = 2;
  /** Contradictory roles, bad --config-users, a worker that found no master. */
  public static final int NO_MASTER = 255;

  private ExitCode() {}
}
