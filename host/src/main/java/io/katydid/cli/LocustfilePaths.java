package io.katydid.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the locustfiles of this run are (spec cli.md section 2, {@code --locustfile}).
 *
 * @param files the files in the order they are to be loaded
 * @param fromMaster {@code -f -}: the master sends them
 */
public record LocustfilePaths(List<Path> files, boolean fromMaster) {
  private static final String SUFFIX = ".py";

  /** Fetches a locustfile from an address. */
  @FunctionalInterface
  public interface Fetcher {
    /**
     * Where the copy lies.
     *
     * @throws IOException when it cannot be had, with the reason
     */
    Path fetch(URI address) throws IOException;
  }

  public LocustfilePaths {
    files = List.copyOf(files);
  }

  /**
   * Finds the files: names, folders (everything below them that ends in .py and does not start with an underscore, in
   * order of name), addresses.
   *
   * @throws UsageException with Locust's sentence when one cannot be found
   */
  public static LocustfilePaths find(EarlyOptions options, Path cwd, Fetcher fetcher) {
    if (options.locustfiles().equals(List.of("-"))) {
      if (!options.worker()) {
        throw failed("locustfile was set to '-' (meaning to download from master) but --worker was not specified.");
      }
      return new LocustfilePaths(List.of(), true);
    }
    List<Path> files = new ArrayList<>();
    for (String part : options.locustfiles()) {
      if (part.startsWith("http://") || part.startsWith("https://")) {
        files.add(download(part, fetcher));
      } else {
        addLocal(files, part, cwd);
      }
    }
    if (files.isEmpty()) {
      throw notFound("");
    }
    return new LocustfilePaths(files.stream().distinct().toList(), false);
  }

  private static void addLocal(List<Path> files, String part, Path cwd) {
    Path path = cwd.resolve(part).normalize();
    Path withSuffix = path.resolveSibling(path.getFileName() + SUFFIX);
    if (Files.isDirectory(path)) {
      List<Path> below = below(path);
      if (below.isEmpty()) {
        throw failed("Could not find any locustfiles in directory '" + part + "'");
      }
      files.addAll(below);
    } else if (part.endsWith(SUFFIX) && Files.exists(path)) {
      files.add(path);
    } else if (!part.endsWith(SUFFIX) && Files.isRegularFile(withSuffix)) {
      files.add(withSuffix);
    } else {
      throw notFound(part);
    }
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .filter(file -> !file.getFileName().toString().startsWith("_"))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw failed("Could not read the directory '" + folder + "': " + e);
    }
  }

  private static Path download(String address, Fetcher fetcher) {
    try {
      return fetcher.fetch(URI.create(address));
    } catch (IOException | IllegalArgumentException e) {
      throw failed("Failed to get locustfile from: " + address + ". Exception: " + e.getMessage());
    }
  }

  private static UsageException notFound(String part) {
    return failed("Could not find '" + part + "'. Ensure your locustfile ends with '.py' or is a directory with"
        + " locustfiles. See --help for available options.");
  }

  private static UsageException failed(String message) {
    return UsageException.plain(message, UsageException.FAILED);
  }
}
