package io.katydid.http;

import java.util.concurrent.TimeUnit;

/**
 * How far the system's time of day is ahead of {@link System#nanoTime}, to tell on the latter's scale when something happened that
 * the system has noted on the former's. Pure: told what the clocks show. Owned by one thread.
 */
final class ClockOffset {
  /** Between two looks at the same clock; longer means that something came in between. Interpreted code needs ten. */
  private static final long AT_ONCE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  /** More than this since the last look is not the drift of clocks: one of them has been set. */
  private static final long SET_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private long offset;
  private boolean looked;
  private boolean known;

  /**
   * A look at the clocks.
   *
   * @param before System.nanoTime just before the look at the time of day
   * @param time nanoseconds since 1970
   * @param after System.nanoTime just after it
   * @return false if something came in between, so that it has to be repeated
   */
  boolean look(long before, long time, long after) {
    if (after - before > AT_ONCE_NANOS) {
      return false;
    }
    long seen = time - before - (after - before) / 2;
    known = looked && Math.abs(seen - offset) <= SET_NANOS;
    looked = true;
    offset = seen;
    return true;
  }

  /** Whether the last two looks agree. If not, a time of day may have been noted before a clock was set. */
  boolean known() {
    return known;
  }

  /** When that was, on the scale of System.nanoTime, but not later than `now`; `now` while that is not {@link #known}. */
  long nanosAt(long time, long now) {
    return known ? Math.min(now, time - offset) : now;
  }
}
