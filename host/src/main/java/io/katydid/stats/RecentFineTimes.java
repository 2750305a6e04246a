package io.katydid.stats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The precise percentiles of about the last ten seconds of one entry, as {@link StatsEntry#currentPercentiles} has Locust's
 * rounded ones: for charts, in which a third of a millisecond is not zero. Owned by whoever samples, once a second.
 */
public final class RecentFineTimes {
  private static final double WINDOW_SECONDS = 10;
  private static final double MICROS_PER_MILLI = 1000.0;

  private static final BucketCounts NOTHING = BucketCounts.ascending(new long[0], new long[0]);

  private record Copy(double time, BucketCounts counts) {}

  private final StatsEntry entry;
  /** Those of the window and one that is older, the oldest first. */
  private final Deque<Copy> copies = new ArrayDeque<>();

  public RecentFineTimes(StatsEntry entry) {
    this.entry = entry;
  }

  /**
   * Milliseconds in the order of the shares, nothing if nothing was measured in the window; null if some of the entry's
   * requests came from a worker that sends no fine histogram.
   *
   * @param now seconds, on any scale that does not go back
   */
  public List<Double> sample(List<Double> shares, double now) {
    BucketCounts present = entry.fineCounts();
    if (present == null) {
      copies.clear();
      return null;
    }
    BucketCounts recent = copies.isEmpty() ? null : present.since(copies.getFirst().counts);
    if (recent == null) { // the first one, or it has been set to zero
      copies.clear();
      copies.addLast(new Copy(now, NOTHING));
      recent = present;
    }
    copies.addLast(new Copy(now, present));
    while (copies.size() > 1 && (copies.getFirst().time <= now - WINDOW_SECONDS || copies.getFirst().time > now)) {
      copies.removeFirst();
    }
    long requests = recent.total();
    if (requests == 0) {
      return List.of();
    }
    BucketCounts times = recent;
    return shares.stream().map(share -> times.percentile(requests, share) / MICROS_PER_MILLI).toList();
  }
}
