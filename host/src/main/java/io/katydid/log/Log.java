package io.katydid.log;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One named logger. Cheap to make, safe for any thread, never throws. A message is one line, whatever names and reasons are
 * in it ({@link Visible}), except in {@link #lines}.
 */
public final class Log {
  private final String name;
  private final Logging logging;
  private final boolean ofPeers;

  Log(String name, Logging logging) {
    this(name, logging, false);
  }

  /** @param ofPeers its lines can be caused by other processes, or have words of theirs in them */
  Log(String name, Logging logging, boolean ofPeers) {
    this.name = name;
    this.logging = logging;
    this.ofPeers = ofPeers;
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
    write(Level.DEBUG, message);
  }

  public void info(String message) {
    write(Level.INFO, message);
  }

  public void warning(String message) {
    write(Level.WARNING, message);
  }

  public void error(String message) {
    write(Level.ERROR, message);
  }

  public void critical(String message) {
    write(Level.CRITICAL, message);
  }

  /** An error of our own: the message and the stack trace below it. */
  public void error(String message, Throwable cause) {
    if (shows(Level.ERROR)) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      if (ofPeers) {
        logging.writeOfPeers(Level.ERROR, name, message, trace.toString());
      } else {
        logging.write(Level.ERROR, name, Visible.line(message) + "\n" + trace);
      }
    }
  }

  /** A line whose level is only known at run time. */
  public void at(Level level, String message) {
    write(level, message);
  }

  /** A text of this process's own that may have several lines, as a script's error has. */
  public void lines(Level level, String text) {
    logging.write(level, name, text);
  }

  private void write(Level level, String message) {
    if (ofPeers) {
      logging.writeOfPeers(level, name, message, "");
    } else if (shows(level)) {
      logging.write(level, name, Visible.line(message));
    }
  }
}
