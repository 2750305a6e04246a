package io.katydid.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. Stateless; any thread. */
public final class FolderTree {
  private FolderTree() {}

  /** Deletes the folder and everything below it; what is gone already is no error. */
  public static void remove(Path folder) throws IOException {
    List<Path> leavesFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : leavesFirst) {
      Files.deleteIfExists(path);
    }
  }
}
