package io.katydid.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
  @Test
  void whatIsTooMuchIsCountedAndTold() {
    LineBudget budget = new LineBudget(2, 60);
    long now = Long.MAX_VALUE - 5; // monotonic time may start anywhere
    assertEquals("a", budget.admit("a", now));
    assertEquals("b", budget.admit("b", now));
    assertNull(budget.admit("c", now));
    assertNull(budget.admit("d", now));
    assertEquals("e (2 lines like this were left out before it)", budget.admit("e", now + TimeUnit.SECONDS.toNanos(1)));
    assertNull(budget.admit("f", now + TimeUnit.SECONDS.toNanos(1)));
    long later = now + TimeUnit.HOURS.toNanos(1);
    assertEquals("g (1 lines like this were left out before it)", budget.admit("g", later));
    assertEquals("h", budget.admit("h", later));
    assertNull(budget.admit("i", later));
  }
}
