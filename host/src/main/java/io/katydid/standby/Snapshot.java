package io.katydid.standby;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The moment at which a warm process is put on disk, as that process lives it: before it, it is one that {@code katydid
 * prepare} has started; after it, which may be on another day and more than once, one that a run's launcher has brought
 * back. Used by the main thread.
 */
public final class Snapshot {
  /** Set by the launcher of somebody who is not root: CRIU works in a user namespace then. */
  private static final String OWN_NAMESPACES = "katydid.ownNamespaces";
  private static final int CAPABILITY_VERSION_3 = 0x20080522;
  private static final int CAPABILITY_SETS_BYTES = 24;

  private Snapshot() {}

  /**
   * In a user namespace of its own the process has the right to mount, which CRIU needs of its first thread. This thread, and all
   * that it starts from now on, give it up, so that neither the run nor its programs have it. First thing of the main thread.
   */
  public static void giveUpRights() throws IOException {
    if (!Boolean.getBoolean(OWN_NAMESPACES)) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment thisThread = arena.allocateFrom(JAVA_INT, CAPABILITY_VERSION_3, 0);
      MemorySegment none = arena.allocate(CAPABILITY_SETS_BYTES, Integer.BYTES);
      CLibrary.call("capset", JAVA_INT, thisThread, none);
    }
  }

  /** What a run's surroundings must be equal to. */
  public static Surroundings surroundings(Surroundings own) {
    return Boolean.getBoolean(OWN_NAMESPACES) ? own.inOwnNamespaces() : own;
  }

  /**
   * Lets go of the output of whoever prepares, and waits. The launcher that brings the process back gives it another
   * standard input ({@link Restoration}), where the name of a socket stands.
   *
   * @param ready created when the process may be put on disk
   * @return where its run will be handed over ({@link Standby#at}); empty if there is no run after all
   */
  public static Optional<Path> taken(Path ready) throws IOException {
    int nothing = LocalSocket.openNothing();
    LocalSocket.replace(1, nothing);
    LocalSocket.replace(2, nothing);
    LocalSocket.closeDescriptor(nothing);
    Files.createFile(ready);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return Optional.ofNullable(input.readLine()).filter(line -> !line.isEmpty()).map(Path::of);
  }
}
