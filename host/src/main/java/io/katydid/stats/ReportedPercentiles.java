package io.katydid.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * Which percentiles the reports show, as shares between 0 and 1. A locustfile may choose others before the run (spec
 * python-api A13). Immutable.
 *
 * @param inTables columns of the console's percentile table and of the CSV files
 * @param inStatistics columns of the web statistics
 * @param inCharts lines of the response time chart, and of the history
 */
public record ReportedPercentiles(List<Double> inTables, List<Double> inStatistics, List<Double> inCharts) {
  public static final ReportedPercentiles DEFAULT = new ReportedPercentiles(
      List.of(0.5, 0.66, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999, 1.0),
      List.of(0.95, 0.99),
      List.of(0.5, 0.95));
  private static final int MOST_IN_CHARTS = 6;

  public ReportedPercentiles {
    inTables = List.copyOf(inTables);
    inStatistics = List.copyOf(inStatistics);
    inCharts = List.copyOf(inCharts);
    if (inCharts.size() > MOST_IN_CHARTS) {
      throw new IllegalArgumentException("stats.PERCENTILES_TO_CHART can have at most " + MOST_IN_CHARTS
          + " percentiles, not " + inCharts.size() + ".");
    }
    requireBetweenZeroAndOne("PERCENTILES_TO_CHART", inCharts);
    requireBetweenZeroAndOne("PERCENTILES_TO_STATISTICS", inStatistics);
  }

  private static void requireBetweenZeroAndOne(String setting, List<Double> shares) {
    for (double share : shares) {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("stats." + setting + " must hold numbers between 0 and 1, such as 0.95, not "
            + PythonRepr.of(share) + ".");
      }
    }
  }

  /** Column titles: 0.5 is `50%`, 0.999 is `99.9%`. */
  public static List<String> titles(List<Double> shares) {
    List<String> titles = new ArrayList<>(shares.size());
    for (double share : shares) {
      double percent = share * 100;
      String number = percent == Math.rint(percent)
          ? Long.toString((long) percent)
          : PythonRepr.of(PythonRepr.round(100 * share, 6));
      titles.add(number + "%");
    }
    return titles;
  }

  /** The field of a percentile in JSON: `response_time_percentile_0.95`. */
  public static String field(double share) {
    return "response_time_percentile_" + PythonRepr.of(share);
  }
}
