package io.katydid.script;

import io.katydid.stats.StatsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One loaded set of locustfiles in one interpreter: the Python side of a worker, a master or a local run. Methods may
 * be called from any thread and block while Python is busy. Life: {@link ScriptHost#load}, {@link #setOptions}, {@link
 * #init}, then everything else.
 */
public interface Script extends AutoCloseable {
  /** The concrete user classes in the order of definition, with what was selected and changed so far. */
  List<UserClass> userClasses();

  /** Names of the concrete load shapes in the order of definition. */
  List<String> shapes();

  /** What a shape declares besides {@code tick}. */
  boolean shapeUsesCommonOptions(String shape);

  /** The command line options that listeners of `init_command_line_parser` have added, as plain data. */
  List<Map<String, Object>> customOptions() throws ScriptException;

  /**
   * One time a custom option was set.
   *
   * @param dest the option's name in `parsed_options`
   * @param name the spelling used
   * @param words the words that followed it
   */
  record GivenWords(String dest, String name, List<String> words) {}

  /**
   * Sets `environment.parsed_options`. Custom options come as the raw words of the command line, in order, and are
   * converted as the script said.
   *
   * @throws ScriptException if a custom option's value cannot be used
   */
  void setOptions(Map<String, Object> options, List<GivenWords> custom) throws ScriptException;

  /** The values of the custom options as the script converted them, by name. */
  Map<String, Object> customValues();

  /** Changes one value of `environment.parsed_options`. */
  void setOption(String dest, Object value);

  /** Keeps only these user classes for the run. */
  void selectClasses(List<String> names) throws ScriptException;

  /**
   * Filters the tasks of all classes by `--tags` and `--exclude-tags`, null where that was not given. Called before the
   * first start, and on a worker once more with what the master was given: where the worker has its own, it stays.
   */
  void filterTags(List<String> include, List<String> exclude);

  /** Gives every user class and every task weight 1. */
  void equalWeights();

  /** Changes attributes of a user class (`/user`, `--config-users`, the master's `update_user_class`). */
  void updateUserClass(Map<String, Object> change) throws ScriptException;

  /**
   * Creates the environment and fires `init`.
   *
   * @param run what the script's `environment.runner` forwards to
   * @throws ScriptException if a listener failed
   */
  void init(RunControl run) throws ScriptException;

  /**
   * Starts one user of a class on a new thread. It begins after those that were started before.
   *
   * @param making asked and told there whether the user is to be made, and is
   * @param onEnd called on that thread when it is over
   */
  ScriptUser spawn(String userClass, NewUser making, Consumer<ScriptUser> onEnd);

  /**
   * Fires an event of `environment.events` with these keyword arguments (plain values: text, numbers, lists, maps) and
   * `environment` where the event has it.
   */
  void fire(String event, Map<String, ?> arguments);

  /**
   * Fires `report_to_master` or `worker_report`, whose listeners may add to the data; returns the data as they left it,
   * null if nobody listens.
   */
  Map<String, Object> fireReport(String event, String clientId, Map<String, Object> data);

  /** Gives a custom message to its listener; false if there is none. */
  boolean deliver(String type, Object data, String nodeId);

  /** Asks a shape for its next step; empty = the test is over. */
  Optional<ShapeStep> tick(String shape);

  /** Sets the shape's clock back to zero. */
  void resetShape(String shape);

  /** The base URL every user class is given; null leaves the classes' own. */
  void setHost(String host);

  /** What the script adds to the web UI. */
  default ScriptPages pages() {
    return ScriptPages.NONE;
  }

  /**
   * Intervals and percentiles as the script wants them.
   *
   * @throws ScriptException if it has chosen something impossible
   */
  default StatsSettings statsSettings() throws ScriptException {
    return StatsSettings.DEFAULT;
  }

  /** What user code has called `sys.exit` with, else `environment.process_exit_code`, if user code has set it. */
  Optional<Integer> exitCode();

  /** What user code has called `sys.exit` with: the run has been told to quit, and no more user code is called. */
  Optional<Integer> exited();

  /** Whether an event listener or a greenlet has died of an exception so far (exit code 2). */
  boolean unhandledException();

  /** Milliseconds all threads together have waited for Python since the start: a figure of generator health. */
  double pythonWaitMillis();

  /**
   * The Python files it was made of: the locustfiles, and the modules beside them that were imported while they were
   * loaded. Without what is installed.
   */
  default List<Path> files() {
    return List.of();
  }

  /** What the contents of {@link #files} are known by, or null if nobody knows. Does not block. */
  default String filesHash() {
    return null;
  }

  /** A sentence for the user about these files if something is wrong with them, or null. Does not block. */
  default String notice() {
    return null;
  }

  /**
   * A test is about to begin, nothing of it has been asked or told yet: the last moment at which newer files may take
   * the place of the loaded ones before {@link #testEnded}. May take seconds. Run thread.
   */
  default void testBegins() {}

  /**
   * No test is in sight: the script may make itself faster for the next one, counted nowhere, until {@link #testBegins}.
   *
   * @throws IOException if it could not; nothing else suffers
   */
  default void warmUpWhileIdle() throws IOException {}

  /** Whether the load of this process may be that of {@link #warmUpWhileIdle}, now or a few seconds ago. */
  default boolean warmingUp() {
    return false;
  }

  /** The test is over and its users have ended. Run thread. */
  default void testEnded() {}

  /**
   * The test is about to end, for which Python has to be called: from now on a user that computes for so long without
   * letting anybody else run is killed. Until {@link #testEnded} or {@link #testBegins}. Does not wait.
   *
   * @param onKill told on a thread of the script, once for each of them
   */
  default void endStuckUsers(Duration patience, Runnable onKill) {}

  /** The threads that run the script's users and greenlets now; for a look at their stacks. Does not wait. */
  default List<Thread> threads() {
    return List.of();
  }

  /**
   * Whether the script can still be called. Calls nothing of the user's.
   *
   * @param patience how long it may be out of reach, because of what users do or for a fault of ours
   * @return false if it has been out of reach for so long; true as soon as it is not
   */
  default boolean answers(Duration patience) {
    return true;
  }

  @Override
  void close();
}
