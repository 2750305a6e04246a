package io.katydid.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;

/**
 * The live counters of one (name, method), or of the total. Created and written by {@link RequestStats} only; may be
 * read from any thread. Each read takes the recording lock for a moment; for more than one number take a {@link
 * #snapshot}, whose numbers belong together.
 */
public final class StatsEntry {
  private static final double MICROS_PER_MILLI = 1000.0;

  private final RequestStats stats;
  private final Object lock;
  private final String name;
  private final String method;
  private final int fineDigits;
  private final IntSupplier secondsKept;
  private EntryCounters counters;
  /** Null where nobody asks for current percentiles (workers). */
  private RecentTimes recent;

  StatsEntry(RequestStats stats, Object lock, String name, String method, int fineDigits, boolean keepRecent,
      IntSupplier secondsKept, double now) {
    this.stats = stats;
    this.lock = lock;
    this.name = name;
    this.method = method;
    this.fineDigits = fineDigits;
    this.secondsKept = secondsKept;
    this.recent = keepRecent ? new RecentTimes() : null;
    resetLocked(now);
  }

  public String name() {
    return name;
  }

  /** The request type, such as GET; empty for the total. */
  public String method() {
    return method;
  }

  public long requests() {
    synchronized (lock) {
      return counters.requests;
    }
  }

  public long failures() {
    synchronized (lock) {
      return counters.failures;
    }
  }

  /** All numbers of this moment, immutable. */
  public EntrySnapshot snapshot() {
    return snapshot(true);
  }

  /** As {@link #snapshot}, without the response times: its median and percentiles are 0. Costs a small part of it. */
  public EntrySnapshot counts() {
    return snapshot(false);
  }

  private EntrySnapshot snapshot(boolean times) {
    synchronized (lock) {
      EntryCounters total = stats.total().counters;
      return new EntrySnapshot(name, method, counters, total.startTime, total.lastRequest, times,
          stats.showsFinePercentiles());
    }
  }

  /**
   * Locust's percentiles of about the last ten seconds, in milliseconds, in the order of the shares; null if there is
   * no record of what was ten seconds ago, or this process keeps none.
   */
  public List<Long> currentPercentiles(List<Double> shares, double now) {
    RecentTimes.Recent since;
    synchronized (lock) {
      since = recent == null ? null : recent.since(counters, now);
    }
    return since == null ? null : since.percentiles(shares);
  }

  /** Whether this process keeps what {@link #currentPercentiles} needs. */
  public boolean keepsRecentTimes() {
    synchronized (lock) {
      return recent != null;
    }
  }

  /**
   * The precise percentile in milliseconds, from the fine histogram; empty if there are no measured requests or if some
   * came from a worker that does not send its histogram.
   */
  public OptionalDouble hdrPercentile(double share) {
    double[] found = hdrPercentiles(share);
    return found.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(found[0]);
  }

  /**
   * As {@link #hdrPercentile}, several of one moment; an empty array if there are none. Found as Locust finds its own, from
   * the slow end, so that they agree with those in whole milliseconds; never outside of what was measured, as the middle
   * of a cell may be.
   */
  public double[] hdrPercentiles(double... shares) {
    BucketCounts fine;
    long timed;
    double min;
    double max;
    synchronized (lock) {
      if (!counters.fineComplete() || counters.timedRequests() == 0) {
        return new double[0];
      }
      fine = counters.fine.middles();
      timed = counters.timedRequests();
      min = counters.minTimeMs;
      max = counters.maxTimeMs;
    }
    double[] times = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      double millis = fine.percentile(timed, shares[i]) / MICROS_PER_MILLI;
      times[i] = shares[i] >= 1 ? max : Math.min(Math.max(millis, min), max);
    }
    return times;
  }

  /**
   * How many requests took at most so many milliseconds, for each bound; the bounds ascend. From the fine histogram if
   * it is complete, else from Locust's buckets.
   */
  public long[] countsAtOrBelow(double... boundsMs) {
    synchronized (lock) {
      if (counters.fineComplete()) {
        return counters.fine.countsAtOrBelow(boundsMs);
      }
      return Arrays.stream(boundsMs).mapToLong(this::bucketsAtOrBelow).toArray();
    }
  }

  private long bucketsAtOrBelow(double boundMs) {
    CountMap times = counters.responseTimes;
    long count = 0;
    for (int i = 0; i < times.size(); i++) {
      if (times.keyAt(i) <= boundMs) {
        count += times.countAt(i);
      }
    }
    return count;
  }

  /** The fine histogram, in microseconds; null if some measured requests are not in it. */
  BucketCounts fineCounts() {
    synchronized (lock) {
      if (counters.timedRequests() == 0) {
        return BucketCounts.ascending(new long[0], new long[0]);
      }
      return counters.fineComplete() ? counters.fine.middles() : null;
    }
  }

  /** Everything that is counted, as a map of the wire's fields. */
  public Map<String, Object> tree() {
    synchronized (lock) {
      return ReportTree.entry(name, method, counters);
    }
  }

  // From here on: the caller holds the lock.

  EntryCounters countersLocked() {
    return counters;
  }

  void countRequestLocked(double timeMs, boolean whole, long bucket, long length, double now) {
    if (recent != null && counters.lastRequest > 0 && (long) now > (long) counters.lastRequest) {
      recent.keep((long) now - 1, counters);
    }
    counters.countRequest(timeMs, whole, bucket, length, fineDigits, now);
  }

  void extendLocked(EntryCounters other) {
    long secondBefore = (long) counters.lastRequest; // 0 if there was none: NaN becomes 0
    counters.extend(other, fineDigits);
    long second = (long) counters.lastRequest;
    if (recent != null && second > secondBefore) {
      recent.keep(second, counters);
    }
  }

  /** Starts counting from zero and gives what was counted so far, which nobody else has from then on. */
  EntryCounters resetLocked(double now) {
    EntryCounters before = counters;
    counters = new EntryCounters(now, secondsKept);
    if (recent != null) {
      recent = new RecentTimes();
      recent.keep((long) now, counters);
    }
    return before;
  }
}
