package io.katydid.app;

/** What is known of the terminal: the launcher passes its width on. */
final class Terminal {
  private Terminal() {}

  /** Columns of the terminal on standard error, 0 if there is none. */
  static int columns() {
    return Integer.getInteger("katydid.columns", 0);
  }
}
