package io.katydid.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the real programs that ours is tested against; a test whose peer is missing is skipped with the reason. */
final class Peers {
  private Peers() {}

  /** The checkout's top folder. */
  static Path projectFolder() {
    return Path.of(System.getProperty("katydid.project", "..")).toAbsolutePath().normalize();
  }

  /** The `locust` command of the real thing: `KATYDID_LOCUST`, or `locust` on the PATH. */
  static Path locust() {
    String named = System.getenv("KATYDID_LOCUST");
    Optional<Path> found = named != null ? Optional.of(Path.of(named)) : onPath("locust");
    return found
        .filter(Files::isExecutable)
        .orElseGet(() -> abort("real Locust not found: set KATYDID_LOCUST or put locust 2.47.0 on the PATH"));
  }

  /** A `criu` that works with this kernel: `KATYDID_CRIU`, or the one on the PATH. */
  static Path criu() {
    String named = System.getenv("KATYDID_CRIU");
    Path found =
        (named != null ? Optional.of(Path.of(named)) : onPath("criu"))
            .filter(Files::isExecutable)
            .orElseGet(() -> abort("CRIU not found: set KATYDID_CRIU or put criu on the PATH"));
    try (Program check = Program.start(projectFolder(), Map.of(), List.of(found.toString(), "check"))) {
      if (check.exitCode(60) != 0) {
        abort("CRIU does not work here: " + check.transcript().lines().filter(line -> line.contains("Error")).findFirst().orElse(""));
      }
    }
    return found;
  }

  /** A port nobody listens on now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A command on the PATH. */
  static Optional<Path> onPath(String name) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, name);
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
