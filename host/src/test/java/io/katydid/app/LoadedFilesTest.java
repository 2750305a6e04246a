package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedFilesTest {
  @TempDir Path folder;
  private Path file;
  private Path helper;
  private LoadedFiles loaded;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("locustfile.py"), "import helper\n");
    helper = Files.writeString(folder.resolve("helper.py"), "A = 1\n");
    loaded = LoadedFiles.of(List.of(file, helper));
  }

  private LoadedFiles now() {
    return loaded.now(loaded.paths());
  }

  @Test
  void aTouchIsNoChange() throws IOException {
    Files.setLastModifiedTime(helper, FileTime.from(Instant.ofEpochSecond(5)));
    assertTrue(now().sameContents(loaded));
  }

  @Test
  void anEditIsOneAlsoIfItIsUndone() throws IOException {
    Files.writeString(helper, "A = 22\n");
    LoadedFiles edited = now();
    assertFalse(edited.sameContents(loaded));
    Files.writeString(helper, "A = 1\n");
    assertTrue(edited.now(edited.paths()).sameContents(loaded));
  }

  @Test
  void soIsAFileThatGoes() throws IOException {
    Files.delete(helper);
    assertFalse(now().sameContents(loaded));
  }

  @Test
  void copiesOfAFolderHaveTheSameHashAndOtherNamesAnother() throws IOException {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    Path fileCopy = Files.copy(file, copies.resolve("locustfile.py"));
    Path helperCopy = Files.copy(helper, copies.resolve("helper.py"));
    String hash = loaded.hash(List.of(file, helper), List.of(folder));
    assertEquals(12, hash.length());
    List<Path> copied = List.of(fileCopy, helperCopy);
    assertEquals(hash, LoadedFiles.of(copied).hash(copied, List.of(copies)));
    assertNotEquals(hash, LoadedFiles.of(copied).hash(copied, List.of(folder)));
    assertNotEquals(hash, loaded.hash(List.of(file), List.of(folder)));
  }

  @Test
  void whatWasSeenBeforeLoadingIsWhatWasLoaded() throws IOException {
    LoadedFiles before = LoadedFiles.of(List.of(file));
    Files.writeString(file, "import helper, json\n");
    LoadedFiles after = LoadedFiles.of(List.of(file, helper)).asSeenBy(before);
    assertTrue(after.sameContents(loaded));
  }

  @Test
  void inAMountedConfigMapDataCountsToo() throws IOException {
    Set<Path> modules = Set.of(file);
    assertEquals(modules, LoadedFiles.watched(modules));
    Path version = Files.createDirectory(folder.resolve("..2026_01_01"));
    Files.writeString(version.resolve("users.csv"), "a,b\n");
    Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
    Path data = Files.createSymbolicLink(folder.resolve("users.csv"), Path.of("..data/users.csv"));
    assertEquals(new TreeSet<>(List.of(file, helper, data)), LoadedFiles.watched(modules));
    LoadedFiles mounted = LoadedFiles.of(LoadedFiles.watched(modules));
    Path next = Files.createDirectory(folder.resolve("..2026_01_02"));
    Files.writeString(next.resolve("users.csv"), "a,c\n");
    Files.delete(folder.resolve("..data"));
    Files.createSymbolicLink(folder.resolve("..data"), next.getFileName());
    assertFalse(mounted.now(LoadedFiles.watched(mounted.paths())).sameContents(mounted));
  }
}
