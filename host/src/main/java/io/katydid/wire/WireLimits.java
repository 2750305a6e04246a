package io.katydid.wire;

/**
 * What a single message may cost, so that no peer can exhaust the memory or the stack.
 *
 * @param frameBytes largest message in bytes
 * @param depth deepest nesting of lists and maps
 * @param values largest number of values, counting keys, in one message
 */
public record WireLimits(int frameBytes, int depth, int values) {
  /** 64 MB, 100 levels, four million values: far beyond the report of a worker with ten thousand request names. */
  public static final WireLimits DEFAULT = new WireLimits(64 << 20, 100, 4_000_000);

  /** What a value may take when it is decoded: an entry of a small map with its key. */
  private static final int DEAREST_VALUE = 64;

  /**
   * The default, or less where the heap is small: a frame may take a sixteenth of it and its values a quarter.
   *
   * @param heapBytes the most that the heap may have
   */
  public static WireLimits forHeap(long heapBytes) {
    return new WireLimits((int) Math.min(DEFAULT.frameBytes, heapBytes / 16), DEFAULT.depth,
        (int) Math.min(DEFAULT.values, heapBytes / 4 / DEAREST_VALUE));
  }

  public WireLimits {
    if (frameBytes < 1 || depth < 1 || values < 1) {
      throw new IllegalArgumentException("Limits of messages must be positive.");
    }
  }
}
