package io.katydid.standby;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process has from where it was started and can take over from another one: how much of what the kernel lets it use,
 * and which rights its new files do not get. Linux.
 *
 * @param resources the limit in force and the highest of each resource, in the order of the kernel's numbers
 * @param umask the rights that new files do not get
 */
record Limits(List<Long> resources, int umask) {
  private static final int RESOURCES = 16;
  private static final int OCTAL = 8;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String UMASK = "Umask:";

  /** Those of this process. */
  static Limits own() throws IOException {
    List<Long> resources = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(2 * Long.BYTES, Long.BYTES);
      for (int resource = 0; resource < RESOURCES; resource++) {
        CLibrary.call("getrlimit", JAVA_INT, resource, pair);
        resources.add(pair.get(JAVA_LONG, 0));
        resources.add(pair.get(JAVA_LONG, Long.BYTES));
      }
    }
    String line = Files.readAllLines(STATUS).stream().filter(text -> text.startsWith(UMASK)).findFirst().orElse(UMASK + "22");
    return new Limits(resources, Integer.parseInt(line.substring(UMASK.length()).strip(), OCTAL));
  }

  /**
   * Makes these the limits of this process.
   *
   * @throws IOException if one is higher than this process may go
   */
  void adopt() throws IOException {
    Limits now = own();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(2 * Long.BYTES, Long.BYTES);
      for (int i = 0; i + 1 < Math.min(resources.size(), now.resources.size()); i += 2) {
        if (resources.subList(i, i + 2).equals(now.resources.subList(i, i + 2))) {
          continue;
        }
        pair.set(JAVA_LONG, 0, resources.get(i));
        pair.set(JAVA_LONG, Long.BYTES, resources.get(i + 1));
        CLibrary.call("setrlimit", JAVA_INT, i / 2, pair);
      }
    }
    CLibrary.ints("umask", umask);
  }
}
