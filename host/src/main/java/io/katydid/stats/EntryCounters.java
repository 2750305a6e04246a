package io.katydid.stats;

import java.util.function.IntSupplier;

/**
 * Everything that is counted for one entry since its last reset. A plain mutable value: guarded by the lock of {@link
 * RequestStats} while an entry has it, owned by one thread when it has been detached for a report or read from one.
 *
 * <p>Locust's numbers remember whether they came as whole numbers, and print accordingly; hence the {@code ...Whole}
 * flags.
 */
final class EntryCounters {
  /**
   * From so many different buckets on, new times go to Locust's own: its rounding never comes near, but a locustfile's
   * may, and a worker may send what it likes.
   */
  static final int MOST_BUCKETS = 20_000;
  /** Such times are counted as at most one hour, so that there is an end of them. */
  private static final double LARGEST_ROUNDED_MS = 3_600_000;

  long requests;
  long requestsWithoutTime;
  long failures;
  long contentLength;
  double totalTimeMs;
  boolean totalWhole = true;
  double maxTimeMs;
  boolean maxWhole = true;
  /** NaN = nothing measured. */
  double minTimeMs = Double.NaN;
  boolean minWhole = true;
  double startTime;
  /** NaN = no request yet. */
  double lastRequest = Double.NaN;
  final CountMap responseTimes = new CountMap();
  final PerSecondCounts requestsPerSecond;
  final PerSecondCounts failuresPerSecond;
  /** Null until the first measured request. */
  FineHistogram fine;
  /** What a report brought in place of {@link #fine}; null without one. */
  FineCells sentFine;

  /** @param secondsKept see {@link PerSecondCounts} */
  EntryCounters(double startTime, IntSupplier secondsKept) {
    this.startTime = startTime;
    this.requestsPerSecond = new PerSecondCounts(secondsKept);
    this.failuresPerSecond = new PerSecondCounts(secondsKept);
  }

  long timedRequests() {
    return requests - requestsWithoutTime;
  }

  boolean empty() {
    return requests == 0 && failures == 0;
  }

  /** Every measured request is in the fine histogram, so its percentiles are those of the entry. */
  boolean fineComplete() {
    return fine != null && fine.count() == timedRequests();
  }

  void countRequest(double timeMs, boolean whole, long bucket, long length, int fineDigits, double now) {
    requests++;
    requestsPerSecond.add((long) now, 1);
    lastRequest = now;
    contentLength += length;
    if (Double.isNaN(timeMs)) {
      requestsWithoutTime++;
      return;
    }
    totalTimeMs += timeMs;
    totalWhole &= whole;
    takeMin(timeMs, whole);
    takeMax(timeMs, whole);
    addTimes(bucket, 1);
    if (fine == null) {
      fine = new FineHistogram(fineDigits);
    }
    fine.record(timeMs);
  }

  void countFailure(double now) {
    failures++;
    failuresPerSecond.add((long) now, 1);
  }

  /** Adds what a report has brought, or another entry has: spec wire-protocol section 6, "extend". */
  void extend(EntryCounters other, int fineDigits) {
    if (!(lastRequest >= other.lastRequest) && !Double.isNaN(other.lastRequest)) {
      lastRequest = other.lastRequest;
    }
    startTime = Math.min(startTime, other.startTime);
    requests += other.requests;
    requestsWithoutTime += other.requestsWithoutTime;
    failures += other.failures;
    contentLength += other.contentLength;
    totalTimeMs += other.totalTimeMs;
    totalWhole &= other.totalWhole;
    takeMax(other.maxTimeMs, other.maxWhole);
    if (!Double.isNaN(other.minTimeMs)) {
      takeMin(other.minTimeMs, other.minWhole);
    }
    for (int i = 0; i < other.responseTimes.size(); i++) {
      addTimes(other.responseTimes.keyAt(i), other.responseTimes.countAt(i));
    }
    requestsPerSecond.addAll(other.requestsPerSecond);
    failuresPerSecond.addAll(other.failuresPerSecond);
    FineCells more = other.fine == null ? other.sentFine : other.fine.cells();
    if (more != null) {
      if (fine == null) {
        fine = new FineHistogram(fineDigits);
      }
      fine.add(more);
    }
  }

  private void addTimes(long bucket, long count) {
    boolean room = responseTimes.size() < MOST_BUCKETS || responseTimes.get(bucket) > 0;
    responseTimes.add(
        room ? bucket : ResponseTimeBuckets.bucketOf(Math.clamp((double) bucket, 0, LARGEST_ROUNDED_MS)), count);
  }

  private void takeMin(double timeMs, boolean whole) {
    if (!(minTimeMs <= timeMs)) {
      minTimeMs = timeMs;
      minWhole = whole;
    }
  }

  private void takeMax(double timeMs, boolean whole) {
    if (timeMs > maxTimeMs) {
      maxTimeMs = timeMs;
      maxWhole = whole;
    }
  }

  /** A number as Locust would hold it: whole if all of its parts were. */
  static Number number(double value, boolean whole) {
    if (whole) {
      return (long) value;
    }
    return value;
  }
}
