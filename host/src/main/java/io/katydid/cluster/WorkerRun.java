package io.katydid.cluster;

import java.util.List;
import java.util.Map;

/**
 * What a worker's protocol asks of the rest of the program. Called on the protocol's run timeline unless it says
 * otherwise; may run user code. An exception is logged and changes nothing else.
 */
public interface WorkerRun {
  /**
   * @param cpuPercent CPU use of this process in percent of one core
   * @param memoryBytes resident memory
   * @param generator how this process keeps up
   */
  record Usage(double cpuPercent, long memoryBytes, GeneratorReport generator) {}

  /** Why a worker has ended. */
  enum End {
    /** The master, or somebody here, has asked it to. */
    QUIT,
    /** The master has been silent for a minute. */
    MASTER_LOST,
    /** There never was an answer from the master. */
    NO_MASTER
  }

  /** A test is about to begin: the last moment for a changed locustfile to be loaded. May take seconds. */
  default void testBegins() {}

  /** The test is over, its users have ended. */
  default void testEnded() {}

  /** What the loaded locustfile is known by, or null. Heartbeat timeline; must not block. */
  default String locustfileHash() {
    return null;
  }

  /** Whether users of this class can be spawned. */
  boolean hasUserClass(String name);

  /** A job has come: what the master says about host, stop timeout and options, before anything else is done. */
  void job(String host, double stopTimeoutSeconds, Map<?, ?> parsedOptions);

  /** A test begins: statistics and exceptions are to be cleared. `test_start` follows. */
  void clearResults();

  /** Fires `test_start`, `test_stopping`, `test_stop`, `spawning_complete` or `heartbeat_received`. */
  void fire(String event, Map<String, ?> arguments);

  /**
   * Starts what is missing, then stops what is too much; classes that are not named stay as they are. Replaces an
   * earlier order that is not done yet, whose {@code done} need not be called any more.
   *
   * @param done to be ordered on the run timeline when it is so
   */
  void applyUsers(Map<String, Integer> wanted, double stopTimeoutSeconds, Runnable done);

  /** Stops all users; {@code done} is ordered on the run timeline when none is left. */
  void stopUsers(double stopTimeoutSeconds, Runnable done);

  /** This worker is to end, before anything is done about it; perhaps several times. Any thread. */
  default void leaving() {}

  /** The last report is going to be taken: nothing is counted any more, whatever users go on doing. Any thread. */
  void closeResults();

  /** Running users by class, every class present. Any thread. */
  Map<String, Integer> userClassesCount();

  /**
   * What has been counted since the last call, as `report_to_master` listeners left it, without the numbers of users.
   * Called on the report timeline or the run timeline, never by two at once.
   *
   * @return null if {@link #takeReportsAtOnce} has taken it away meanwhile
   */
  Map<String, Object> takeReport();

  /**
   * What has been counted since the last report, and what the present {@link #takeReport} holds if it waits for a listener.
   * Waits for nobody; any thread.
   */
  List<Map<String, Object>> takeReportsAtOnce();

  /** The last log lines of this process, oldest first. Report timeline. */
  List<String> logLines();

  /** Heartbeat timeline; must not block. */
  Usage usage();

  /** Changes a user class as the master says. */
  void updateUserClass(Map<?, ?> change);

  /** A custom message; false if nobody has registered for its type. */
  boolean deliver(String type, Object data, String nodeId);

  /** The worker has said good-bye, or given up: the process may close the socket and end. Called once. */
  void ended(End why);
}
