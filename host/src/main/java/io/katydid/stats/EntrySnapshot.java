package io.katydid.stats;

/**
 * The numbers of one entry at one moment, and what Locust derives from them (spec wire-protocol 6.3 and 6.4).
 * Immutable; may be handed to any thread.
 *
 * <p>A {@link Number} here is a Long or a Double, whichever Locust would have, because reports print `7` and `7.0`
 * differently.
 */
public final class EntrySnapshot {
  private static final int RATE_WINDOW_SECONDS = 12;
  private static final int RATE_LAG_SECONDS = 2;
  private static final double MICROS_PER_MILLI = 1000.0;

  private final String name;
  private final String method;
  private final long requests;
  private final long requestsWithoutTime;
  private final long failures;
  private final long contentLength;
  private final double totalTimeMs;
  private final Number totalTime;
  private final Number minTime;
  private final Number maxTime;
  private final double startTime;
  private final double lastRequest;
  private final double runStart;
  private final double runLastRequest;
  private final Number currentRps;
  private final Number currentFailuresPerSecond;
  private final long[] unorderedBuckets;
  private final long[] unorderedCounts;
  /** In microseconds; null if some requests are not in the fine histogram, or its numbers are not wanted. */
  private final BucketCounts fine;
  /** Sorted on first use, outside of the lock; threads that race make equal ones. */
  private BucketCounts sortedBuckets;

  /**
   * Copies; the caller holds the lock. Rates are over the time of the whole run, hence the total's two times.
   *
   * @param times with response times
   * @param precise percentiles from the fine histogram, if every request is in it
   */
  EntrySnapshot(String name, String method, EntryCounters counters, double runStart, double runLastRequest,
      boolean times, boolean precise) {
    this.name = name;
    this.method = method;
    this.requests = counters.requests;
    this.requestsWithoutTime = counters.requestsWithoutTime;
    this.failures = counters.failures;
    this.contentLength = counters.contentLength;
    this.totalTimeMs = counters.totalTimeMs;
    this.totalTime = EntryCounters.number(counters.totalTimeMs, counters.totalWhole);
    this.minTime = Double.isNaN(counters.minTimeMs)
        ? null
        : EntryCounters.number(counters.minTimeMs, counters.minWhole);
    this.maxTime = EntryCounters.number(counters.maxTimeMs, counters.maxWhole);
    this.startTime = counters.startTime;
    this.lastRequest = counters.lastRequest;
    this.runStart = runStart;
    this.runLastRequest = runLastRequest;
    this.currentRps = recentRate(counters.requestsPerSecond);
    this.currentFailuresPerSecond = recentRate(counters.failuresPerSecond);
    this.unorderedBuckets = times ? counters.responseTimes.keysCopy() : new long[0];
    this.unorderedCounts = times ? counters.responseTimes.countsCopy() : new long[0];
    this.fine = times && precise && minTime != null && counters.fineComplete() ? counters.fine.middles() : null;
  }

  /** Mean over at most ten whole seconds that end three seconds before the run's last request. */
  private Number recentRate(PerSecondCounts perSecond) {
    if (Double.isNaN(runLastRequest)) {
      return 0L;
    }
    long last = (long) runLastRequest;
    long first = Math.max(last - RATE_WINDOW_SECONDS, (long) runStart);
    long end = last - RATE_LAG_SECONDS;
    double sum = 0;
    for (long second = first; second < end; second++) {
      sum += perSecond.get(second);
    }
    return sum / Math.max(end - first, 1);
  }

  public String name() {
    return name;
  }

  public String method() {
    return method;
  }

  public long requests() {
    return requests;
  }

  /** Requests that have no response time, such as messages sent without waiting for an answer. */
  public long requestsWithoutTime() {
    return requestsWithoutTime;
  }

  /** Requests that have a response time: what averages and percentiles are over. */
  public long timedRequests() {
    return requests - requestsWithoutTime;
  }

  public long failures() {
    return failures;
  }

  /** Bytes, the sum over all responses. */
  public long totalContentLength() {
    return contentLength;
  }

  /** Milliseconds, the sum over all timed requests. */
  public Number totalResponseTime() {
    return totalTime;
  }

  /** Milliseconds, or null if nothing was measured. */
  public Number minResponseTime() {
    return minTime;
  }

  /** Milliseconds, 0 if nothing was measured. */
  public Number maxResponseTime() {
    return maxTime;
  }

  /** When this entry began to count: its creation or last reset, or the earliest that a worker reported. */
  public double startTime() {
    return startTime;
  }

  /** Seconds since 1970, NaN if there was no request. */
  public double lastRequestTimestamp() {
    return lastRequest;
  }

  public double failRatio() {
    if (requests == 0) {
      return failures > 0 ? 1.0 : 0.0;
    }
    return (double) failures / requests;
  }

  public double averageResponseTime() {
    return timedRequests() == 0 ? 0.0 : totalTimeMs / timedRequests();
  }

  /** Bytes per request: Long 0 if there were none, else a Double. */
  public Number averageContentLength() {
    if (requests == 0) {
      return 0L;
    }
    return (double) contentLength / requests;
  }

  private BucketCounts buckets() {
    BucketCounts sorted = sortedBuckets;
    if (sorted == null) {
      sorted = BucketCounts.unordered(unorderedBuckets, unorderedCounts);
      sortedBuckets = sorted;
    }
    return sorted;
  }

  /** The percentile of one half, but never outside of what was measured; Long 0 if nothing was. */
  public Number medianResponseTime() {
    if (!hasResponseTimes()) {
      return 0L;
    }
    long median = percentile(0.5);
    if (median > maxTime.doubleValue()) {
      return maxTime;
    }
    if (minTime != null && median < minTime.doubleValue()) {
      return minTime;
    }
    return median;
  }

  /**
   * The percentile in whole milliseconds, 0 if nothing was measured: from the fine histogram if every request is in it,
   * else one of Locust's buckets. {@code share} is 0 to 1.
   */
  public long percentile(double share) {
    if (fine == null) {
      return buckets().percentile(timedRequests(), share);
    }
    if (share >= 1) {
      return Math.round(maxTime.doubleValue());
    }
    long millis = Math.round(fine.percentile(timedRequests(), share) / MICROS_PER_MILLI);
    return Math.min(Math.max(millis, Math.round(minTime.doubleValue())), Math.round(maxTime.doubleValue()));
  }

  /** True if at least one request had a response time. */
  public boolean hasResponseTimes() {
    return unorderedBuckets.length > 0;
  }

  /** Requests per second of the last seconds: Long 0 before the run's first request, else a Double. */
  public Number currentRps() {
    return currentRps;
  }

  /** Failures per second of the last seconds: Long 0 before the run's first request, else a Double. */
  public Number currentFailuresPerSecond() {
    return currentFailuresPerSecond;
  }

  /** Requests per second from the run's start to its last request. */
  public double totalRps() {
    return perSecondOfRun(requests);
  }

  public double totalFailuresPerSecond() {
    return perSecondOfRun(failures);
  }

  private double perSecondOfRun(long count) {
    if (Double.isNaN(runLastRequest) || runLastRequest == 0 || runStart == 0 || runLastRequest <= runStart) {
      return 0.0; // before the start, too: the clock of a worker was set back
    }
    return count / (runLastRequest - runStart);
  }
}
