package io.katydid.script;

/**
 * The script cannot be used as it is: missing file, syntax error, missing package, wrong class. The message is meant
 * for the user and complete; the exit code is Locust's.
 */
public final class ScriptException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  public ScriptException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
