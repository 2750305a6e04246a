package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user class whose constructor fails ends the ramp, as with real Locust: whoever comes after it is not started, and nobody
 * is told that all users are there.
 */
class UnmadeUsersTest {
  private static final Path FILE =
      Peers.projectFolder().resolve("e2e/src/test/resources/locustfiles/unmade.py");

  @TempDir Path folder;

  private Program start(String program, String... classes) {
    List<String> command =
        new ArrayList<>(List.of(program, "-f", FILE.toString(), "--headless", "-u", "4", "-r", "1", "-t", "4s"));
    command.addAll(List.of(classes));
    return Program.start(folder, Map.of("KATYDID_NO_BUILD", "1"), command);
  }

  private static String program(String name) {
    return (name.equals("locust") ? Peers.locust() : Peers.projectFolder().resolve("katydid")).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"katydid", "locust"})
  void nobodyIsStartedAfterAUserThatCannotBeMade(String name) {
    try (Program run = start(program(name), "Bad", "Good")) {
      assertEquals(2, run.exitCode(180), run.stderr());
      assertTrue(run.stderr().contains("ValueError: no configuration"), run.stderr());
      assertEquals("", run.stdout());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"katydid", "locust"})
  void thoseBeforeItGoOn(String name) {
    try (Program run = start(program(name), "Good", "Rest")) {
      assertEquals(2, run.exitCode(180), run.stderr());
      assertTrue(run.stderr().contains("Attribute 'environment' is missing on user Rest."), run.stderr());
      assertTrue(run.stdout().contains("a good user runs"), run.stdout());
      assertFalse(run.stdout().contains("a user without environment runs"), run.stdout());
      assertFalse(run.stdout().contains("all users are there"), run.stdout());
    }
  }
}
