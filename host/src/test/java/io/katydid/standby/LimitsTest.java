package io.katydid.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Changes the limits of the tests' own process, and takes that back. */
@EnabledOnOs(OS.LINUX)
class LimitsTest {
  private static final int OPEN_FILES = 7;

  @TempDir Path folder;

  @Test
  void areTakenOverFromAnotherProcess() throws Exception {
    Limits before = Limits.own();
    List<Long> fewer = new ArrayList<>(before.resources());
    long files = before.resources().get(2 * OPEN_FILES + 1) - 1;
    fewer.set(2 * OPEN_FILES, files);
    try {
      new Limits(fewer, 0077).adopt();
      assertEquals(new Limits(fewer, 0077), Limits.own());
      String line = Files.readAllLines(Path.of("/proc/self/limits")).stream().filter(l -> l.startsWith("Max open files")).findFirst().orElseThrow();
      assertEquals(Long.toString(files), line.split(" +")[3]);
      Path file = Files.createFile(folder.resolve("private"));
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    } finally {
      before.adopt();
    }
    assertEquals(before, Limits.own());
  }

  @Test
  void areNotHigherThanTheKernelAllows() throws Exception {
    Limits before = Limits.own();
    List<Long> more = new ArrayList<>(before.resources());
    more.set(2 * OPEN_FILES, 2L);
    more.set(2 * OPEN_FILES + 1, 1L);
    assertThrows(CLibrary.CallFailed.class, () -> new Limits(more, before.umask()).adopt());
    assertEquals(before, Limits.own());
  }

  @Test
  void anObstacleIsFoundWithoutChangingAnything() throws Exception {
    Limits before = Limits.own();
    assertEquals(Optional.empty(), before.obstacle());
    List<Long> more = new ArrayList<>(before.resources());
    more.set(2 * OPEN_FILES, 2L);
    more.set(2 * OPEN_FILES + 1, 1L);
    assertTrue(new Limits(more, before.umask()).obstacle().isPresent());
    assertEquals(before, Limits.own());
  }
}
