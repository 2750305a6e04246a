package io.katydid.log;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One named logger. Cheap to make, safe for any thread, never throws. */
public final class Log {
  private final String name;
  private final Logging logging;

  Log(String name, Logging logging) {
    this.name = name;
    this.logging = logging;
  }

  /** The logger's name, such as {@code locust.main}. */
  public String name() {
    return name;
  }

  /** True when a line of this level would be shown: ask before building an expensive message. */
  public boolean shows(Level level) {
    return logging.shows(name, level);
  }

  public void debug(String message) {
    logging.write(Level.DEBUG, name, message);
  }

  public void info(String message) {
    logging.write(Level.INFO, name, message);
  }

  public void warning(String message) {
    logging.write(Level.WARNING, name, message);
  }

  public void error(String message) {
    logging.write(Level.ERROR, name, message);
  }

  public void critical(String message) {
    logging.write(Level.CRITICAL, name, message);
  }

  /** An error of our own: the message and the stack trace below it. */
  public void error(String message, Throwable cause) {
    if (shows(Level.ERROR)) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      logging.write(Level.ERROR, name, message + "\n" + trace);
    }
  }

  /** A line whose level is only known at run time. */
  public void at(Level level, String message) {
    logging.write(level, name, message);
  }
}
