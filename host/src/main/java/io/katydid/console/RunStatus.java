package io.katydid.console;

import java.util.List;

/**
 * The run at one moment.
 *
 * @param state ready, spawning, running, cleanup, stopping or stopped
 * @param userCount users alive
 * @param distributed true for a master
 * @param workers the workers of a master, missing ones included; empty otherwise
 */
public record RunStatus(String state, int userCount, boolean distributed, List<Worker> workers) {

  /**
   * One worker.
   *
   * @param id its identity
   * @param state ready, spawning, running, missing
   * @param userCount users alive there
   * @param cpuPercent of one core, as the worker reports it
   * @param memoryBytes resident memory, 0 if unknown
   * @param latencyMillis round trip of heartbeats, NaN if unknown
   * @param health the worker's own health, or null if it reports none (a real Locust worker)
   * @param locustfileHash what the locustfile it has loaded is known by, or null if it does not tell
   */
  public record Worker(
      String id,
      String state,
      int userCount,
      double cpuPercent,
      long memoryBytes,
      double latencyMillis,
      GeneratorHealth health,
      String locustfileHash) {
    public Worker(
        String id,
        String state,
        int userCount,
        double cpuPercent,
        long memoryBytes,
        double latencyMillis,
        GeneratorHealth health) {
      this(id, state, userCount, cpuPercent, memoryBytes, latencyMillis, health, null);
    }
  }

  /** Workers that count: all but the missing ones. */
  public int workerCount() {
    return (int) workers.stream().filter(worker -> !worker.state().equals("missing")).count();
  }

  /** True while users are being started, running or being stopped. */
  public boolean active() {
    return !state.equals("ready") && !state.equals("stopped") && !state.equals("missing");
  }
}
