package io.katydid.stats;

import java.util.Arrays;

/**
 * Counts by whole number: buckets or seconds. Keeps the order in which keys first appeared, as a Python dict does, and
 * allocates only when it grows. Not thread safe: guarded by the lock of {@link RequestStats}.
 *
 * <p>Keys never leave and never move, so the counts of an earlier moment can be kept as a plain array that is a prefix
 * of the present one ({@link #countsCopy}); that is what makes twenty copies per entry affordable.
 */
final class CountMap {
  private static final int FIRST_CAPACITY = 8;

  private long[] keys = new long[FIRST_CAPACITY];
  private long[] counts = new long[FIRST_CAPACITY];
  private int size;
  /** Open addressing: position + 1 of the key, 0 = free. Twice as long as the arrays. */
  private int[] slots = new int[2 * FIRST_CAPACITY];

  void add(long key, long count) {
    int slot = slotOf(key);
    int position = slots[slot] - 1;
    if (position >= 0) {
      counts[position] += count;
      return;
    }
    if (size == keys.length) {
      grow();
      slot = slotOf(key);
    }
    keys[size] = key;
    counts[size] = count;
    size++;
    slots[slot] = size;
  }

  long get(long key) {
    int position = slots[slotOf(key)] - 1;
    return position < 0 ? 0 : counts[position];
  }

  int size() {
    return size;
  }

  long keyAt(int position) {
    return keys[position];
  }

  long countAt(int position) {
    return counts[position];
  }

  long[] keysCopy() {
    return Arrays.copyOf(keys, size);
  }

  long[] countsCopy() {
    return Arrays.copyOf(counts, size);
  }

  /** The last that appeared, as a map of their own. */
  CountMap last(int most) {
    CountMap last = new CountMap();
    for (int i = Math.max(0, size - most); i < size; i++) {
      last.add(keys[i], counts[i]);
    }
    return last;
  }

  private int slotOf(long key) {
    int mask = slots.length - 1;
    int slot = Long.hashCode(key * 0x9E3779B97F4A7C15L) & mask;
    while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * keys.length);
    counts = Arrays.copyOf(counts, keys.length);
    slots = new int[2 * keys.length];
    for (int position = 0; position < size; position++) {
      slots[slotOf(keys[position])] = position + 1;
    }
  }
}
