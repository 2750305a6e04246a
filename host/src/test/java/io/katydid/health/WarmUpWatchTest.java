package io.katydid.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpWatchTest {
  private final WarmUpWatch watch = new WarmUpWatch();
  private double seconds = 100;
  private double compiled;

  /** A second in which compilers used this share of a core. */
  private void second(double share) {
    seconds += 1;
    compiled += share;
    watch.sample(seconds, compiled);
  }

  @Test
  void itIsWarmWhenCompilersHaveBeenQuietForFiveSeconds() {
    watch.sample(seconds, compiled);
    for (int i = 0; i < 20; i++) {
      second(0.8);
    }
    for (int i = 0; i < 4; i++) {
      second(0.05);
    }
    assertFalse(watch.warm());
    second(0.05);
    assertTrue(watch.warm());
    assertEquals(120, watch.warmSince(), "it was warm from the first quiet second on");
  }

  @Test
  void aBurstBeginsTheQuietAnew() {
    watch.sample(seconds, compiled);
    for (int i = 0; i < 4; i++) {
      second(0);
    }
    second(0.5);
    for (int i = 0; i < 4; i++) {
      second(0);
    }
    assertFalse(watch.warm());
    second(0);
    assertEquals(105, watch.warmSince());
  }

  @Test
  void onceWarmItStaysWarm() {
    watch.sample(seconds, compiled);
    for (int i = 0; i < 5; i++) {
      second(0);
    }
    second(1);
    assertEquals(100, watch.warmSince());
  }
}
