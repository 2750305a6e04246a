package io.katydid.standby;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The launcher script that has started this process, to take its place again: the process stays the one the user knows. */
final class Launcher {
  private Launcher() {}

  /**
   * Replaces this process by the launcher, told to leave a process on standby alone. Returns only if that fails.
   *
   * @param script the launcher's file
   * @param words how many words of this process's command line, the last ones, are the user's
   */
  static void startAgain(String script, int words) throws IOException {
    List<byte[]> own = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
    List<byte[]> all = new ArrayList<>();
    all.add(terminated(script));
    all.addAll(own.subList(own.size() - words, own.size()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(ADDRESS, all.size() + 1);
      for (int i = 0; i < all.size(); i++) {
        list.setAtIndex(ADDRESS, i, arena.allocateFrom(JAVA_BYTE, all.get(i)));
      }
      CLibrary.call(
          "setenv", JAVA_INT, arena.allocateFrom("KATYDID_STANDBY"), arena.allocateFrom("no"), 1);
      CLibrary.call("execv", JAVA_INT, list.getAtIndex(ADDRESS, 0), list);
    }
  }

  private static byte[] terminated(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /** The words of a command line as the kernel shows it, each with the zero behind it. */
  private static List<byte[]> split(byte[] line) {
    List<byte[]> words = new ArrayList<>();
    for (int start = 0, i = 0; i < line.length; i++) {
      if (line[i] == 0) {
        words.add(Arrays.copyOfRange(line, start, i + 1));
        start = i + 1;
      }
    }
    return words;
  }
}
