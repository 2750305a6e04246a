package io.katydid.stats;

/**
 * Locust's rounding of response times: below 100 ms to 1, below 1000 to 10, below 10000 to 100, else to 1000 ms; always
 * half to even on the exact binary value, so that 105 becomes 100, 105.1 becomes 110 and 115 becomes 120. Pure
 * functions.
 */
public final class ResponseTimeBuckets {
  /** Beyond this a bucket would not fit into 64 bits; some 285 million years. */
  private static final double LARGEST_MS = 9e18;

  private ResponseTimeBuckets() {}

  /**
   * The bucket of a response time in milliseconds. Negative times are rounded to whole milliseconds, as in Locust.
   *
   * @throws IllegalArgumentException if the time is not finite
   */
  public static long bucketOf(double responseTimeMs) {
    if (!Double.isFinite(responseTimeMs)) {
      throw new IllegalArgumentException("A response time must be a finite number of milliseconds: " + responseTimeMs);
    }
    if (responseTimeMs < 100) {
      return (long) Math.rint(responseTimeMs);
    }
    if (responseTimeMs < 1000) {
      return roundTo(10, responseTimeMs);
    }
    if (responseTimeMs < 10_000) {
      return roundTo(100, responseTimeMs);
    }
    return roundTo(1000, Math.min(responseTimeMs, LARGEST_MS));
  }

  /** Exact: the split into whole part and fraction loses nothing, and the comparison is done on the parts. */
  private static long roundTo(long step, double value) {
    long whole = (long) value;
    double fraction = value - whole;
    long remainder = whole % step;
    long lower = whole - remainder;
    long half = step / 2;
    boolean up = remainder > half
        || remainder == half && (fraction > 0 || (lower / step) % 2 != 0);
    return up ? lower + step : lower;
  }
}
