package io.katydid.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder laid out as Kubernetes lays out a mounted ConfigMap: the files are links into `..data`, which is a link to a
 * folder named after the time; an update makes a new such folder and exchanges `..data` at once.
 */
final class ConfigMapFolder {
  private final Path folder;
  private int version;

  ConfigMapFolder(Path folder, Map<String, String> data) throws IOException {
    this.folder = Files.createDirectories(folder);
    update(data);
  }

  Path folder() {
    return folder;
  }

  /** Replaces all files. */
  void update(Map<String, String> data) throws IOException {
    Path current = folder.resolve("..data");
    Path old = Files.exists(current) ? current.toRealPath() : null;
    version++;
    Path next = Files.createDirectory(folder.resolve("..2026_01_01_00_00_" + String.format("%02d", version) + ".1"));
    for (Map.Entry<String, String> file : data.entrySet()) {
      Files.writeString(next.resolve(file.getKey()), file.getValue());
    }
    Path link = folder.resolve("..data_tmp");
    Files.createSymbolicLink(link, next.getFileName());
    Files.move(link, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    for (String name : data.keySet()) {
      if (!Files.isSymbolicLink(folder.resolve(name))) {
        Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
      }
    }
    if (old != null) {
      try (Stream<Path> files = Files.list(old)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(old);
    }
  }
}
