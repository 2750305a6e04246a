package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomOptionTest {
  private static final CustomOption NUMBER = CustomOption.single("--my-opt", "my_opt").withEnv("MY_OPT");
  private static final CustomOption MANY = CustomOption.of("--many", "many", 0, CustomOption.ANY_NUMBER, false);
  private static final CustomOption APPEND = CustomOption.of("--app", "app", 1, 1, true);
  private static final CustomOption FLAG = CustomOption.flag("-c", "flag");
  private static final List<CustomOption> ALL = List.of(NUMBER, MANY, APPEND, FLAG);

  @TempDir Path folder;
  private CommandLineFixture fixture;

  @BeforeEach
  void freshFolders() throws IOException {
    fixture = new CommandLineFixture(folder);
  }

  private static List<String> shown(Options options) {
    return options.custom().stream().map(given -> given.name() + given.words()).toList();
  }

  @Test
  void wordsAreHandedOverInOrder() {
    Options options = fixture.parseWith(ALL, "--many", "a", "b", "--app", "1", "--app=2", "-c", "C", "--my", "5");
    assertEquals(List.of("--many[a, b]", "--app[1]", "--app[2]", "-c[]", "--my[5]"), shown(options));
    assertEquals(List.of("C"), options.userClasses());
    assertTrue(options.isGiven("my_opt"));
  }

  @Test
  void environmentAndConfigFilesSetThemToo() throws IOException {
    fixture.env("MY_OPT", "7").file("locust.conf", "my-opt = 9\napp = [x, y]\nmany = [p, q]\n");
    assertEquals(List.of("--app[x]", "--app[y]", "--many[p, q]", "--my-opt[7]"), shown(fixture.parseWith(ALL)));
    assertTrue(shown(fixture.parseWith(ALL, "--my-opt", "1")).contains("--my-opt[1]"));
  }

  @Test
  void theyTakeTheNameOfAnOldSpelling() {
    Options options = fixture.parseWith(ALL, "-c");
    assertEquals(List.of(), options.warnings());
    assertTrue(options.users().isEmpty());
  }

  @Test
  void theyMayNotTakeTheNameOfABuiltInOption() {
    assertEquals("2 locust: error: argument --host: conflicting option string: --host",
        fixture.errorWith(List.of(CustomOption.single("--host", "host"))));
  }

  @Test
  void aMissingOneIsReported() {
    assertEquals("2 locust: error: the following arguments are required: --my-opt",
        fixture.errorWith(List.of(NUMBER.asRequired())));
  }

  @Test
  void theyAreProposedForATypingMistake() {
    assertEquals("2 locust: error: unrecognized arguments: --mnay\nDid you mean '--many'?",
        fixture.errorWith(ALL, "--mnay"));
  }

  @Test
  void tooFewWordsAreReported() {
    CustomOption pair = CustomOption.of("--pair", "pair", 2, 2, false);
    CustomOption some = CustomOption.of("--some", "some", 1, CustomOption.ANY_NUMBER, false);
    assertEquals("2 locust: error: argument --pair: expected 2 arguments", fixture.errorWith(List.of(pair), "--pair",
        "a"));
    assertEquals("2 locust: error: argument --some: expected at least one argument",
        fixture.errorWith(List.of(some), "--some"));
  }
}
