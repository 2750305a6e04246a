package io.katydid.stats;

/**
 * How often statistics are taken and which percentiles they show; a locustfile changes it by assigning the constants of
 * `locust.stats` before the run (spec python-api A13). Immutable.
 *
 * @param percentiles what the tables, the page and the charts show
 * @param consoleSeconds between two tables on the console
 * @param historySeconds between two points of the charts
 * @param csvSeconds between two lines of the CSV history
 */
public record StatsSettings(
    ReportedPercentiles percentiles, double consoleSeconds, double historySeconds, double csvSeconds) {
  public static final StatsSettings DEFAULT =
      new StatsSettings(ReportedPercentiles.DEFAULT, 2, StatsHistory.SAMPLE_INTERVAL_SECONDS, 1);

  public StatsSettings {
    requirePositive("CONSOLE_STATS_INTERVAL_SEC", consoleSeconds);
    requirePositive("HISTORY_STATS_INTERVAL_SEC", historySeconds);
    requirePositive("CSV_STATS_INTERVAL_SEC", csvSeconds);
  }

  private static void requirePositive(String setting, double seconds) {
    if (!(seconds > 0 && seconds < Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "stats." + setting + " must be a number of seconds above 0, not " + PythonRepr.of(seconds) + ".");
    }
  }
}
