package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Readings that are shared, on a clock of the test. */
final class RememberedTest {
  private static final long SECOND = 1_000_000_000;

  private long now;
  private long lasts;
  private int taken;
  private final Remembered<Integer> remembered = new Remembered<>(() -> now, 1, this::take);

  private Integer take() {
    now += lasts;
    return ++taken;
  }

  private void askEverySecond(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += SECOND;
      remembered.get();
    }
  }

  @Test
  void oneReadingServesAllWhoAskWithinTheInterval() {
    assertEquals(1, remembered.get());
    now += SECOND - 1;
    assertEquals(1, remembered.get());
    now += 1;
    assertEquals(2, remembered.get());
    remembered.forget();
    assertEquals(3, remembered.get());
  }

  @Test
  void slowReadingsMakeTheIntervalLongerAndFastOnesShortAgain() {
    lasts = 5 * SECOND;
    askEverySecond(60);
    int slow = taken;
    askEverySecond(60);
    assertEquals(8, taken - slow, 2, "of the time, about half is spent on readings of five seconds at most");
    lasts = 0;
    askEverySecond(60);
    int fast = taken;
    askEverySecond(60);
    assertEquals(60, taken - fast, "one a second again");
  }
}
