package io.katydid.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps lines as `LEVEL text`. */
final class RecordingLog implements ClusterLog {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void debug(String line) {
    lines.add("DEBUG " + line);
  }

  @Override
  public void info(String line) {
    lines.add("INFO " + line);
  }

  @Override
  public void warning(String line) {
    lines.add("WARNING " + line);
  }

  @Override
  public void error(String line) {
    lines.add("ERROR " + line);
  }

  @Override
  public void error(String line, Throwable cause) {
    lines.add("ERROR " + line + ": " + cause);
  }

  /** All lines so far, DEBUG included. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Lines of at least INFO that have come since the last call. */
  List<String> take() {
    List<String> taken = lines.stream().filter(line -> !line.startsWith("DEBUG")).toList();
    lines.clear();
    return taken;
  }

  boolean has(String line) {
    return lines.contains(line);
  }
}
