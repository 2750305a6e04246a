package io.katydid.cluster;

/**
 * How a master behaves.
 *
 * @param version the Locust version it speaks as, such as `2.47.0`
 * @param enableRebalancing `--enable-rebalancing`: users of a lost worker are dealt out to the others
 * @param headless without web UI: ends when the last worker has left
 * @param reportWaitSeconds how long after a ramp to wait until all workers have reported their users
 */
public record MasterSettings(String version, boolean enableRebalancing, boolean headless, double reportWaitSeconds) {
  public static final double REPORT_WAIT_SECONDS = 1;
}
