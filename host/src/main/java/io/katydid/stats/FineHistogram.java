package io.katydid.stats;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Response times in microseconds, 0 to one hour, as fine as the chosen number of significant digits. Times outside are
 * counted at the nearer end. Grows with the largest time seen. Histograms with the same digits merge exactly. Guarded by
 * the lock of {@link RequestStats}, except {@link #encode}, which works on a histogram nobody else has.
 */
final class FineHistogram {
  private static final int FIRST_CELLS = 16;

  private final Histogram histogram;

  FineHistogram(int significantDigits) {
    histogram = new Histogram(significantDigits);
  }

  void record(double responseTimeMs) {
    record(Math.round(responseTimeMs * 1000.0), 1);
  }

  private void record(long microseconds, long count) {
    histogram.recordValueWithCount(Math.clamp(microseconds, 0L, FineCells.LARGEST_US), count);
  }

  void add(FineCells cells) {
    for (int i = 0; i < cells.size(); i++) {
      record(cells.valueAt(i), cells.countAt(i));
    }
  }

  long count() {
    return histogram.getTotalCount();
  }

  /**
   * How many times are at or below each bound in milliseconds (all of the bound's own cell). One way through the cells,
   * however many bounds there are.
   *
   * @param ascendingMs bounds, the smallest first
   */
  long[] countsAtOrBelow(double[] ascendingMs) {
    long[] counts = new long[ascendingMs.length];
    int next = 0;
    long below = 0;
    for (HistogramIterationValue cell : histogram.recordedValues()) {
      long start = histogram.lowestEquivalentValue(cell.getValueIteratedTo());
      while (next < counts.length && Math.round(ascendingMs[next] * 1000.0) < start) {
        counts[next++] = below;
      }
      below += cell.getCountAtValueIteratedTo();
    }
    Arrays.fill(counts, next, counts.length, below);
    return counts;
  }

  /** The used cells as they are now: the middle of each in microseconds, and its count. */
  BucketCounts middles() {
    FineCells cells = cells();
    long[] middles = new long[cells.size()];
    long[] counts = new long[cells.size()];
    for (int i = 0; i < cells.size(); i++) {
      middles[i] = histogram.medianEquivalentValue(cells.valueAt(i));
      counts[i] = cells.countAt(i);
    }
    return BucketCounts.ascending(middles, counts);
  }

  /** The used cells as they are now, by the lowest time of each. */
  FineCells cells() {
    int size = 0;
    long[] values = new long[FIRST_CELLS];
    long[] counts = new long[FIRST_CELLS];
    for (HistogramIterationValue cell : histogram.recordedValues()) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      values[size] = histogram.lowestEquivalentValue(cell.getValueIteratedTo());
      counts[size] = cell.getCountAtValueIteratedTo();
      size++;
    }
    return new FineCells(values, counts, size);
  }

  /** The text for the wire, see {@link FineCells}. */
  String encode() {
    return cells().encode(histogram.getNumberOfSignificantValueDigits());
  }
}
