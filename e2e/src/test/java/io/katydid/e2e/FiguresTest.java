package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a locustfile reads of its run are figures, as with Locust, and what cannot be counted is told. */
class FiguresTest {
  private static final Path FILE = Peers.projectFolder().resolve("e2e/src/test/resources/locustfiles/figures.py");

  @TempDir Path folder;

  @Test
  void everythingThatCanBeReadHasAValue() {
    try (Program ours = Program.start(folder, Map.of("KATYDID_NO_BUILD", "1"), List.of(
        Peers.projectFolder().resolve("katydid").toString(), "-f", FILE.toString(), "--headless", "--otel"))) {
      assertEquals(2, ours.exitCode(180), ours.transcript());
      assertEquals(
          """
          options 1 1 NoneType
          usage True True
          users [True] True
          report True True
          switches True True
          process_time True True
          base64 dXNlcjpwYXNzd29yZA==
          final {'Reader': 1}
          """,
          ours.stdout(), ours.transcript());
      for (String line : List.of(
          "response_time of the request event must be a number of milliseconds or None, not datetime.timedelta",
          "response_time of the request event must be a number of milliseconds or None, not '12' (str)",
          "--otel has no effect")) {
        assertTrue(ours.stderr().contains(line), () -> "no '" + line + "' in\n" + ours.transcript());
      }
    }
  }
}
