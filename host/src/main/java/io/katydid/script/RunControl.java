package io.katydid.script;

import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a script may ask of the run it is part of: the Java side of `environment.runner`. Called from user threads; a
 * method that has to wait says so.
 */
public interface RunControl {
  /** One row of a master's `runner.clients`. */
  record Worker(
      String id,
      int index,
      String state,
      int userCount,
      double cpuUsage,
      long memoryUsage,
      Map<String, Integer> userClassesCount) {}

  /** `local`, `master` or `worker`. */
  String kind();

  /** The state's name as Locust spells it: ready, spawning, running, stopping, stopped. */
  String state();

  /** Waits until the order is accepted, not until the users are there. */
  void start(int users, double spawnRate, List<String> userClasses);

  /** Starts following the script's load shape. */
  void startShape();

  /** Waits until all users have ended. */
  void stop();

  /** Orders a stop without waiting: what a user of this run has to use, since the stop waits for all users. */
  void orderStop();

  /** Stops the run for good and waits for it. */
  void quit();

  /** Orders the end without waiting. */
  void orderQuit();

  /** How long users may finish their task when they are stopped, from the next stop on; zero kills them at once. */
  void stopTimeout(Duration timeout);

  int userCount();

  Map<String, Integer> userClassesCount();

  int targetUserCount();

  Map<String, Integer> targetUserClassesCount();

  double spawnRate();

  /** Sends a custom message; {@code clientId} null = to all workers (or to the master). */
  void sendMessage(String type, Object data, String clientId);

  /** The workers of a master, in the order they came; empty elsewhere. */
  List<Worker> workers();

  /** This worker's number, 0 in a local run. */
  int workerIndex();

  /** This node's id on the wire. */
  String clientId();

  RequestStats stats();

  /** Seconds since 1970 on the clock of this run, which is not set while it goes on: the time of all statistics. */
  double now();

  ExceptionTable exceptions();

  /** The HTML report of what was counted so far; null where no report is made, as on a worker. May wait for the script. */
  String htmlReport(boolean dark);

  /** Writes a log line; levels are Python's numbers. */
  void log(int level, String logger, String message);

  /** Counts an exception of user code. */
  void logException(String message, String traceback);
}
