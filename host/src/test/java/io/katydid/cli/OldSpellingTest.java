package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldSpellingTest {
  @TempDir Path folder;
  private CommandLineFixture fixture;

  @BeforeEach
  void freshFolders() throws IOException {
    fixture = new CommandLineFixture(folder);
  }

  @Test
  void aCommandLineOfLocustZeroStillRuns() {
    Options options = fixture.parse("--no-web", "-c", "20", "--hatch-rate", "5", "--csv-base-name", "out", "--port",
        "80");
    assertTrue(options.headless());
    assertEquals(20, options.users().getAsInt());
    assertEquals(5.0, options.spawnRate().getAsDouble());
    assertEquals("out", options.csvPrefix());
    assertEquals(80, options.integer("web_port"));
    assertEquals(5, options.warnings().size());
    assertEquals("--no-web is an old spelling: use --headless", options.warnings().getFirst());
  }

  @Test
  void oldDistributedOptionsStillRun() {
    assertTrue(fixture.parse("--slave").worker());
    assertEquals(3, fixture.parse("--master", "--expect-slaves", "3").integer("expect_workers"));
  }

  @Test
  void optionsWithoutEffectAreNamedOnce() {
    Options options = fixture.parse("-n", "100", "--no-reset-stats", "-n", "200");
    assertEquals(List.of(
        "-n is ignored: a number of requests no longer ends a test: use --run-time",
        "--no-reset-stats is ignored: statistics are only reset with --reset-stats"), options.warnings());
  }

  @Test
  void oldSpellingsWorkInConfigFiles() throws IOException {
    Options options = fixture.file("locust.conf", "clients = 4\nhatch-rate = 2\n").parse();
    assertEquals(4, options.users().getAsInt());
    assertEquals(2, options.warnings().size());
  }

  @Test
  void oldSpellingsAreNotCutShort() {
    assertTrue(fixture.error("--clien", "4").contains("unrecognized arguments: --clien"));
  }
}
