package io.katydid.app;

import io.katydid.cli.Options;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The name of the `--html` file, whose `{u}`, `{r}`, `{t}` and `{date}`-like parts stand for the run's settings. Pure. */
final class HtmlFileName {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

  private HtmlFileName() {}

  static String expand(String name, Options options, double epochSeconds) {
    String stamp =
        STAMP.format(Instant.ofEpochSecond((long) epochSeconds).atZone(ZoneId.systemDefault()));
    return name.replace("{u}", options.users().isPresent() ? "" + options.users().getAsInt() : "")
        .replace("{r}", options.spawnRate().isPresent() ? "" + options.spawnRate().getAsDouble() : "")
        .replace("{t}", options.runTimeSeconds().isPresent() ? "" + options.runTimeSeconds().getAsInt() : "")
        .replace("{date}", stamp);
  }
}
