package io.katydid.web;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A reading that is taken at most once per interval however many browsers ask. When taking it lasts longer than the
 * interval, the interval doubles for good. Called by any web thread; a slow reading makes the others wait for it.
 */
final class Remembered<T> {
  private final LongSupplier nanoClock;
  private final Supplier<T> reading;
  private long intervalNanos;
  private long takenNanos;
  private T value;

  Remembered(LongSupplier nanoClock, double seconds, Supplier<T> reading) {
    this.nanoClock = nanoClock;
    this.intervalNanos = (long) (seconds * 1e9);
    this.reading = reading;
  }

  synchronized T get() {
    long now = nanoClock.getAsLong();
    if (value == null || now - takenNanos >= intervalNanos) {
      value = reading.get();
      long after = nanoClock.getAsLong();
      if (after - now > intervalNanos) {
        intervalNanos *= 2;
      }
      takenNanos = after;
    }
    return value;
  }

  /** The next call takes a new reading: something was changed on purpose. */
  synchronized void forget() {
    value = null;
  }
}
