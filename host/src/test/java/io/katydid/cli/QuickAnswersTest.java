package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickAnswersTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int answer(String... args) {
    QuickAnswers answers = new QuickAnswers("locust", new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    return answers.answer(List.of(args), Map.of(), folder, folder);
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertEquals(0, answer("-V", "--unknown"));
    assertEquals("locust 2.47.0 (katydid 0.1.0)\n", out.toString(StandardCharsets.UTF_8));
    assertEquals(0, answer("--help"));
    assertEquals(0, err.size());
  }

  @Test
  void mistakesGoToStandardErrorWithTheirExitCode() throws IOException {
    assertEquals(1, answer());
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Could not find 'locustfile.py'."));
    Files.writeString(folder.resolve("locustfile.py"), "");
    assertEquals(2, answer("-u", "x"));
    assertTrue(err.toString(StandardCharsets.UTF_8)
        .contains("locust: error: argument -u/--users: invalid int value: 'x'"));
  }

  @Test
  void everythingElseIsForTheProgram() throws IOException {
    Files.writeString(folder.resolve("locustfile.py"), "");
    assertEquals(QuickAnswers.GO_ON, answer("--headless", "--perhaps-of-the-locustfile", "3"));
    assertEquals(QuickAnswers.GO_ON, answer("-f", "http://example.invalid/x.py"));
    assertEquals(0, out.size() + err.size());
  }
}
