package io.katydid.stats;

import java.util.Arrays;

/**
 * An immutable histogram over ascending buckets, Locust's or finer ones, and Locust's percentile over it (spec
 * wire-protocol 6.3).
 */
final class BucketCounts {
  private final long[] buckets;
  private final long[] counts;

  private BucketCounts(long[] ascendingBuckets, long[] counts) {
    this.buckets = ascendingBuckets;
    this.counts = counts;
  }

  /** Takes ascending buckets with counts above 0, and the arrays with them. */
  static BucketCounts ascending(long[] buckets, long[] counts) {
    return new BucketCounts(buckets, counts);
  }

  /** Copies buckets in any order, without repetition; one with the count 0 counts for nothing and is left out. */
  static BucketCounts unordered(long[] unorderedBuckets, long[] unorderedCounts) {
    long[] sorted = unorderedBuckets.clone();
    int size = 0;
    for (int i = 0; i < unorderedBuckets.length; i++) {
      if (unorderedCounts[i] != 0) {
        sorted[size++] = unorderedBuckets[i];
      }
    }
    long[] buckets = Arrays.copyOf(sorted, size);
    Arrays.sort(buckets);
    long[] counts = new long[size];
    for (int i = 0; i < unorderedBuckets.length; i++) {
      if (unorderedCounts[i] != 0) {
        counts[Arrays.binarySearch(buckets, unorderedBuckets[i])] = unorderedCounts[i];
      }
    }
    return new BucketCounts(buckets, counts);
  }

  /** What has come since an earlier moment of the same histogram; null if it has been set to zero in between. */
  BucketCounts since(BucketCounts earlier) {
    long[] more = counts.clone();
    int before = 0;
    for (int i = 0; i < buckets.length && before < earlier.buckets.length; i++) {
      if (buckets[i] == earlier.buckets[before]) {
        more[i] -= earlier.counts[before++];
        if (more[i] < 0) {
          return null;
        }
      }
    }
    return before < earlier.buckets.length ? null : new BucketCounts(buckets, more);
  }

  /** Sum of all counts. */
  long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /**
   * The bucket that a share of the requests finished within.
   *
   * @param requests how many requests the share is of
   * @param share between 0 and 1
   * @return 0 if there are no buckets
   */
  long percentile(long requests, double share) {
    long limit = (long) (requests * share);
    long processed = 0;
    for (int i = buckets.length - 1; i >= 0; i--) {
      processed += counts[i];
      if (requests - processed <= limit) {
        return buckets[i];
      }
    }
    return 0;
  }
}
