package io.katydid.cluster;

/**
 * Time and order of a protocol: the thread that owns its state, its clock and its timers. A run thread in a program, a
 * clock moved by hand in a test. Methods may be called from any thread.
 */
public interface Timeline {
  /** A timer that has been set. */
  interface Timer {
    void cancel();
  }

  /** Monotonic time in nanoseconds. */
  long nanos();

  /** Seconds since 1970, as Python's time.time(). */
  double epochSeconds();

  /** Runs work on the owning thread, in the order of the calls; never at once. */
  void order(Runnable work);

  /** Runs work on the owning thread after so many seconds (0 or less = as soon as possible). */
  Timer after(double seconds, Runnable work);
}
