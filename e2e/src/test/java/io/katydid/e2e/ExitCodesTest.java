package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** `sys.exit()` in user code ends the program with that code wherever it is called, as it does with real Locust. */
class ExitCodesTest {
  private static final Path FILE =
      Peers.projectFolder().resolve("e2e/src/test/resources/locustfiles/exits.py");

  @TempDir Path folder;

  private Program start(List<String> program, String where) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-f", FILE.toString(), "--headless", "-t", "2s"));
    return Program.start(folder, Map.of("KATYDID_NO_BUILD", "1", "WHERE", where), command);
  }

  private static List<String> katydid() {
    return List.of(Peers.projectFolder().resolve("katydid").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"init", "test_start", "task", "greenlet", "tick", "on_stop", "test_stop", "quitting"})
  void endsTheProgramWithItsCode(String where) {
    try (Program ours = start(katydid(), where)) {
      assertEquals(3, ours.exitCode(120), ours.stderr());
      assertFalse(ours.stderr().contains("\tat "), ours.stderr());
      if (!where.equals("init")) {
        assertTrue(ours.stderr().contains("sys.exit(3) called"), ours.stderr());
        assertTrue(ours.stderr().contains("Response time percentiles"), "what was counted is shown");
      }
    }
  }

  @Test
  void textIsWrittenAndTheCodeIsOne() {
    try (Program ours = start(katydid(), "text")) {
      assertEquals(1, ours.exitCode(120), ours.stderr());
      assertTrue(ours.stderr().contains("no host given\n"), ours.stderr());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"init", "test_start", "task", "greenlet", "tick", "on_stop", "test_stop", "quitting", "text"})
  void realLocustEndsWithTheSameCode(String where) {
    try (Program theirs = start(List.of(Peers.locust().toString()), where)) {
      assertEquals(where.equals("text") ? 1 : 3, theirs.exitCode(60), theirs.stderr());
    }
  }
}
