package io.katydid.cluster;

/**
 * How a worker behaves.
 *
 * @param clientId `<hostname>_<32 hex digits>`
 * @param version the Locust version it speaks as, such as `2.47.0`
 * @param master how the master is called in log lines: `host:port` and the web base path, if any
 * @param logIntervalSeconds how often new log lines are sent; negative = never
 * @param waitBeforeReadySeconds pause between the end of a test and being ready for the next
 */
public record WorkerSettings(
    String clientId, String version, String master, double logIntervalSeconds, double waitBeforeReadySeconds) {
  public static final double LOG_INTERVAL_SECONDS = 10;
}
