package io.katydid.console;

import java.util.List;

/**
 * How much of the statistics a caller wants, so that nobody pays for what is not shown.
 *
 * @param percentiles shares between 0 and 1, in the order the rows give them
 * @param boundsMillis upper bounds of the histogram to count into, ascending; empty for none
 * @param precise percentiles from the fine histogram where every worker sends one, instead of Locust's rounded ones
 */
public record StatsDetail(List<Double> percentiles, List<Double> boundsMillis, boolean precise) {

  /** Only Locust's percentiles, no histogram. */
  public static StatsDetail percentiles(List<Double> percentiles) {
    return new StatsDetail(percentiles, List.of(), false);
  }
}
