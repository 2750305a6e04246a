package io.katydid.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    if (folder != null) {
      FolderTree.remove(folder);
    }
  }
}
