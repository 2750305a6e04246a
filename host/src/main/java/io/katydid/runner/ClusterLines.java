package io.katydid.runner;

import io.katydid.cluster.ClusterLog;
import io.katydid.log.Log;

/**
 * Writes the cluster's log lines under the logger Locust uses for them.
 *
 * @param log of {@code Logging.peerLog}: each stays one line of bounded length, and they cannot become too many, whatever
 *     peers send
 */
record ClusterLines(Log log) implements ClusterLog {
  @Override
  public void debug(String line) {
    log.debug(line);
  }

  @Override
  public void info(String line) {
    log.info(line);
  }

  @Override
  public void warning(String line) {
    log.warning(line);
  }

  @Override
  public void error(String line) {
    log.error(line);
  }

  @Override
  public void error(String line, Throwable cause) {
    log.error(line, cause);
  }
}
