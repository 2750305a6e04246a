package io.katydid.app;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The name of the `--html` file: `{u}`, `{r}` and `{t}` stand for users, spawn rate and run time if they are set. Pure. */
final class HtmlFileName {
  private HtmlFileName() {}

  static String expand(String name, OptionalInt users, OptionalDouble spawnRate, OptionalInt runTimeSeconds) {
    String expanded = name;
    if (users.isPresent()) {
      expanded = expanded.replace("{u}", Integer.toString(users.getAsInt()));
    }
    if (spawnRate.isPresent()) {
      expanded = expanded.replace("{r}", shortest(spawnRate.getAsDouble()));
    }
    if (runTimeSeconds.isPresent()) {
      expanded = expanded.replace("{t}", Integer.toString(runTimeSeconds.getAsInt()));
    }
    return expanded;
  }

  private static String shortest(double rate) {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }
}
