package io.katydid.stats;

/**
 * Everything that is counted for one entry since its last reset. A plain mutable value: guarded by the lock of {@link
 * RequestStats} while an entry has it, owned by one thread when it has been detached for a report or read from one.
 *
 * <p>Locust's numbers remember whether they came as whole numbers, and print accordingly; hence the {@code ...Whole}
 * flags.
 */
final class EntryCounters {
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
  final CountMap requestsPerSecond = new CountMap();
  final CountMap failuresPerSecond = new CountMap();
  /** Null until the first measured request. */
  FineHistogram fine;
  /** What a report brought in place of {@link #fine}; null without one. */
  FineCells sentFine;

  EntryCounters(double startTime) {
    this.startTime = startTime;
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
    responseTimes.add(bucket, 1);
    if (fine == null) {
      fine = new FineHistogram(fineDigits);
    }
    fine.record(timeMs);
  }

  void countFailure(double now) {
    failures++;
    failuresPerSecond.add((long) now, 1);
  }

  /** Adds what a report has brought: spec wire-protocol section 6, "extend". */
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
    responseTimes.addAll(other.responseTimes);
    requestsPerSecond.addAll(other.requestsPerSecond);
    failuresPerSecond.addAll(other.failuresPerSecond);
    if (other.sentFine != null) {
      if (fine == null) {
        fine = new FineHistogram(fineDigits);
      }
      fine.add(other.sentFine);
    }
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
