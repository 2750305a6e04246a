package io.katydid.cluster;

import io.katydid.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The locustfiles a master hands to workers started with `-f -` (spec wire-protocol, section 5.6). Read anew for every
 * request, so that workers get what is there now. Immutable; any thread.
 */
public final class LocustfileHandout {
  private final List<String> sources;
  private final Path folder;

  /**
   * @param sources paths of files and folders, and URLs, as given to `--locustfile`
   * @param folder what relative paths are relative to
   */
  public LocustfileHandout(List<String> sources, Path folder) {
    this.sources = List.copyOf(sources);
    this.folder = folder;
  }

  /**
   * Maps of `filename` and `contents`, and URLs as they are.
   *
   * @throws WireException if a file cannot be read, with the sentence for the worker
   */
  public List<Object> read() throws WireException {
    List<Object> handout = new ArrayList<>();
    try {
      for (String source : sources) {
        if (source.startsWith("http://") || source.startsWith("https://")) {
          handout.add(source);
        } else {
          for (Path file : files(folder.resolve(source))) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("filename", file.getFileName().toString());
            entry.put("contents", Files.readString(file));
            handout.add(entry);
          }
        }
      }
    } catch (IOException e) {
      throw new WireException("locustfile must be a full path to a single locustfile, a comma-separated list of .py "
          + "files, or a URL for file distribution to work (was '" + String.join(",", sources) + "')", e);
    }
    return handout;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below
          .filter(file -> file.toString().endsWith(".py") && !file.getFileName().toString().startsWith("_"))
          .sorted()
          .toList();
    }
  }
}
