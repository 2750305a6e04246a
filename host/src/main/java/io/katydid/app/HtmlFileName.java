package io.katydid.app;

import java.util.Map;

/**
 * The name of the `--html` file: `{u}`, `{r}` and `{t}` stand for users, spawn rate and run time if they are set, on the
 * command line or since then in the web UI. Pure.
 */
final class HtmlFileName {
  private static final Map<String, String> PLACES = Map.of("{u}", "num_users", "{r}", "spawn_rate", "{t}", "run_time");

  private HtmlFileName() {}

  /** @param options values by their Python names */
  static String expand(String name, Map<String, ?> options) {
    String expanded = name;
    for (Map.Entry<String, String> place : PLACES.entrySet()) {
      if (options.get(place.getValue()) instanceof Number number) {
        expanded = expanded.replace(place.getKey(), shortest(number));
      }
    }
    return expanded;
  }

  private static String shortest(Number number) {
    double value = number.doubleValue();
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
