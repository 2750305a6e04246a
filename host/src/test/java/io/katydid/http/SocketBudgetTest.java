package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SocketBudgetTest {
  private final AtomicInteger free = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final SocketBudget budget = new SocketBudget(() -> {
    asked.incrementAndGet();
    return free.get();
  });

  private int open() {
    int opened = 0;
    while (budget.take()) {
      opened++;
      free.decrementAndGet();
    }
    return opened;
  }

  @Test
  void fortyEightFilesAreLeftForOthers() {
    free.set(1000);
    assertEquals(952, open());
    assertEquals(48, free.get());
    assertFalse(budget.take());
    free.set(49);
    assertTrue(budget.take());
  }

  @Test
  void theSystemIsSeldomAsked() {
    free.set(100_048);
    assertEquals(100_000, open());
    assertTrue(asked.get() < 500, asked + " times");
  }

  @Test
  void whereNobodyKnowsThereIsNoLimit() {
    free.set(-1);
    for (int i = 0; i < 10_000; i++) {
      assertTrue(budget.take());
    }
  }
}
