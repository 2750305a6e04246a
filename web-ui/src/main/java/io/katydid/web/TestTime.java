package io.katydid.web;

import io.katydid.console.TestConsole;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of the test as a clock, so that pages and the points of the timeline agree when the system's is set. */
final class TestTime extends Clock {
  private final TestConsole console;

  TestTime(TestConsole console) {
    this.console = console;
  }

  @Override
  public long millis() {
    return (long) (console.now() * 1000);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
