package io.katydid.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Response times in microseconds, 0 to one hour, as fine as the chosen number of significant digits. Times outside are
 * counted at the nearer end. Grows with the largest time seen. Guarded by the lock of {@link RequestStats}, except
 * {@link #encode} and {@link #decode}, which work on histograms nobody else has.
 *
 * <p>The wire form is ours and small: base64 of a version byte, a digits byte, then for each used cell the distance
 * from the cell before (microseconds) and its count, both as variable length numbers. Decoding allocates no more than
 * the text that came, whatever the text says, which the histogram library's own format does not promise; histograms
 * with the same digits merge exactly.
 */
final class FineHistogram {
  private static final long LARGEST_US = 3_600_000_000L;
  private static final int WIRE_VERSION = 1;
  /** Sums of counts up to this one do not overflow. */
  private static final long LARGEST_COUNT = 1L << 50;
  private static final int FEWEST_DIGITS = 1;
  private static final int MOST_DIGITS = 3;
  private static final int LONGEST_NUMBER_BYTES = 10;

  private final Histogram histogram;

  FineHistogram(int significantDigits) {
    histogram = new Histogram(significantDigits);
  }

  void record(double responseTimeMs) {
    record(Math.round(responseTimeMs * 1000.0), 1);
  }

  private void record(long microseconds, long count) {
    histogram.recordValueWithCount(Math.clamp(microseconds, 0L, LARGEST_US), count);
  }

  void add(FineHistogram other) {
    for (HistogramIterationValue cell : other.histogram.recordedValues()) {
      record(cell.getValueIteratedTo(), cell.getCountAtValueIteratedTo());
    }
  }

  long count() {
    return histogram.getTotalCount();
  }

  /** Milliseconds; the largest value that falls into the same cell as the wanted one. */
  double percentileMs(double share) {
    return histogram.getValueAtPercentile(share * 100.0) / 1000.0;
  }

  /** How many times are at or below a bound in milliseconds (all of the bound's own cell). */
  long countAtOrBelow(double boundMs) {
    long bound = Math.clamp(Math.round(boundMs * 1000.0), 0L, LARGEST_US);
    return bound >= histogram.getMaxValue() ? count() : histogram.getCountBetweenValues(0, bound);
  }

  String encode() {
    int cells = 0;
    for (HistogramIterationValue ignored : histogram.recordedValues()) {
      cells++;
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 + cells * 2 * LONGEST_NUMBER_BYTES);
    bytes.put((byte) WIRE_VERSION).put((byte) histogram.getNumberOfSignificantValueDigits());
    long before = 0;
    for (HistogramIterationValue cell : histogram.recordedValues()) {
      long value = histogram.lowestEquivalentValue(cell.getValueIteratedTo());
      putNumber(bytes, value - before);
      putNumber(bytes, cell.getCountAtValueIteratedTo());
      before = value;
    }
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
  }

  /** The histogram of a wire text, or null if the text is not one of ours. */
  static FineHistogram decode(String text) {
    byte[] raw;
    try {
      raw = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(raw);
    if (raw.length < 2 || bytes.get() != WIRE_VERSION) {
      return null;
    }
    int digits = bytes.get();
    if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
      return null;
    }
    FineHistogram decoded = new FineHistogram(digits);
    long value = 0;
    while (bytes.hasRemaining()) {
      long distance = takeNumber(bytes);
      long count = takeNumber(bytes);
      if (distance < 0 || distance > LARGEST_US - value || count <= 0 || count > LARGEST_COUNT) {
        return null;
      }
      value += distance;
      decoded.record(value, count);
    }
    return decoded;
  }

  private static void putNumber(ByteBuffer bytes, long number) {
    long rest = number;
    while (rest >= 0x80) {
      bytes.put((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  /** A number that is not negative, or -1 if there is none. */
  private static long takeNumber(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; shift < 63 && bytes.hasRemaining(); shift += 7) {
      int part = bytes.get();
      number |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return number;
      }
    }
    return -1;
  }
}
