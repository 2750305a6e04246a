package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPrecedenceTest {
  @TempDir Path folder;
  private CommandLineFixture fixture;

  @BeforeEach
  void freshFolders() throws IOException {
    fixture = new CommandLineFixture(folder);
  }

  @Test
  void eachSourceBeatsTheOnesBelowIt() throws IOException {
    fixture.homeFile(".locust.conf", "host = home");
    assertEquals("home", fixture.parse().host());
    fixture.file("locust.conf", "host = local");
    assertEquals("local", fixture.parse().host());
    fixture.file("pyproject.toml", "[tool.locust]\nhost = \"toml\"");
    assertEquals("toml", fixture.parse().host());
    fixture.file("other.conf", "host = other");
    assertEquals("other", fixture.parse("--config", "other.conf").host());
    fixture.env("LOCUST_HOST", "env");
    assertEquals("env", fixture.parse("--config", "other.conf").host());
    assertEquals("cli", fixture.parse("--config", "other.conf", "--host", "cli").host());
  }

  @Test
  void filesAreMergedKeyByKey() throws IOException {
    fixture.homeFile(".locust.conf", "users = 1\nspawn-rate = 2").file("locust.conf", "users = 3");
    Options options = fixture.parse();
    assertEquals(3, options.users().getAsInt());
    assertEquals(2.0, options.spawnRate().getAsDouble());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "host = a;b|a;b", "host: a|a", "host a|a", "--host = a|a", " host = a|a", "host = a # why|a", "host = a ; why|a",
      "host = 'q'|q", "host = \"http://x:80/a#b\"  # c|http://x:80/a#b", "host = a b|a b", "host:5|5",
          "ho = x = y|x = y",
      "host = http://h:1|http://h:1",
  })
  void aConfigLineMayBeWrittenInManyWays(String line, String host) throws IOException {
    fixture.file("locust.conf", "# comment\n; comment\n[section]\n\n" + line + "\n");
    assertEquals(host, fixture.parse().host());
  }

  @Test
  void flagsAndListsWorkInConfigFiles() throws IOException {
    fixture.file("locust.conf", "headless\nonly-summary = no\ntags = [a, b]\nexclude-tags = c d\nstop-timeout 5 # s\n"
        + "autostart   # alone\n");
    Options options = fixture.parse();
    assertTrue(options.headless());
    assertTrue(options.autostart());
    assertFalse(options.flag("only_summary"));
    assertEquals(List.of("a", "b"), options.tags());
    assertEquals(List.of("c d"), options.excludeTags());
    assertEquals(5, options.stopTimeoutSeconds());
  }

  @Test
  void tomlIsReadFromItsTableOnly() throws IOException {
    fixture.file("pyproject.toml", "[project]\nname = \"x\"\n[tool.other]\nusers = 9\n[tool.locust]\nusers = 5\n"
        + "headless = true\ntags = [\"a\", \"b\"]\nspawn-rate = 2.5\nrun-time = \"1m\"\n");
    Options options = fixture.parse();
    assertEquals(5, options.users().getAsInt());
    assertTrue(options.headless());
    assertEquals(List.of("a", "b"), options.tags());
    assertEquals(2.5, options.spawnRate().getAsDouble());
    assertEquals(60, options.runTimeSeconds().getAsInt());
  }

  @Test
  void anotherTomlFileNeedsTheTableToo() throws IOException {
    fixture.file("z.toml", "users = 5\n");
    assertTrue(fixture.parse("--config", "z.toml").users().isEmpty());
    fixture.file("z.toml", "[tool.locust]\nusers = 55\n");
    assertEquals(55, fixture.parse("--config=z.toml").users().getAsInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "YES", "On", "1"})
  void trueWordsSwitchAFlagOn(String word) {
    assertTrue(fixture.env("LOCUST_HEADLESS", word).parse().headless());
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "No", "OFF", "0"})
  void falseWordsLeaveAFlagOffAndBeatConfigFiles(String word) throws IOException {
    fixture.file("locust.conf", "headless = true").env("LOCUST_HEADLESS", word);
    assertFalse(fixture.parse().headless());
  }

  @Test
  void otherWordsForAFlagAreRefused() throws IOException {
    String end = ": 'maybe'. Expecting 'true', 'false', 'yes', 'no', 'on', 'off', '1' or '0'";
    assertEquals("2 locust: error: Unexpected value for LOCUST_HEADLESS" + end,
        new CommandLineFixture(folder).env("LOCUST_HEADLESS", "maybe").error());
    assertEquals("2 locust: error: Unexpected value for headless" + end,
        fixture.file("locust.conf", "headless = maybe").error());
  }

  @Test
  void listsInTheEnvironmentNeedBrackets() {
    assertEquals(List.of("a", "b"), fixture.env("LOCUST_TAGS", "[a, b]").parse().tags());
    assertEquals(List.of("a b"), fixture.env("LOCUST_TAGS", "a b").parse().tags());
  }

  @Test
  void userClassesCanComeFromTheEnvironment() {
    fixture.env("LOCUST_USER_CLASSES", "A  B");
    assertEquals(List.of("A", "B"), fixture.parse().userClasses());
    assertEquals(List.of("C"), fixture.parse("C").userClasses());
  }

  @Test
  void theOddlyNamedVariablesWork() {
    Options options = fixture.env("LOCUST_USERCLASS_PICKER", "1").env("LOCUST_MASTER_NODE_HOST", "m")
        .env("LOCUST_MASTER_NODE_PORT", "7").env("LOCUST_MODE_WORKER", "true").parse();
    assertTrue(options.flag("class_picker"));
    assertTrue(options.worker());
    assertEquals("m", options.text("master_host"));
    assertEquals(7, options.integer("master_port"));
  }

  @Test
  void wrongValuesAreNamedLikeOnTheCommandLine() throws IOException {
    assertEquals("2 locust: error: argument -u/--users: invalid int value: 'x'", fixture.env("LOCUST_USERS",
        "x").error());
  }

  @Test
  void unknownKeysAreUnknownOptions() throws IOException {
    fixture.file("locust.conf", "spawn_rate = 5\n");
    assertEquals("2 locust: error: unrecognized arguments: --spawn_rate=5\nDid you mean '--spawn-rate'?",
        fixture.error());
    fixture.file("pyproject.toml", "[tool.locust]\nfoo = 5\n");
    assertTrue(fixture.error().contains("--foo=5"));
  }

  @Test
  void unreadableFilesAreReportedWithTheirLine() throws IOException {
    fixture.file("locust.conf", "users = 5\n = 3\n");
    assertEquals("2 locust: error: Unexpected line 2 in locust.conf: = 3", fixture.error());
    fixture.file("locust.conf", "").file("pyproject.toml", "x = = 5\n");
    assertTrue(fixture.error().startsWith("2 locust: error: Couldn't parse TOML file: "));
  }

  @Test
  void theFirstPassReadsConfigurationToo() throws IOException {
    fixture.file("locust.conf", "locustfile = a.py,b.py\nmy-own = 3\n");
    assertEquals(List.of("a.py", "b.py"), fixture.line().early().locustfiles());
    fixture.env("LOCUST_LOCUSTFILE", "c.py");
    assertEquals(List.of("c.py"), fixture.line("--worker").early().locustfiles());
  }
}
