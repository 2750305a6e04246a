package io.katydid.stats;

import java.util.function.IntSupplier;

/**
 * How many requests (or failures) one entry had in each second: those seconds that came last, so that a run of weeks
 * needs no more room than a run of an hour. A second leaves in the order in which it came, not by its number: a worker
 * whose clock is wrong cannot drive out the seconds of the others. Guarded by the lock of {@link RequestStats}.
 */
final class PerSecondCounts {
  private final IntSupplier most;
  private CountMap counts = new CountMap();

  /** @param most how many seconds to keep now; asked when one is added. A few more may be there */
  PerSecondCounts(IntSupplier most) {
    this.most = most;
  }

  void add(long second, long count) {
    int before = counts.size();
    counts.add(second, count);
    if (counts.size() > before) {
      int kept = most.getAsInt();
      if (counts.size() > kept + kept / 8) {
        counts = counts.last(kept);
      }
    }
  }

  void addAll(PerSecondCounts other) {
    for (int i = 0; i < other.counts.size(); i++) {
      add(other.counts.keyAt(i), other.counts.countAt(i));
    }
  }

  long get(long second) {
    return counts.get(second);
  }

  CountMap counts() {
    return counts;
  }
}
