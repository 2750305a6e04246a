package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunLimitTest {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private RunLimit limit(double warmUpSeconds) {
    return new RunLimit(warmUpSeconds, () -> events.add("warm"), () -> events.add("limit"));
  }

  @Test
  void theRunTimeBeginsAfterTheWarmUp() throws InterruptedException {
    try (RunLimit limit = limit(0.05)) {
      long begun = System.nanoTime();
      limit.begin(0.05);
      assertEquals("warm", events.take());
      assertEquals("limit", events.take());
      assertTrue(System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(100), "both times were waited for");
    }
  }

  @Test
  void withoutAWarmUpNothingIsForgotten() throws InterruptedException {
    try (RunLimit limit = limit(0)) {
      limit.begin(0.01);
      assertEquals("limit", events.take());
      assertTrue(events.isEmpty());
    }
  }

  @Test
  void whatIsLeftIsUntilTheLimit() {
    try (RunLimit limit = limit(100)) {
      assertTrue(limit.secondsLeft().isEmpty());
      limit.begin(null);
      assertTrue(limit.secondsLeft().isEmpty(), "a warm-up is no limit");
      limit.begin(3_600.0);
      assertEquals(3_700, limit.secondsLeft().orElseThrow(), 60);
      limit.edit(1_800.0);
      assertEquals(1_900, limit.secondsLeft().orElseThrow(), 60);
      limit.edit(null);
      assertTrue(limit.secondsLeft().isEmpty());
    }
  }

  @Test
  void aNewOrderReplacesTheOldOne() throws InterruptedException {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (RunLimit limit = new RunLimit(0, () -> { }, () -> events.add("limit"))) {
      limit.begin(3_600.0);
      limit.edit(0.01);
      seen.add(events.take());
      limit.edit(3_600.0);
      limit.edit(null);
      limit.begin(0.02);
      seen.add(events.take());
      assertTrue(events.isEmpty());
    }
    assertEquals(List.of("limit", "limit"), seen);
  }

  @Test
  void anEditDuringTheWarmUpHoldsAndLeavesTheWarmUpAlone() throws InterruptedException {
    try (RunLimit limit = limit(0.2)) {
      limit.begin(3_600.0);
      limit.edit(0.01);
      assertEquals("warm", events.take());
      assertEquals("limit", events.take());
      limit.begin(null);
      limit.edit(0.01);
      limit.edit(null);
      assertEquals("warm", events.take());
      assertTrue(limit.secondsLeft().isEmpty());
    }
  }

  /** Forgetting what was counted takes its time; the page may send an edit meanwhile. */
  @Test
  void anEditJustAtTheEndOfTheWarmUpHolds() throws InterruptedException {
    RunLimit[] made = new RunLimit[1];
    try (RunLimit limit = new RunLimit(0.01, () -> made[0].edit(0.02), () -> events.add("limit"))) {
      made[0] = limit;
      limit.begin(3_600.0);
      assertEquals("limit", events.take());
    }
  }

  @Test
  void aTestThatIsStoppedInItsWarmUpForgetsNothingLater() throws InterruptedException {
    try (RunLimit limit = limit(3_600)) {
      limit.begin(null);
      limit.end();
      limit.edit(0.05);
      assertEquals("limit", events.take());
      assertTrue(events.isEmpty());
    }
  }
}
