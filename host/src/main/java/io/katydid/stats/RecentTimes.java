package io.katydid.stats;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an entry's histogram was in each of the last seconds, for the "current" percentiles: the difference between now
 * and about ten seconds ago. At most twenty copies, the oldest leaves. Guarded by the lock of {@link RequestStats}.
 */
final class RecentTimes {
  private static final int WINDOW_SECONDS = 10;
  private static final int LARGEST_DETOUR_SECONDS = 8;
  private static final int COPIES = WINDOW_SECONDS + 10;

  /** Counts as they were; their buckets are the first ones of the entry's present map. */
  private record Copy(long[] counts, long timedRequests) {}

  /** A difference, independent of the entry: its percentiles are computed without the lock. */
  record Recent(long[] buckets, long[] counts, long requests) {
    List<Long> percentiles(List<Double> shares) {
      BucketCounts sorted = BucketCounts.unordered(buckets, counts);
      return shares.stream().map(share -> sorted.percentile(requests, share)).toList();
    }
  }

  private final Map<Long, Copy> copies = new LinkedHashMap<>();

  void keep(long second, EntryCounters counters) {
    copies.put(second, new Copy(counters.responseTimes.countsCopy(), counters.timedRequests()));
    Iterator<Long> oldest = copies.keySet().iterator();
    while (copies.size() > COPIES) {
      oldest.next();
      oldest.remove();
    }
  }

  /** What came since about ten seconds ago, or null if no copy is suitable. */
  Recent since(EntryCounters counters, double now) {
    Copy before = copyFrom((long) now - WINDOW_SECONDS);
    if (before == null) {
      return null;
    }
    long[] difference = counters.responseTimes.countsCopy();
    for (int i = 0; i < before.counts.length; i++) {
      difference[i] -= before.counts[i];
    }
    long requests = counters.timedRequests() - before.timedRequests;
    return new Recent(counters.responseTimes.keysCopy(), difference, requests);
  }

  /** The wanted second, else the nearest one, the earlier first, up to eight seconds away. */
  private Copy copyFrom(long wantedSecond) {
    Copy found = copies.get(wantedSecond);
    for (int detour = 1; found == null && detour <= LARGEST_DETOUR_SECONDS; detour++) {
      found = copies.get(wantedSecond - detour);
      if (found == null) {
        found = copies.get(wantedSecond + detour);
      }
    }
    return found;
  }
}
