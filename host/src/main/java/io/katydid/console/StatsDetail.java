package io.katydid.console;

import java.util.List;

/**
 * How much of the statistics a caller wants, so that nobody pays for what is not shown.
 *
 * @param percentiles shares between 0 and 1, in the order the rows give them
 * @param boundsMillis upper bounds of the histogram to count into, ascending; empty for none
 * @param precise percentiles from the fine histogram where every worker sends one, instead of Locust's rounded ones; never
 *     outside of the extremes
 * @param mostRows so many rows, the first by name and method, and the total of all
 * @param times false = nothing that needs the histograms of response times: no percentiles, the median is 0
 */
public record StatsDetail(
    List<Double> percentiles, List<Double> boundsMillis, boolean precise, int mostRows, boolean times) {
  /** Counts, rates, averages, extremes: a small part of what a row costs otherwise. */
  public static final StatsDetail COUNTS = new StatsDetail(List.of(), List.of(), false, Integer.MAX_VALUE, false);

  /** Of all rows. */
  public StatsDetail(List<Double> percentiles, List<Double> boundsMillis, boolean precise) {
    this(percentiles, boundsMillis, precise, Integer.MAX_VALUE, true);
  }

  /** Only Locust's percentiles, no histogram. */
  public static StatsDetail percentiles(List<Double> percentiles) {
    return new StatsDetail(percentiles, List.of(), false);
  }

  /** The same of the first rows only. */
  public StatsDetail first(int rows) {
    return new StatsDetail(percentiles, boundsMillis, precise, rows, times);
  }
}
