package io.katydid.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contents of some files at one moment, to be compared with a later one. A file that is not there has contents too:
 * none. Immutable.
 */
final class LoadedFiles {
  /** What a mounted ConfigMap has in its folder: the link to the present version of all its files. */
  private static final String CONFIG_MAP_LINK = "..data";
  private static final int HASH_BYTES = 6;
  private static final String MISSING = "";

  /** What changes when a file is written or a link leads elsewhere; cheap to read. */
  private record Stamp(FileTime modified, long size, Object key) {}

  private record Contents(Stamp stamp, String digest) {}

  private final Map<Path, Contents> files;

  private LoadedFiles(Map<Path, Contents> files) {
    this.files = files;
  }

  /** Reads these files. */
  static LoadedFiles of(Collection<Path> paths) {
    return new LoadedFiles(Map.of()).now(paths);
  }

  /** The files that a change of one of these may show in: in a mounted ConfigMap every file beside it. */
  static Set<Path> watched(Collection<Path> modules) {
    Set<Path> watched = new TreeSet<>(modules);
    for (Path module : modules) {
      Path folder = module.toAbsolutePath().getParent();
      if (!Files.isSymbolicLink(folder.resolve(CONFIG_MAP_LINK))) {
        continue;
      }
      try (Stream<Path> beside = Files.list(folder)) {
        beside.filter(file -> !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file))
            .forEach(watched::add);
      } catch (IOException e) {
        // The folder is just being changed; the modules themselves are watched all the same.
      }
    }
    return watched;
  }

  /** These files as they are now; what is known from here and looks untouched is not read again. */
  LoadedFiles now(Collection<Path> paths) {
    Map<Path, Contents> now = new TreeMap<>();
    for (Path path : paths) {
      now.put(path, read(path, files.get(path)));
    }
    return new LoadedFiles(now);
  }

  /** These files, with what an earlier look has seen of them: contents from before something was done with them. */
  LoadedFiles asSeenBy(LoadedFiles earlier) {
    Map<Path, Contents> merged = new TreeMap<>(files);
    merged.replaceAll((path, contents) -> earlier.files.getOrDefault(path, contents));
    return new LoadedFiles(merged);
  }

  private static Contents read(Path path, Contents known) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Stamp stamp = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      if (known != null && stamp.equals(known.stamp())) {
        return known;
      }
      return new Contents(stamp, HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(path))));
    } catch (IOException e) {
      return new Contents(null, MISSING);
    }
  }

  /** Whether every file has the same contents there. */
  boolean sameContents(LoadedFiles other) {
    return digests().equals(other.digests());
  }

  Set<Path> paths() {
    return files.keySet();
  }

  private Map<Path, String> digests() {
    return files.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().digest()));
  }

  /**
   * A short text that is the same wherever these files have the same contents and names.
   *
   * @param some those of the files that count
   * @param roots folders the files are named from; so two copies of a folder get the same hash
   */
  String hash(Collection<Path> some, List<Path> roots) {
    Map<String, String> named = new TreeMap<>();
    for (Path path : some) {
      named.put(name(path, roots), files.get(path).digest());
    }
    MessageDigest digest = sha256();
    named.forEach((name, content) -> digest.update((name + '\n' + content + '\n').getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
  }

  private static String name(Path path, List<Path> roots) {
    return roots.stream()
        .filter(path::startsWith)
        .findFirst()
        .map(root -> root.relativize(path).toString())
        .orElse(path.getFileName().toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
