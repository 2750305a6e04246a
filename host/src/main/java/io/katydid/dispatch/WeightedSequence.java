package io.katydid.dispatch;

import java.util.PriorityQueue;

/**
 * Endless sequence of class indexes whose shares follow the weights as closely as possible at every length: each
 * element is the one that keeps the Kullback-Leibler distance between the shares so far and the weights smallest.
 *
 * <p>Ties are broken by number of emissions, weight and name, in this order, so the sequence is the same on every
 * machine. A class of weight zero never appears.
 */
final class WeightedSequence {
  /** What the sequence emits when no class has a weight. */
  static final int NOTHING = -1;

  private static final double LN_2 = StrictMath.log(2);

  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();

  /** Adds a class. Indexes must be in the order of the class names; call it before the first {@link #next}. */
  void add(int classIndex, double weight) {
    if (weight > 0) {
      candidates.add(new Candidate(classIndex, weight, weight));
    }
  }

  /** Index of the next class, or {@link #NOTHING}. */
  int next() {
    Candidate first = candidates.poll();
    if (first == null) {
      return NOTHING;
    }
    candidates.add(new Candidate(first.classIndex, first.weight, first.emitted));
    return first.classIndex;
  }

  private static final class Candidate implements Comparable<Candidate> {
    private final int classIndex;
    private final double weight;
    private final double key;
    /** Weight plus the number of emissions, counting the one this candidate stands for. */
    private final double emitted;

    Candidate(int classIndex, double weight, double before) {
      this.classIndex = classIndex;
      this.weight = weight;
      this.emitted = before + 1;
      this.key = weight * (StrictMath.log(before / emitted) / LN_2);
    }

    @Override
    public int compareTo(Candidate other) {
      int order = Double.compare(key, other.key);
      if (order == 0) {
        order = Double.compare(emitted, other.emitted);
      }
      if (order == 0) {
        order = Double.compare(weight, other.weight);
      }
      return order == 0 ? Integer.compare(classIndex, other.classIndex) : order;
    }
  }
}
