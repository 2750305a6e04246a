package io.katydid.script;

import io.katydid.stats.RequestStats;
import java.util.List;
import java.util.Map;

/**
 * What a Python program that uses Locust as a library may ask for: its own runs, one at a time, and a web UI for the
 * present one. Implemented by the wiring; called by any thread of the program.
 */
public interface Library {
  /**
   * A run to be created.
   *
   * @param kind `local`, `master` or `worker`
   * @param stats where it counts
   * @param baseUrl `environment.host`, or null
   * @param locustfiles what a master hands to workers that have no file
   * @param resetStatsAfterRamp `environment.reset_stats`
   * @param address where a master listens, or where a worker finds its master; null for a local run
   * @param port the same
   */
  record NewRun(
      String kind,
      RequestStats stats,
      String baseUrl,
      List<String> locustfiles,
      boolean resetStatsAfterRamp,
      String address,
      int port) {}

  /** Options as read from words: the built-in ones as values, the program's own as the words that were given. */
  record ReadOptions(Map<String, Object> values, List<Script.GivenWords> custom) {}

  /**
   * Reads a command line, the environment and the config files.
   *
   * @param customOptions the program's own options, as in {@link Script#customOptions}
   * @throws ScriptException if the words cannot be used
   */
  ReadOptions readOptions(List<String> words, List<Map<String, Object>> customOptions) throws ScriptException;

  /** The values of all built-in options when nobody has set any. */
  Map<String, Object> defaultOptions();

  /**
   * Creates a run; nothing starts yet.
   *
   * @param onQuit called once when it has been quit
   * @throws ScriptException if another run is not over, or a master cannot listen
   */
  RunControl create(NewRun order, Script script, Runnable onQuit) throws ScriptException;

  /**
   * Serves the web UI of the present run.
   *
   * @param words options of the web UI, as on the command line
   * @return the port
   * @throws ScriptException if there is no run or it cannot be served
   */
  int startWeb(List<String> words) throws ScriptException;

  /** Ends the web UI, if there is one. */
  void stopWeb();

  /**
   * From now on lines of this level are logged as Locust does; before, only warnings and errors, as bare text.
   *
   * @param logfile where they go instead of standard error, or null
   * @throws ScriptException for an unknown level or a file that cannot be written
   */
  void setUpLogging(String level, String logfile) throws ScriptException;

  /** A log line; levels are Python's numbers. */
  void log(int level, String logger, String message);
}
