package io.katydid.cluster;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times of a cluster that environment variables may change (spec wire-protocol, section 3), in seconds.
 *
 * @param reportWait how long after a ramp the master waits until all workers have reported their users
 * @param waitBeforeReady pause of a worker between the end of a test and being ready again
 */
public record ClusterTimes(double reportWait, double waitBeforeReady) {
  private static final String REPORT_WAIT = "LOCUST_WAIT_FOR_WORKERS_REPORT_AFTER_RAMP_UP";
  private static final String WAIT_BEFORE_READY = "LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP";
  private static final double WORKER_REPORT_INTERVAL = 3;
  private static final Pattern INTERVALS = Pattern.compile("(\\d+(?:\\.\\d+)?) *\\* *WORKER_REPORT_INTERVAL");

  /** @throws IllegalArgumentException with a sentence for the user if a value cannot be used */
  public static ClusterTimes of(Map<String, String> env) {
    return new ClusterTimes(
        reportWait(env.get(REPORT_WAIT)), seconds(WAIT_BEFORE_READY, env.getOrDefault(WAIT_BEFORE_READY, "0")));
  }

  private static double reportWait(String value) {
    if (value == null) {
      return MasterSettings.REPORT_WAIT_SECONDS;
    }
    Matcher intervals = INTERVALS.matcher(value.strip());
    return intervals.matches()
        ? Double.parseDouble(intervals.group(1)) * WORKER_REPORT_INTERVAL
        : seconds(REPORT_WAIT, value);
  }

  private static double seconds(String name, String value) {
    double seconds;
    try {
      seconds = Double.parseDouble(value.strip());
    } catch (NumberFormatException e) {
      seconds = -1;
    }
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(name + " must be a number of seconds, 0 or more, not '" + value + "'.");
    }
    return seconds;
  }
}
