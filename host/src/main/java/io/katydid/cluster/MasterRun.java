package io.katydid.cluster;

import io.katydid.dispatch.DispatchClass;
import io.katydid.wire.WireException;
import java.util.List;
import java.util.Map;

/**
 * What a master's protocol asks of the rest of the program. Called on the protocol's timeline; may run user code. An
 * exception is logged and changes nothing else.
 */
public interface MasterRun {
  /**
   * What every `spawn` message tells the workers.
   *
   * @param host `environment.host`, or null
   * @param stopTimeoutSeconds how long users may finish when they are stopped
   * @param parsedOptions the master's options by name, plain data
   */
  record SpawnSettings(String host, double stopTimeoutSeconds, Map<String, ?> parsedOptions) {}

  /** A test is about to begin: the last moment for a changed locustfile to be loaded. May take seconds. */
  default void testBegins() {}

  /** The test that began is over, or could not begin after all. */
  default void testEnded() {}

  /** What the loaded locustfile is known by, or null. */
  default String locustfileHash() {
    return null;
  }

  /** The classes of the test that begins. */
  List<DispatchClass> userClasses();

  SpawnSettings spawnSettings();

  /** A test begins: statistics and exceptions are to be cleared. `test_start` follows. */
  void clearResults();

  /** A test, or a change of one, has been refused; the reason is in the log. */
  void startRefused();

  /**
   * Fires an event of `environment.events`: `test_start`, `test_stopping`, `test_stop`, `spawning_complete`,
   * `worker_connect`.
   */
  void fire(String event, Map<String, ?> arguments);

  /** A heartbeat has been answered (event `heartbeat_sent`): once a second for each worker. */
  void heartbeatSent(String workerId, double epochSeconds);

  /**
   * A stats message: to be merged, then `worker_report` is fired.
   *
   * @return null, or why it cannot be counted
   */
  String report(String workerId, Map<?, ?> data);

  /** A user's code has raised an exception on a worker. */
  void exception(String workerId, String message, String traceback);

  /** The last log lines of a worker, replacing those it sent before. */
  void logs(String workerId, List<String> lines);

  /** A custom message; false if nobody has registered for its type. */
  boolean deliver(String type, Object data, String workerId);

  /**
   * The locustfiles for workers that ask: maps of `filename` and `contents`, or URLs as text.
   *
   * @throws WireException if they cannot be handed out, with the sentence for the worker
   */
  List<Object> locustfiles() throws WireException;

  /** The last worker of a headless run has left: the run is to be ended by {@link MasterProtocol#quit}. */
  void quitWanted();
}
