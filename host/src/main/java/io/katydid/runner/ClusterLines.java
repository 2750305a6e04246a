package io.katydid.runner;

import io.katydid.cluster.ClusterLog;
import io.katydid.log.Log;

/**
 * Writes the cluster's log lines under the logger Locust uses for them. Each stays one line of bounded length, whatever
 * a peer has sent that is quoted in it.
 */
record ClusterLines(Log log) implements ClusterLog {
  private static final int LONGEST = 10_000;

  @Override
  public void debug(String line) {
    log.debug(oneLine(line));
  }

  @Override
  public void info(String line) {
    log.info(oneLine(line));
  }

  @Override
  public void warning(String line) {
    log.warning(oneLine(line));
  }

  @Override
  public void error(String line) {
    log.error(oneLine(line));
  }

  @Override
  public void error(String line, Throwable cause) {
    log.error(oneLine(line), cause);
  }

  private static String oneLine(String line) {
    String shortened = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    for (int i = 0; i < shortened.length(); i++) {
      if (Character.isISOControl(shortened.charAt(i))) {
        return shortened.replaceAll("\\p{Cntrl}", "?");
      }
    }
    return shortened;
  }
}
