package io.katydid.standby;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in the place of CRIU and of the warm process. */
@EnabledOnOs(OS.LINUX)
class RestorationTest {
  @TempDir Path folder;

  /** Starts a shell command as a child that Java knows nothing of, reading what this process writes. */
  private Restoration begin(String command) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pipe = arena.allocate(2 * Integer.BYTES);
      CLibrary.call("pipe2", JAVA_INT, pipe, 0x80000);
      int read = pipe.getAtIndex(JAVA_INT, 0);
      MemorySegment actions = arena.allocate(512, 16);
      CLibrary.call("posix_spawn_file_actions_init", JAVA_INT, actions);
      CLibrary.call("posix_spawn_file_actions_adddup2", JAVA_INT, actions, read, 0);
      String[] words = {"/bin/sh", "-c", command};
      MemorySegment list = arena.allocate(ADDRESS, words.length + 1);
      for (int i = 0; i < words.length; i++) {
        list.setAtIndex(ADDRESS, i, arena.allocateFrom(words[i]));
      }
      MemorySegment pid = arena.allocate(JAVA_INT);
      CLibrary.call("posix_spawn", JAVA_INT, pid, list.getAtIndex(ADDRESS, 0), actions, MemorySegment.NULL, list, MemorySegment.NULL);
      LocalSocket.closeDescriptor(read);
      return new Restoration(pid.get(JAVA_INT, 0), pipe.getAtIndex(JAVA_INT, 1));
    }
  }

  @Test
  void waitsUntilTheProcessListensWhereItWasTold() throws Exception {
    Path socket = folder.resolve("socket");
    assertTrue(begin("read -r name; [ ! -e \"$name\" ] && : > \"$name\"").await(socket));
    assertTrue(Files.exists(socket));
  }

  @Test
  void theProcessMayComeBackLongAfterCriuHasEnded() throws Exception {
    Path socket = folder.resolve("socket");
    assertTrue(begin("exec 3<&0; (read -r name <&3; sleep 0.3; : > \"$name\") &").await(socket));
  }

  @Test
  void saysIfItFails() throws Exception {
    Path socket = folder.resolve("socket");
    assertFalse(begin("read -r name; exit 1").await(socket));
    Restoration early = begin("exit 1");
    Thread.sleep(200); // So that nobody reads any more in most runs; either way is to be survived.
    assertFalse(early.await(socket));
    assertFalse(Files.exists(socket));
    assertEquals(Optional.empty(), Restoration.begun());
  }
}
