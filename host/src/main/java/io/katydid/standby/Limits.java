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
import java.util.Optional;

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
  private static final Path USERS = Path.of("/proc/self/uid_map");
  private static final String RIGHTS = "CapEff:";
  private static final int HEX = 16;
  private static final int CAP_SYS_RESOURCE = 24;

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
    return new Limits(resources, Integer.parseInt(status(UMASK, "22"), OCTAL));
  }

  /**
   * Why this process cannot make these its limits, if it cannot; nothing is changed. Lowering the highest of a limit cannot be
   * taken back, so this is asked before a run is taken.
   */
  Optional<String> obstacle() throws IOException {
    Limits now = own();
    for (int i = 0; i + 1 < Math.min(resources.size(), now.resources.size()); i += 2) {
      boolean orderly = Long.compareUnsigned(resources.get(i), resources.get(i + 1)) <= 0;
      boolean higher = Long.compareUnsigned(resources.get(i + 1), now.resources.get(i + 1)) > 0;
      if (!orderly || higher && !mayRaise()) {
        return Optional.of("limit " + i / 2 + " (of setrlimit) is higher than this process may go");
      }
    }
    return Optional.empty();
  }

  /** Root's right, and only of a root who is not that of a user namespace alone. */
  private static boolean mayRaise() throws IOException {
    String rights = status(RIGHTS, "0");
    boolean wholeMachine = Files.readString(USERS).strip().matches("0\\s+0\\s+4294967295");
    return wholeMachine && (Long.parseUnsignedLong(rights, HEX) >> CAP_SYS_RESOURCE & 1) == 1;
  }

  private static String status(String name, String otherwise) throws IOException {
    return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(name)).findFirst()
        .map(line -> line.substring(name.length()).strip()).orElse(otherwise);
  }

  /**
   * Makes these the limits of this process.
   *
   * @throws IOException if one is higher than this process may go ({@link #obstacle}); others may be in force already
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
