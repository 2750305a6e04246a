package io.katydid.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The newest records. */
class RecentLinesTest {
  @Test
  void theOldestLeaveWhenThereAreTooMany() {
    RecentLines recent = new RecentLines(3);
    List.of("a", "b", "c", "d").forEach(recent::add);
    assertEquals(List.of("b", "c", "d"), recent.all());
  }

  @Test
  void wholeRepliesInTheLogDoNotFillTheMemoryAndTheNewestStays() {
    RecentLines recent = new RecentLines(500);
    for (int i = 0; i < 100; i++) {
      recent.add(i + "x".repeat(1_000_000));
    }
    assertTrue(recent.all().stream().mapToLong(String::length).sum() <= RecentLines.MOST_CHARACTERS);
    recent.add("y".repeat(2 * RecentLines.MOST_CHARACTERS));
    assertEquals(1, recent.all().size());
    recent.add("short");
    assertEquals(List.of("short"), recent.all());
  }
}
