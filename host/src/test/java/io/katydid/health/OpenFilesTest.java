package io.katydid.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
  @Test
  void enoughIsNotMentioned() {
    assertTrue(OpenFiles.tooFew(1_048_576, 10_000).isEmpty());
    assertTrue(OpenFiles.tooFew(1_300, 1_000).isEmpty());
  }

  @Test
  void aSystemThatDoesNotTellIsNotBlamed() {
    assertTrue(OpenFiles.tooFew(-1, 10_000).isEmpty());
  }

  @Test
  void tooFewNamesTheCommandThatHelps() {
    String sentence = OpenFiles.tooFew(1_024, 10_000).orElseThrow();
    assertTrue(sentence.contains("'ulimit -n 11264'"), sentence);
    assertTrue(sentence.contains("10000 users"), sentence);
  }

  @Test
  void thisProcessMayOpenSomeFiles() {
    assertEquals(true, OpenFiles.tooFewFor(1).isEmpty());
    assertEquals(true, OpenFiles.tooFewFor(1_000_000_000_000L).isPresent());
  }
}
