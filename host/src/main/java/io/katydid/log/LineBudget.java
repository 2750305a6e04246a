package io.katydid.log;

import java.util.concurrent.TimeUnit;

/**
 * How many log lines others can cause: so many at once, then so many a minute. What comes beyond is counted and told with
 * the next line that may be written, so that nobody can fill a disk from outside. Any thread.
 */
final class LineBudget {
  private static final double NANOS_PER_MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final int atOnce;
  private final int perMinute;
  private double left;
  private long filledAt;
  private boolean begun;
  private long leftOut;

  LineBudget(int atOnce, int perMinute) {
    this.atOnce = atOnce;
    this.perMinute = perMinute;
    this.left = atOnce;
  }

  /**
   * The line as it may be written now, with the number of those that were left out before it; null if it is left out.
   *
   * @param nanos monotonic time
   */
  synchronized String admit(String line, long nanos) {
    if (begun) {
      left = Math.min(atOnce, left + (nanos - filledAt) / NANOS_PER_MINUTE * perMinute);
    }
    begun = true;
    filledAt = nanos;
    if (left < 1) {
      leftOut++;
      return null;
    }
    left--;
    if (leftOut == 0) {
      return line;
    }
    String told = line + " (" + leftOut + " lines like this were left out before it)";
    leftOut = 0;
    return told;
  }
}
