package io.katydid.app;

/** The time as statistics and the wire have it: seconds since 1970 with fractions. */
final class Clock {
  private Clock() {}

  static double now() {
    return System.currentTimeMillis() / 1000.0;
  }
}
