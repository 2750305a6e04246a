package io.katydid.graalpy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What belongs to a locustfile or program besides its text: packages in `.katydid/site-packages` and jars in `lib`, both
 * of the working directory and of the file's own folder, packages also of the folders above these, and the folders of
 * PYTHONPATH.
 *
 * @param sites folders of installed Python packages
 * @param jars Java libraries the file may use
 */
record ProjectFolders(List<Path> sites, List<Path> jars) {
  /**
   * @param workingDirectory where the process was started
   * @param files the locustfiles, or the program
   */
  static ProjectFolders of(Path workingDirectory, List<Path> files, Map<String, String> environment) {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(workingDirectory.toAbsolutePath().normalize());
    for (Path file : files) {
      Path folder = workingDirectory.resolve(file).toAbsolutePath().normalize().getParent();
      if (folder != null) {
        folders.add(folder);
      }
    }
    Set<Path> sites = new LinkedHashSet<>();
    List<Path> jars = new ArrayList<>();
    for (Path folder : folders) {
      Path site = siteOf(folder);
      if (Files.isDirectory(site)) {
        sites.add(site);
      }
      jars.addAll(jarsIn(folder.resolve("lib")));
    }
    for (Path folder : folders) {
      for (Path above = folder.getParent(); above != null; above = above.getParent()) {
        Path site = siteOf(above);
        if (Files.isDirectory(site) && isOurs(site)) {
          sites.add(site);
        }
      }
    }
    for (String folder : environment.getOrDefault("PYTHONPATH", "").split(File.pathSeparator)) {
      if (!folder.isEmpty()) {
        sites.add(workingDirectory.resolve(folder).toAbsolutePath());
      }
    }
    return new ProjectFolders(List.copyOf(sites), List.copyOf(jars));
  }

  private static Path siteOf(Path folder) {
    return folder.resolve(".katydid").resolve("site-packages");
  }

  /** Whether nobody but this user and root can have put packages there: above a project there may be /tmp. */
  private static boolean isOurs(Path site) {
    try {
      for (Path folder : List.of(site, site.getParent())) {
        PosixFileAttributes file = Files.readAttributes(folder, PosixFileAttributes.class);
        String owner = file.owner().getName();
        if (!owner.equals(System.getProperty("user.name")) && !owner.equals("root")
            || file.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
          return false;
        }
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static List<Path> jarsIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder + ".", e);
    }
  }
}
