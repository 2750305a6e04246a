package io.katydid.cluster;

import java.util.Map;

/**
 * What a master knows of one worker. Written by the protocol's thread, except for the liveness, which the socket's
 * thread refreshes; read by any.
 */
public final class WorkerNode {
  public static final String READY = "ready";
  public static final String SPAWNING = "spawning";
  public static final String RUNNING = "running";
  public static final String MISSING = "missing";

  /** The heartbeat's field for what the worker's locustfile is known by. A real Locust master does not look at it. */
  static final String LOCUSTFILE_FIELD = "locustfile_hash";

  /** Value of the liveness counter after a sign of life; it loses one each second. */
  static final int FULL_LIVENESS = 3;

  private final String id;
  private final int index;
  private volatile String state = READY;
  private volatile int liveness = FULL_LIVENESS;
  private volatile double cpuPercent;
  private volatile long memoryBytes;
  private volatile boolean cpuWarned;
  private volatile double latencyMillis = Double.NaN;
  private volatile GeneratorReport generator;
  private volatile Map<String, Integer> userClassesCount = Map.of();
  private volatile int userCount;
  private volatile String locustfileHash;
  private volatile String locustfileDifference;
  private volatile long lastReport;
  private volatile boolean hasOrders;

  /** @param nanos when it came */
  WorkerNode(String id, int index, long nanos) {
    this.id = id;
    this.index = index;
    this.lastReport = nanos;
  }

  public String id() {
    return id;
  }

  /** 0 for the first worker the master saw; kept when the worker comes back. */
  public int index() {
    return index;
  }

  /** As the worker reports it, or {@link #MISSING}. */
  public String state() {
    return state;
  }

  /** CPU use in percent of one core, as the worker reports it. */
  public double cpuPercent() {
    return cpuPercent;
  }

  /** Memory in bytes; 0 if the worker does not tell. */
  public long memoryBytes() {
    return memoryBytes;
  }

  /** Whether its CPU use has been too high at some time. */
  public boolean cpuWarned() {
    return cpuWarned;
  }

  /** Round trip of its heartbeats as it measures it itself, NaN if it does not (a real Locust worker). */
  public double latencyMillis() {
    return latencyMillis;
  }

  /** What it says about itself as a generator of load, or null if it says nothing (a real Locust worker). */
  public GeneratorReport generator() {
    return generator;
  }

  /** What the locustfile it has loaded is known by, or null if it does not tell (a real Locust worker). */
  public String locustfileHash() {
    return locustfileHash;
  }

  /** Users by class as last reported. */
  public Map<String, Integer> userClassesCount() {
    return userClassesCount;
  }

  public int userCount() {
    return userCount;
  }

  public boolean missing() {
    return state.equals(MISSING);
  }

  /** Ready, spawning or running: takes part in a test. */
  public boolean connected() {
    String now = state;
    return now.equals(READY) || now.equals(SPAWNING) || now.equals(RUNNING);
  }

  /** When its last report came, or it itself, in nanoseconds of the protocol's timeline. */
  long lastReport() {
    return lastReport;
  }

  void reported(long nanos) {
    lastReport = nanos;
  }

  /** Whether it was told to run users since it was last ready: a stop concerns it. */
  boolean hasOrders() {
    return hasOrders;
  }

  void ordered() {
    hasOrders = true;
  }

  int liveness() {
    return liveness;
  }

  void sawLife() {
    liveness = FULL_LIVENESS;
  }

  void age() {
    liveness = liveness - 1; // a sign of life lost to a race comes again within a second
  }

  void state(String newState) {
    state = newState;
  }

  void usage(double newCpuPercent, long newMemoryBytes) {
    cpuPercent = newCpuPercent;
    memoryBytes = newMemoryBytes;
  }

  void generator(double newLatencyMillis, GeneratorReport report) {
    latencyMillis = newLatencyMillis;
    generator = report;
  }

  /** What has been said of its locustfile being another one than the master's; null = it is the same. */
  String locustfileDifference() {
    return locustfileDifference;
  }

  void locustfileHash(String hash, String difference) {
    locustfileHash = hash;
    locustfileDifference = difference;
  }

  void markCpuWarned() {
    cpuWarned = true;
  }

  void userClassesCount(Map<String, Integer> counts) {
    userClassesCount = Map.copyOf(counts);
    userCount = UserCounts.sum(counts);
  }

  @Override
  public String toString() {
    return id + " (index " + index + ", " + state + ")";
  }
}
