package io.katydid.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where locustfiles from an address or from the master lie during a run. There is a folder only once one is asked for,
 * so a run of local files needs no writable disk; closing removes it. Main thread.
 */
final class DownloadFolder implements AutoCloseable {
  private Path folder;

  Path path() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("katydid-locustfiles");
    }
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (folder == null) {
      return;
    }
    List<Path> leavesFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : leavesFirst) {
      Files.deleteIfExists(path);
    }
  }
}
