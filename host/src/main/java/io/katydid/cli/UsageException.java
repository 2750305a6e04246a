package io.katydid.cli;

/**
 * The user asked for something that cannot be done. Carries the sentence to print and the exit code; never a bug of
 * ours, so it has no stack trace.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit code of a wrong command line. */
  public static final int WRONG_COMMAND_LINE = 2;
  /** Exit code of a right command line that cannot be followed. */
  public static final int FAILED = 1;

  private final int exitCode;
  private final boolean named;

  private UsageException(String message, int exitCode, boolean named) {
    super(message, null, false, false);
    this.exitCode = exitCode;
    this.named = named;
  }

  /** A wrong command line: printed behind the program's name, exit code 2. */
  public static UsageException usage(String message) {
    return new UsageException(message, WRONG_COMMAND_LINE, true);
  }

  /** A wrong value of one option; {@code names} is all its spellings joined with a slash. */
  public static UsageException argument(String names, String message) {
    return usage("argument " + names + ": " + message);
  }

  /** A sentence printed as it is, with this exit code. */
  public static UsageException plain(String message, int exitCode) {
    return new UsageException(message, exitCode, false);
  }

  public int exitCode() {
    return exitCode;
  }

  /** What goes to standard error, without the last line end. */
  public String text(String program) {
    return named ? program + ": error: " + getMessage() : getMessage();
  }
}
