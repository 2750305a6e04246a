package io.katydid.stats;

/**
 * Chooses the histogram bucket of a response time. Locust's is {@link #LOCUST}; a locustfile may replace it
 * (`locust.stats.bucket_response_time`). Called on the recording thread before any lock is taken, so it may run script
 * code.
 */
@FunctionalInterface
public interface BucketRounding {
  BucketRounding LOCUST = ResponseTimeBuckets::bucketOf;

  /** The bucket, in milliseconds, of a finite response time in milliseconds. */
  long bucketOf(double responseTimeMs);
}
