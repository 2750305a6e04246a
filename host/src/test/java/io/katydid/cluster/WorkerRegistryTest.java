package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** The indexes of workers that come and go. */
class WorkerRegistryTest {
  private final WorkerRegistry registry = new WorkerRegistry();

  @Test
  void anIdKeepsItsIndexAndNoIndexIsGivenTwice() {
    assertEquals(0, registry.indexOf("a"));
    registry.enter("b", 1);
    registry.remove("b");
    assertEquals(2, registry.indexOf("c"));
    assertEquals(1, registry.indexOf("b"));
  }

  @Test
  void onlyTheLastIdsOfWeeksAreKnownButAlwaysThoseThatAreThere() {
    registry.enter("first", 1);
    for (int i = 1; i <= 3 * WorkerRegistry.MOST_INDEXES; i++) {
      assertEquals(i, registry.indexOf("pod" + i));
    }
    assertEquals(0, registry.indexOf("first"));
    assertEquals(3 * WorkerRegistry.MOST_INDEXES, registry.indexOf("pod" + 3 * WorkerRegistry.MOST_INDEXES));
    assertNotEquals(1, registry.indexOf("pod1"), "it is as new");
  }
}
