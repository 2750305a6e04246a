package io.katydid.web;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A reading that is taken at most once per interval however many browsers ask. When taking it lasts longer than the
 * interval, the interval doubles; it comes back by halves when readings are fast again. Called by any web thread; a slow reading makes the others wait for it, but
 * nobody who only asks for what is at hand.
 */
final class Remembered<T> {
  private final LongSupplier nanoClock;
  private final Supplier<T> reading;
  private final long shortestNanos;
  private volatile long intervalNanos;
  private volatile Taken<T> taken;
  private final AtomicBoolean renewing = new AtomicBoolean();

  private record Taken<T>(T value, long nanos) {}

  Remembered(LongSupplier nanoClock, double seconds, Supplier<T> reading) {
    this.nanoClock = nanoClock;
    this.shortestNanos = (long) (seconds * 1e9);
    this.intervalNanos = shortestNanos;
    this.reading = reading;
  }

  /**
   * The last reading if it is still good, else null; never waits. Near the end of its time it is read anew meanwhile, so
   * that nobody who comes often has to wait.
   */
  T atHand(Executor executor) {
    Taken<T> last = taken;
    if (!isYounger(last, intervalNanos)) {
      return null;
    }
    if (!isYounger(last, intervalNanos / 4 * 3) && renewing.compareAndSet(false, true)) {
      executor.execute(() -> {
        try {
          renew(last);
        } finally {
          renewing.set(false);
        }
      });
    }
    return last.value;
  }

  private boolean isYounger(Taken<T> last, long nanos) {
    return last != null && nanoClock.getAsLong() - last.nanos < nanos;
  }

  private synchronized void renew(Taken<T> old) {
    if (taken == old) {
      read();
    }
  }

  synchronized T get() {
    Taken<T> last = taken;
    return isYounger(last, intervalNanos) ? last.value : read();
  }

  private T read() {
    long before = nanoClock.getAsLong();
    T value = reading.get();
    long after = nanoClock.getAsLong();
    if (after - before > intervalNanos) {
      intervalNanos *= 2;
    } else if (after - before < intervalNanos / 4) {
      intervalNanos = Math.max(shortestNanos, intervalNanos / 2);
    }
    taken = new Taken<>(value, after);
    return value;
  }

  /** The next call takes a new reading: something was changed on purpose. */
  synchronized void forget() {
    taken = null;
  }
}
