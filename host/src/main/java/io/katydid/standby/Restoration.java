package io.katydid.standby;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The bringing back of a warm process that was put on disk ({@link Snapshot}), which the launcher has begun before it became
 * this process: CRIU, a child of it, makes the warm process another child. Used by the main thread.
 *
 * @param criu its process id
 * @param input the descriptor behind which the warm process reads
 */
record Restoration(int criu, int input) {
  /** Set by the launcher: both numbers, with a colon between them. */
  private static final String PROPERTY = "katydid.restoration";
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
  private static final int WNOHANG = 1;

  /** The one that this process's launcher has begun, if it has. */
  static Optional<Restoration> begun() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(text -> text.split(":"))
        .map(numbers -> new Restoration(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
  }

  /**
   * Tells the warm process to listen at {@code socket}, and waits until it does.
   *
   * @return false if it did not come back
   */
  boolean await(Path socket) throws IOException {
    try (OutputStream to = new FileOutputStream("/proc/self/fd/" + input)) {
      to.write((socket + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return false; // Nobody reads any more: CRIU has failed.
    }
    LocalSocket.closeDescriptor(input);
    long began = System.nanoTime();
    boolean running = true;
    while (!Files.exists(socket)) {
      if (running) {
        int status = status();
        running = status < 0;
        if (status > 0) {
          return false;
        }
      }
      if (System.nanoTime() - began > MOST_NANOS) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** CRIU's exit status as the kernel writes it; negative while it runs. */
  private int status() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      return CLibrary.call("waitpid", JAVA_INT, criu, status, WNOHANG) == 0 ? -1 : status.get(JAVA_INT, 0);
    }
  }
}
