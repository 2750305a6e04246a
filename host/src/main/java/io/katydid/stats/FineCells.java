package io.katydid.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * The fine histogram of a worker's report as it travels: used cells and their counts, checked, without a histogram
 * around them, because a master reads tens of thousands of them a second and only adds them up. Immutable.
 *
 * <p>The wire form is ours and small: base64 of a version byte, a digits byte, then for each used cell the distance
 * from the cell before (microseconds) and its count, both as variable length numbers. Decoding allocates no more than
 * the text that came, whatever the text says, which the histogram library's own format does not promise.
 */
final class FineCells {
  /** One hour in microseconds. */
  static final long LARGEST_US = 3_600_000_000L;
  private static final int WIRE_VERSION = 1;
  /** Sums of counts up to this one do not overflow. */
  private static final long LARGEST_COUNT = 1L << 50;
  private static final int FEWEST_DIGITS = 1;
  private static final int MOST_DIGITS = 3;
  private static final int LONGEST_NUMBER_BYTES = 10;

  private final long[] values;
  private final long[] counts;
  private final int size;

  /** Takes the arrays over. {@code values} are the lowest of their cells in microseconds, ascending. */
  FineCells(long[] values, long[] counts, int size) {
    this.values = values;
    this.counts = counts;
    this.size = size;
  }

  int size() {
    return size;
  }

  long valueAt(int position) {
    return values[position];
  }

  long countAt(int position) {
    return counts[position];
  }

  /** @param digits precision of the histogram they come from */
  String encode(int digits) {
    ByteBuffer bytes = ByteBuffer.allocate(2 + size * 2 * LONGEST_NUMBER_BYTES);
    bytes.put((byte) WIRE_VERSION).put((byte) digits);
    long before = 0;
    for (int i = 0; i < size; i++) {
      putNumber(bytes, values[i] - before);
      putNumber(bytes, counts[i]);
      before = values[i];
    }
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
  }

  /** The cells of a wire text, or null if the text is not one of ours. */
  static FineCells decode(String text) {
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
    long[] values = new long[bytes.remaining() / 2 + 1];
    long[] counts = new long[values.length];
    int size = 0;
    long value = 0;
    while (bytes.hasRemaining()) {
      long distance = takeNumber(bytes);
      long count = takeNumber(bytes);
      if (distance < 0 || distance > LARGEST_US - value || count <= 0 || count > LARGEST_COUNT) {
        return null;
      }
      value += distance;
      values[size] = value;
      counts[size] = count;
      size++;
    }
    return new FineCells(values, counts, size);
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
