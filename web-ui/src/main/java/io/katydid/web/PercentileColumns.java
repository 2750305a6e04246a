package io.katydid.web;

import io.katydid.stats.ReportedPercentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The percentiles in the rows of our own page: those that every part of it needs, and those that the locustfile has
 * chosen for the table (`stats.PERCENTILES_TO_STATISTICS`). Immutable.
 *
 * @param columns all that a row carries, ascending
 * @param shown those that are columns of the table
 */
record PercentileColumns(List<Column> columns, List<Column> shown) {
  private static final List<Double> ALWAYS = List.of(0.5, 0.75, 0.9, 0.95, 0.99, 0.999);
  private static final List<Double> USUALLY_SHOWN = List.of(0.5, 0.9, 0.95, 0.99, 0.999);

  /**
   * @param share between 0 and 1
   * @param key the field of a row, such as p99.9
   * @param title such as 99.9%
   */
  record Column(double share, String key, String title) {}

  static PercentileColumns of(ReportedPercentiles chosen) {
    boolean usual = chosen.inStatistics().equals(ReportedPercentiles.DEFAULT.inStatistics());
    TreeSet<Double> shown = new TreeSet<>(usual ? USUALLY_SHOWN : chosen.inStatistics());
    shown.add(0.5);
    TreeSet<Double> all = new TreeSet<>(ALWAYS);
    all.addAll(shown);
    return new PercentileColumns(columns(all), columns(shown));
  }

  private static List<Column> columns(TreeSet<Double> shares) {
    List<Double> ascending = List.copyOf(shares);
    List<String> titles = ReportedPercentiles.titles(ascending);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < ascending.size(); i++) {
      String percent = titles.get(i);
      columns.add(new Column(
          ascending.get(i), "p" + percent.substring(0, percent.length() - 1),
          ascending.get(i) == 0.5 ? "Median" : percent));
    }
    return List.copyOf(columns);
  }

  List<Double> shares() {
    return columns.stream().map(Column::share).toList();
  }

  /** Where a row has the percentile of this key, or -1. */
  int indexOf(String key) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }
}
