package io.katydid.log;

import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Brings what libraries log through {@code java.util.logging} (and, with slf4j's binding for it, through slf4j) into
 * our log. Only warnings and errors: a load generator's user has no use for a library's chatter. Installed once by the
 * wiring; called by whatever thread the library logs on.
 */
public final class LibraryLogs extends Handler {
  private static final int SEVERE = java.util.logging.Level.SEVERE.intValue();
  private static final int WARNING = java.util.logging.Level.WARNING.intValue();

  private final Logging logging;
  private final SimpleFormatter text = new SimpleFormatter();

  private LibraryLogs(Logging logging) {
    this.logging = logging;
  }

  /** Replaces the handlers of {@code java.util.logging}'s root by one that writes to {@code logging}. */
  public static void routeTo(Logging logging) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(java.util.logging.Level.WARNING);
    root.addHandler(new LibraryLogs(logging));
  }

  @Override
  public void publish(LogRecord record) {
    int value = record.getLevel().intValue();
    if (value < WARNING) {
      return;
    }
    Level level = value >= SEVERE ? Level.ERROR : Level.WARNING;
    String name = record.getLoggerName() == null ? "root" : record.getLoggerName();
    String message = text.formatMessage(record);
    if (record.getThrown() != null) {
      message = message + ": " + record.getThrown();
    }
    // Servers and browsers can make a library complain.
    logging.writeOfPeers(level, name, message, "");
  }

  @Override
  public void flush() {
    // Every record is flushed when it is written.
  }

  @Override
  public void close() {
    // The log belongs to the wiring, which closes it.
  }
}
