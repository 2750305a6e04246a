package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFoldersTest {
  @TempDir Path folder;

  @Test
  void packagesAndJarsOfTheWorkingDirectoryAndOfTheLocustfilesFolder() throws Exception {
    Path here = Files.createDirectories(folder.resolve("here"));
    Path tests = Files.createDirectories(folder.resolve("tests"));
    Path site = Files.createDirectories(here.resolve(".katydid/site-packages"));
    Path otherSite = Files.createDirectories(tests.resolve(".katydid/site-packages"));
    Files.createDirectories(tests.resolve("lib"));
    Path jar = Files.writeString(tests.resolve("lib/b.jar"), "");
    Path first = Files.writeString(tests.resolve("lib/a.jar"), "");
    Files.writeString(tests.resolve("lib/readme.txt"), "");
    ProjectFolders found =
        ProjectFolders.of(here, List.of(Path.of("../tests/locustfile.py")), Map.of("PYTHONPATH", "more::/abs"));
    assertEquals(List.of(site, otherSite, here.resolve("more"), Path.of("/abs")), found.sites());
    assertEquals(List.of(first, jar), found.jars());
  }

  @Test
  void packagesOfTheFoldersAboveComeAfterTheNearerOnes() throws Exception {
    Path site = Files.createDirectories(folder.resolve("project/.katydid/site-packages"));
    Path below = Files.createDirectories(folder.resolve("project/tests/load/deep"));
    Path own = Files.createDirectories(folder.resolve("project/tests/.katydid/site-packages"));
    assertEquals(List.of(own, site), ProjectFolders.of(below, List.of(Path.of("../x.py")), Map.of()).sites());
    Files.setPosixFilePermissions(site.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(List.of(own), ProjectFolders.of(below, List.of(), Map.of()).sites(), "anybody can write there");
    assertEquals(List.of(site), ProjectFolders.of(folder.resolve("project"), List.of(), Map.of()).sites());
  }

  @Test
  void nothingIsThere() {
    assertEquals(new ProjectFolders(List.of(), List.of()), ProjectFolders.of(folder, List.of(), Map.of()));
  }

  @Test
  void jarsAreSeenByTheirLoaderOnly() throws Exception {
    Path jar = folder.resolve("x.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("greeting.txt"));
      zip.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    ProjectJars jars = new ProjectJars(List.of(jar));
    assertTrue(jars.areOf(List.of(jar)));
    assertNotSame(ProjectJars.class.getClassLoader(), jars.loader());
    assertEquals("hello", new String(jars.loader().getResourceAsStream("greeting.txt").readAllBytes(),
        StandardCharsets.UTF_8));
    assertSame(ProjectJars.class.getClassLoader(), new ProjectJars(List.of()).loader());
  }
}
