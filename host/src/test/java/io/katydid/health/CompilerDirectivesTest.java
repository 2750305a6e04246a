package io.katydid.health;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerDirectivesTest {
  @TempDir Path folder;

  @Test
  void theJvmTakesDirectivesWhileItRuns() throws IOException {
    Path file = folder.resolve("directives.json");
    Files.writeString(file, "[{match: \"no/such/Thing.*\", c2: {Exclude: true}}]");
    String answer = CompilerDirectives.add(file);
    assertTrue(answer.contains("1 compiler directives added"), answer);
  }

  @Test
  void aMistakeInThemDoesNotStopAnything() throws IOException {
    Path file = folder.resolve("directives.json");
    Files.writeString(file, "[{mismatch: 1}]");
    assertFalse(CompilerDirectives.add(file).contains("directives added"));
    assertFalse(CompilerDirectives.add(folder.resolve("missing.json")).contains("directives added"));
  }
}
