package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  private static final long AHEAD = 1_700_000_000_000_000_000L;

  private final ClockOffset clocks = new ClockOffset();

  private boolean look(long nanos, long ahead) {
    return clocks.look(nanos, nanos + 20 + ahead, nanos + 40);
  }

  @Test
  void aTimeOfDayIsToldOnTheOtherScale() {
    look(100, AHEAD);
    look(1000, AHEAD);
    assertEquals(700, clocks.nanosAt(AHEAD + 700, 1100));
  }

  @Test
  void oneLookIsNotEnough() {
    assertFalse(clocks.known());
    look(100, AHEAD);
    assertFalse(clocks.known());
    assertEquals(1100, clocks.nanosAt(AHEAD + 700, 1100));
  }

  @Test
  void nothingArrivesInTheFuture() {
    look(100, AHEAD);
    look(1000, AHEAD);
    assertEquals(1100, clocks.nanosAt(AHEAD + 1200, 1100));
  }

  @Test
  void driftIsFollowed() {
    look(100, AHEAD);
    look(1000, AHEAD + 900_000);
    assertEquals(700, clocks.nanosAt(AHEAD + 900_700, 1100));
  }

  @Test
  void whenAClockHasBeenSetNothingIsKnownUntilTheNextLook() {
    look(100, AHEAD);
    look(1000, AHEAD);
    look(2000, AHEAD + 3_600_000_000_000L);
    assertEquals(2100, clocks.nanosAt(AHEAD + 1900, 2100));
    look(3000, AHEAD + 3_600_000_000_000L);
    assertEquals(2900, clocks.nanosAt(AHEAD + 3_600_000_002_900L, 3100));
  }

  @Test
  void aLookThatWasInterruptedDoesNotCount() {
    look(100, AHEAD);
    look(1000, AHEAD);
    assertFalse(clocks.look(2000, 2000 + AHEAD + 5_000_000, 12_000_000));
    assertTrue(clocks.known());
    assertEquals(1900, clocks.nanosAt(AHEAD + 1900, 2100));
  }
}
