package io.katydid.report;

import io.katydid.stats.RequestStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The statistics of `--json` and `--json-file`: an array of the entries with requests or failures (spec cli section 5).
 * Unlike Locust's, writing it changes nothing, so that both options together, and the tables after them, are complete.
 */
public final class JsonReport {
  private JsonReport() {}

  /** The array, without a line end. */
  public static String of(RequestStats stats) {
    return PythonJson.indented(stats.entryTrees());
  }

  /**
   * Writes `{name}.json`, and the folders it is in.
   *
   * @return the file written
   */
  public static Path write(RequestStats stats, Path name) throws IOException {
    Path file = name.resolveSibling(name.getFileName() + ".json");
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    return Files.writeString(file, of(stats));
  }
}
