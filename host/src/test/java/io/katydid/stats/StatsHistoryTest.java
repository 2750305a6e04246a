package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When chart points are taken and how many are kept. */
class StatsHistoryTest {
  @Test
  void points_are_taken_while_a_test_is_going_on() {
    assertTrue(StatsHistory.samples("spawning"));
    assertTrue(StatsHistory.samples("running"));
    assertTrue(StatsHistory.samples("stopping"));
    assertFalse(StatsHistory.samples("ready"));
    assertFalse(StatsHistory.samples("stopped"));
  }

  @Test
  void a_long_run_keeps_a_bounded_number_of_points_and_always_the_newest() {
    RequestStats stats = new RequestStats(true, 0.0, sentence -> {});
    StatsHistory history = stats.history();
    for (int i = 0; i <= StatsHistory.MOST_ROWS; i++) {
      history.sample(stats, List.of(0.5), i, i * StatsHistory.SAMPLE_INTERVAL_SECONDS);
    }
    List<StatsHistory.Row> rows = history.rows();
    assertEquals(StatsHistory.MOST_ROWS / 2 + 1, rows.size());
    assertEquals(StatsHistory.MOST_ROWS, rows.getLast().users());
    assertEquals(StatsHistory.MOST_ROWS - 1, rows.get(rows.size() - 2).users());
    assertEquals(StatsHistory.MOST_ROWS - 3, rows.get(rows.size() - 3).users());
  }
}
