package io.katydid.runner;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Who is waited for after a kill, and for how long. */
class KillGraceTest {
  private static final long SECOND = 1_000_000_000;
  private final KillGrace grace = new KillGrace(0);

  @Test
  void nobodyIsWaitedForOnceAllHaveEnded() {
    assertFalse(grace.over(0, 3, 0));
    assertTrue(grace.over(SECOND, 0, 0));
  }

  @Test
  void usersThatDoNotObeyAreLeftAfterAFewSeconds() {
    assertFalse(grace.over(0, 2, 0));
    assertFalse(grace.over(KillGrace.STUBBORN_NANOS - 1, 2, 0));
    assertTrue(grace.over(KillGrace.STUBBORN_NANOS, 2, 0));
  }

  /** Thousands of users need a while until each has had its turn. */
  @Test
  void asLongAsOneAfterTheOtherObeysNobodyIsStubborn() {
    for (int left = 50; left > 0; left--) {
      assertFalse(grace.over((50 - left) * SECOND, left, 0));
    }
    assertFalse(grace.over(58 * SECOND, 1, 0));
    assertTrue(grace.over(59 * SECOND, 1, 0));
  }

  @Test
  void onStopMayTakeAMinute() {
    assertFalse(grace.over(0, 1, 1));
    assertFalse(grace.over(59 * SECOND, 1, 1));
    assertTrue(grace.over(60 * SECOND, 1, 1));
  }

  @Test
  void whoHasNotObeyedIsNotWaitedForOnceTheOthersAreGone() {
    assertFalse(grace.over(0, 1, 1));
    assertFalse(grace.over(30 * SECOND, 1, 1));
    assertTrue(grace.over(31 * SECOND, 1, 0));
  }
}
