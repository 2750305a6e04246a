package io.katydid.console;

import io.katydid.script.ScriptPages;
import io.katydid.stats.ReportedPercentiles;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a web UI may ask of a run. Implemented once, on the runners; a few lines of Java in tests.
 *
 * <p>Every method may be called from any thread, several at once. Methods that change something post to the runner's
 * thread and say whether they wait. Nothing here throws for a state the run happens to be in (`ready`, `stopped`): such
 * calls simply do nothing.
 */
public interface TestConsole {

  /**
   * What is known before a run starts: file, classes, options. Asks the script, which may be busy: for pages and
   * downloads, not for live data.
   */
  TestSetup setup();

  /** Which percentiles the locustfile wants to see where; the same during the whole life of the process. */
  ReportedPercentiles percentiles();

  /** State, users and workers at this moment. Cheap; read every second. */
  RunStatus status();

  /** A consistent copy of rows and failures. Not cheap with thousands of rows: callers cache it. */
  StatsSnapshot stats(StatsDetail detail);

  /** The sum row alone, for charts: cheap however many rows there are. */
  StatsSnapshot.Row total(StatsDetail detail);

  /** The sum of some rows, with their percentiles. Costs more the more rows there are: callers cache it. */
  StatsSnapshot.Row sum(Collection<StatsSnapshot.Row> rows, StatsDetail detail);

  /** One row alone, or null if there are no such requests. */
  StatsSnapshot.Row row(String method, String name, StatsDetail detail);

  /** Seconds since 1970 on the clock that all times here are of; it is not set while a test runs. */
  default double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  /** Recent points of this test, run boundaries and notes. */
  RunTimeline timeline();

  /**
   * The chart points of Locust's pages, one every five seconds of a run, as maps of `StatsTrees.historyRow`. A report
   * wants one more point of the moment it is made; {@code now} asks for that.
   */
  List<Map<String, Object>> history(boolean now);

  /** The generators' own health: late wake-ups, CPU, collector pauses, with a verdict. */
  GeneratorHealth health();

  /**
   * Why this process cannot do its work any more until it is started again, as a sentence: a master that hears no workers.
   * Null as long as nothing of the kind is known. Cheap, and never waits for a run.
   */
  default String whyNotLive() {
    return null;
  }

  /** Exceptions raised by users' code, in order of first arrival. */
  List<ScriptError> exceptions();

  /** Log lines of this process and of the workers, at most 500 each, oldest first. */
  LogLines logs();

  /**
   * The ratio of classes and tasks among the users now running, as `/tasks` answers it: {@code {"per_class": {...},
   * "total": {...}}}, nested maps with Double ratios.
   */
  Map<String, Object> tasks();

  /** As {@link #tasks}, with the users of the last moment at which there were any: for the report of an ended run. */
  default Map<String, Object> finalTasks() {
    return tasks();
  }

  /** The workers as they last were while there were any: for the report of an ended run, whose workers have left. */
  default List<RunStatus.Worker> finalWorkers() {
    return status().workers();
  }

  /** True if the option is known, whatever its value. */
  boolean hasOption(String dest);

  /** The option's value: null, Boolean, Long, Double, String or a List of these. */
  Object option(String dest);

  /** Replaces an option's value for this and later runs; workers get it with the next spawn message. */
  void setOption(String dest, Object value);

  /**
   * Starts a run, or changes the number of users of a running one. Returns before the users exist. Cancels a run-time
   * limit that was set before and sets the new one, if any.
   */
  void start(StartOrder order);

  /** Stops the run and waits until its users are gone. */
  void stop();

  /** Seconds until the time limit ends the run; empty if it has none. */
  default OptionalDouble secondsLeft() {
    return OptionalDouble.empty();
  }

  /** The name of the load shape that runs, or that a start would run; null = none. Cheap; read every second. */
  default String shape() {
    return null;
  }

  /** Sets all statistics to zero in place, fires `reset_stats` and marks the timeline. */
  void resetStats();

  /**
   * Changes a user class here and on all workers.
   *
   * @param name the class's name
   * @param attributes every key is set as attribute; `tasks` filters the original tasks by name
   * @throws UnknownUserClassException if there is no such class
   */
  void editUserClass(String name, Map<String, Object> attributes) throws UnknownUserClassException;

  /**
   * Writes one of the CSV files, headers first, lines ending with CRLF.
   *
   * @throws TooLargeException if it has grown beyond what can be sent
   */
  void writeCsv(CsvKind kind, Appendable out) throws IOException;

  /** The locustfile's own routes, tabs and login form. */
  ScriptPages pages();

  /** Writes one line to the run's log. Levels are Locust's names: DEBUG, INFO, WARNING, ERROR. */
  void log(String level, String logger, String message);

  /** The CSV downloads; the file name part is the last word of the downloaded file's name. */
  enum CsvKind {
    REQUESTS("requests"),
    FAILURES("failures"),
    EXCEPTIONS("exceptions"),
    FULL_HISTORY("requests_full_history");

    private final String fileNamePart;

    CsvKind(String fileNamePart) {
      this.fileNamePart = fileNamePart;
    }

    public String fileNamePart() {
      return fileNamePart;
    }
  }

  /**
   * One kind of exception from users' code.
   *
   * @param count how often
   * @param message its text
   * @param traceback as Python prints it
   * @param nodes worker ids joined with ", ", or `local`
   */
  record ScriptError(long count, String message, String traceback, String nodes) {}

  /**
   * @param master this process's lines
   * @param workers lines by worker id
   */
  record LogLines(List<String> master, Map<String, List<String>> workers) {}

  /** What was asked for is too large to be sent; the message is a sentence for the user. */
  final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    public TooLargeException(String sentence) {
      super(sentence);
    }
  }

  /** There is no user class of that name; the name is the message. */
  final class UnknownUserClassException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownUserClassException(String name) {
      super(name);
    }
  }
}
