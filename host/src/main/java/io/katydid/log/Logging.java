package io.katydid.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/**
 * All logging of one process (spec cli.md section 4): decides what is shown, formats it and writes it to standard error
 * or the log file, and keeps the last 500 records. Made once by the wiring; every method may be called by any thread
 * and none throws.
 */
public final class Logging implements AutoCloseable {
  /** The logger whose records are the statistics tables: bare text, always shown, always on standard error. */
  public static final String STATS_LOGGER = "locust.stats_logger";

  /**
   * What the command line says about logging.
   *
   * @param level lines below it are dropped
   * @param logfile where the lines go instead of standard error, or null
   * @param skipSetup {@code --skip-log-setup}: warnings and errors as bare text, no tables, nothing kept
   */
  public record Settings(Level level, Path logfile, boolean skipSetup) {
    /** Locust's defaults. */
    public static Settings standard() {
      return new Settings(Level.INFO, null, false);
    }
  }

  /** Its lines are about requests to the web UI, which anybody may send. */
  private static final String WEB_LOGGER = "locust.web";

  /** A cluster of 1,000 workers may come and go within a minute. */
  private static final int PEER_LINES_AT_ONCE = 3_000;
  private static final int PEER_LINES_PER_MINUTE = 600;
  private static final int WEB_LINES_AT_ONCE = 300;
  private static final int WEB_LINES_PER_MINUTE = 60;
  private static final int LONGEST_PEER_LINE = 10_000;

  private volatile boolean skipSetup;
  private volatile LineSink lines;
  private final LineSink tables;
  private final LineFormat format;
  private final InstantSource clock;
  private final LineBudget peerLines = new LineBudget(PEER_LINES_AT_ONCE, PEER_LINES_PER_MINUTE);
  private final LineBudget webLines = new LineBudget(WEB_LINES_AT_ONCE, WEB_LINES_PER_MINUTE);
  private final RecentLines recent = new RecentLines(RecentLines.LOCUST_CAPACITY);
  private volatile Level level;

  private Logging(Settings settings, LineSink lines, LineSink tables, LineFormat format, InstantSource clock) {
    this.skipSetup = settings.skipSetup();
    this.level = settings.skipSetup() ? Level.WARNING : settings.level();
    this.lines = lines;
    this.tables = tables;
    this.format = format;
    this.clock = clock;
  }

  /**
   * Opens the log of this process: standard error, this machine's name, local time.
   *
   * @throws IOException when the log file cannot be opened, with a sentence for the user
   */
  public static Logging open(Settings settings) throws IOException {
    return open(settings, StreamSink.standardError(), new LineFormat(HostName.local(), ZoneId.systemDefault()),
        InstantSource.system());
  }

  /** The same with every outside thing given, for tests. */
  public static Logging open(Settings settings, LineSink standardError, LineFormat format, InstantSource clock)
      throws IOException {
    LineSink lines = settings.logfile() == null || settings.skipSetup()
        ? standardError
        : StreamSink.file(settings.logfile());
    return new Logging(settings, lines, standardError, format, clock);
  }

  /** The logger of this name. Loggers hold no state, so asking twice is fine. */
  public Log log(String name) {
    return new Log(name, this);
  }

  /** The same for lines that other processes can cause or whose words are in them. */
  public Log peerLog(String name) {
    return new Log(name, this, true);
  }

  /** True when a record of this logger and level is shown. */
  public boolean shows(String logger, Level recordLevel) {
    if (logger.equals(STATS_LOGGER)) {
      return !skipSetup && recordLevel.reaches(Level.INFO);
    }
    return recordLevel.reaches(level);
  }

  /**
   * Writes a record if its level is shown. Nothing in it acts on a terminal, but it may have several lines: that is for
   * this process's own words and those of its locustfile.
   */
  public void write(Level recordLevel, String logger, String message) {
    if (!shows(logger, recordLevel)) {
      return;
    }
    boolean web = logger.equals(WEB_LOGGER) && !recordLevel.equals(Level.INFO);
    String admitted = web ? webLines.admit(shortened(message), System.nanoTime()) : message;
    if (admitted != null) {
      put(recordLevel, logger, Visible.text(admitted));
    }
  }

  /**
   * Writes a record about another process or with words of one: one line of bounded length, and not too many.
   *
   * @param trace lines to follow, of this process; "" if there are none
   */
  void writeOfPeers(Level recordLevel, String logger, String message, String trace) {
    if (!shows(logger, recordLevel)) {
      return;
    }
    String line = Visible.line(shortened(message));
    // Whoever wants to see every message has asked for that.
    String admitted = recordLevel == Level.DEBUG ? line : peerLines.admit(line, System.nanoTime());
    if (admitted != null) {
      put(recordLevel, logger, trace.isEmpty() ? admitted : Visible.text(admitted + "\n" + trace));
    }
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_PEER_LINE ? message : message.substring(0, LONGEST_PEER_LINE) + "...";
  }

  private void put(Level recordLevel, String logger, String message) {
    if (skipSetup) {
      lines.write(message);
    } else if (logger.equals(STATS_LOGGER)) {
      recent.add(message);
      tables.write(message);
    } else {
      String line = format.line(clock.instant(), recordLevel, logger, message);
      recent.add(line);
      lines.write(line);
    }
  }

  /** One line of a statistics table. */
  public void table(String line) {
    write(Level.INFO, STATS_LOGGER, line);
  }

  /**
   * Sets up what {@code --skip-log-setup} has left alone: from now on lines of this level are written as Locust does.
   *
   * @param logfile where the lines go instead of standard error, or null
   * @throws IOException when the log file cannot be opened, with a sentence for the user
   */
  public synchronized void setUp(Level newLevel, Path logfile) throws IOException {
    LineSink target = logfile == null ? tables : StreamSink.file(logfile);
    close();
    lines = target;
    level = newLevel;
    skipSetup = false;
  }

  /** Changes the level from now on, as Python's {@code logging.getLogger().setLevel} would. */
  public void setLevel(Level newLevel) {
    level = newLevel;
  }

  public Level level() {
    return level;
  }

  /** The last 500 records as they were written, oldest first. */
  public List<String> recent() {
    return recent.all();
  }

  /** Records that could not be written: disk full, pipe closed. */
  public long lost() {
    return lines == tables ? lines.lost() : lines.lost() + tables.lost();
  }

  /** Closes the log file. What is logged later is counted as lost. */
  @Override
  public void close() {
    if (lines != tables) {
      lines.close();
    }
  }
}
