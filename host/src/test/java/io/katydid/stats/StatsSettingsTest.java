package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StatsSettingsTest {
  @Test
  void withoutAChangeTheTableComesEveryTwoSecondsAndAPointOfTheChartsEveryFive() {
    assertEquals(2, StatsSettings.DEFAULT.consoleSeconds());
    assertEquals(5, StatsSettings.DEFAULT.historySeconds());
    assertEquals(1, StatsSettings.DEFAULT.csvSeconds());
  }

  @Test
  void anIntervalThatIsNoTimeIsRefusedByName() {
    for (double seconds : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      IllegalArgumentException error = assertThrows(
          IllegalArgumentException.class, () -> new StatsSettings(ReportedPercentiles.DEFAULT, 2, 5, seconds));
      assertTrue(error.getMessage().startsWith("stats.CSV_STATS_INTERVAL_SEC must be"), error.getMessage());
    }
  }
}
