package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path folder;
  private CommandLineFixture fixture;

  @BeforeEach
  void freshFolders() throws IOException {
    fixture = new CommandLineFixture(folder);
  }

  @Test
  void defaultsAreThoseOfLocust() {
    Options options = fixture.parse();
    assertNull(options.host());
    assertTrue(options.users().isEmpty());
    assertTrue(options.spawnRate().isEmpty());
    assertTrue(options.runTimeSeconds().isEmpty());
    assertEquals(0, options.stopTimeoutSeconds());
    assertEquals(8089, options.integer("web_port"));
    assertEquals(5557, options.integer("master_port"));
    assertEquals(-1, options.autoquitSeconds());
    assertEquals("*", options.text("master_bind_host"));
    assertEquals("INFO", options.logLevel());
    assertEquals("locustfile.py", options.text("locustfile"));
    assertEquals(List.of(), options.userClasses());
    assertNull(options.tags());
    assertFalse(options.isGiven("num_users"));
  }

  @Test
  void understandsAnOrdinaryHeadlessRun() {
    Options options = fixture.parse("-f", "a.py", "--headless", "-u5", "-r", "2.5", "-t", "1h20m", "-H", "http://x",
        "A", "B");
    assertTrue(options.headless());
    assertEquals(5, options.users().getAsInt());
    assertEquals(2.5, options.spawnRate().getAsDouble());
    assertEquals(4800, options.runTimeSeconds().getAsInt());
    assertEquals("http://x", options.host());
    assertEquals(List.of("A", "B"), options.userClasses());
    assertTrue(options.isGiven("num_users"));
  }

  @Test
  void mixesOptionsAndUserClasses() {
    Options options = fixture.parse("A", "-u", "3", "B", "--headless", "C");
    assertEquals(List.of("A", "B", "C"), options.userClasses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--users=7", "--users 7", "--user 7", "--use=7", "-u 7", "-u=7", "-u7", "-lu7"})
  void acceptsEverySpellingOfAValue(String args) {
    assertEquals(7, fixture.parse(args.split(" ")).users().getAsInt());
  }

  @Test
  void optionsOfOurOwnCanBeCutShortWhereLocustHasNone() {
    assertEquals("platform", fixture.parse("--user-t", "platform").userThreads());
  }

  @Test
  void acceptsLongNamesCutShort() {
    Options options = fixture.parse("--headles", "--ho", "http://h", "--only", "--skip-log");
    assertTrue(options.headless());
    assertEquals("http://h", options.host());
    assertTrue(options.flag("only_summary"));
    assertTrue(options.skipLogSetup());
  }

  @Test
  void aListRunsUntilTheNextOptionOrTwoDashes() {
    assertEquals(List.of("a", "b"), fixture.parse("--tags", "a", "b", "--headless").tags());
    Options options = fixture.parse("-T", "a", "--", "C");
    assertEquals(List.of("a"), options.tags());
    assertEquals(List.of("C"), options.userClasses());
    assertEquals(List.of(), fixture.parse("A", "--tags").tags());
    assertEquals(List.of("c"), fixture.parse("--tags", "a", "--tags", "c").tags());
    Options attached = fixture.parse("-Ta", "B");
    assertEquals(List.of("a"), attached.tags());
    assertEquals(List.of("B"), attached.userClasses());
  }

  @Test
  void negativeNumbersAreValues() {
    assertEquals(-1, fixture.parse("--processes", "-1").processes());
  }

  @Test
  void theLastOneWins() {
    assertEquals(6, fixture.parse("--users", "5", "--users", "6").users().getAsInt());
  }

  @Test
  void headfulCancelsHeadless() {
    assertFalse(fixture.parse("--headless", "--headful").headless());
  }

  @Test
  void logLevelsAreTakenInAnyCase() {
    assertEquals("DEBUG", fixture.parse("-L", "debug").logLevel());
  }

  @Test
  void pythonNumbersAreUnderstood() {
    assertEquals(1000, fixture.parse("-u", "1_000").users().getAsInt());
    assertEquals(5, fixture.parse("-u", " 5").users().getAsInt());
    assertEquals(1000.0, fixture.parse("-r", "1e3").spawnRate().getAsDouble());
  }

  @Test
  void everyDestIsVisibleToPython() {
    assertTrue(fixture.parse().values().keySet().containsAll(List.of(
        "locustfile", "config", "host", "num_users", "spawn_rate", "run_time", "list_commands", "config_users",
        "web_host", "web_port", "headless", "autostart", "autoquit", "headful", "web_auth", "web_login", "tls_cert",
        "tls_key", "class_picker", "build_path", "legacy_ui", "web_base_path", "master", "master_bind_host",
        "master_bind_port", "expect_workers", "expect_workers_max_wait", "enable_rebalancing", "worker", "processes",
        "master_host", "master_port", "tags", "exclude_tags", "csv_prefix", "stats_history_enabled", "print_stats",
        "only_summary", "reset_stats", "html_file", "json", "json_file", "skip_log_setup", "loglevel", "logfile",
        "show_task_ratio", "show_task_ratio_json", "exit_code_on_error", "stop_timeout", "equal_weights", "profile",
        "otel", "user_classes")));
  }

  @Test
  void usersCanBeConfiguredByJsonTextAndFile() throws IOException {
    fixture.file("cu.json", "{\"user_class_name\": \"A\", \"host\": \"x\"}");
    Options options = fixture.parse("--config-users", "cu.json", "[{\"user_class_name\":\"B\",\"weight\":3}]");
    assertEquals("x", options.configUsers().get(0).get(0).get("host"));
    assertEquals(3, options.configUsers().get(1).get(0).get("weight"));
  }

  @Test
  void aCopyWithAnotherValueLeavesTheFirstAlone() {
    Options options = fixture.parse();
    assertEquals("h", options.with("host", "h").host());
    assertNull(options.host());
  }

  @Test
  void theFirstPassSeesWhatIsNeededToFindTheLocustfile() {
    EarlyOptions early = fixture
        .line("--my-own", "x", "-f", "a.py, b.py", "--worker", "--master-host=m", "--master-port", "99",
            "--foo=3").early();
    assertEquals(List.of("a.py", "b.py"), early.locustfiles());
    assertTrue(early.worker());
    assertEquals("m", early.masterHost());
    assertEquals(99, early.masterPort());
    assertFalse(early.help());
  }

  @Test
  void theFirstPassIsNotDisturbedByMistakesOfTheSecond() {
    EarlyOptions early = fixture.line("-u", "x", "--mas", "--headless=3", "--csv-full-history", "-V").early();
    assertTrue(early.version());
    assertEquals(List.of("locustfile.py"), early.locustfiles());
  }
}
