package io.katydid.app;

/** The time of day in seconds since 1970 with fractions; durations are of other clocks. */
final class Clock {
  private Clock() {}

  static double now() {
    return System.currentTimeMillis() / 1000.0;
  }
}
