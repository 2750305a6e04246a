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

  public WireLimits {
    if (frameBytes < 1 || depth < 1 || values < 1) {
      throw new IllegalArgumentException("Limits of messages must be positive.");
    }
  }
}
