package io.katydid.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** Workers that are neither Locust's nor ours; their programs are in `e2e/peers`. */
enum OtherWorker {
  BOOMER("KATYDID_BOOMER") {
    @Override
    List<String> command(String peer, int masterPort, String target) {
      return List.of(peer, "--master-host", "127.0.0.1", "--master-port", "" + masterPort, target);
    }
  },
  LOCUST4J("KATYDID_LOCUST4J") {
    @Override
    List<String> command(String peer, int masterPort, String target) {
      Path source = Path.of("..", "e2e", "peers", "locust4j", "Locust4jWorker.java");
      return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", peer,
          source.toString(), "" + masterPort, target);
    }
  };

  private final String variable;

  OtherWorker(String variable) {
    this.variable = variable;
  }

  abstract List<String> command(String peer, int masterPort, String target);

  /** Skips the test, with the reason, where the peer is missing. */
  void assumePresent() {
    String peer = System.getenv(variable);
    Assumptions.assumeTrue(peer != null && !peer.isBlank(), () -> name() + " is not here: " + variable
        + " is not set (see e2e/peers); its captured frames are tested all the same");
  }

  /** Its two kinds of requests go to `/ok/NAME` and `/fail/NAME`. */
  String pathName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Process start(int masterPort, String target, File output) throws IOException {
    return new ProcessBuilder(command(System.getenv(variable), masterPort, target)).redirectErrorStream(true)
        .redirectOutput(output).start();
  }
}
