package io.katydid.standby;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
  private Snapshot() {}

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
