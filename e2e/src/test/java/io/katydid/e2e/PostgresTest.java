package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Katydid's psycopg2 with a real PostgreSQL server, beside the real psycopg2 and in locustfiles. */
class PostgresTest {
  private static final Path RESOURCES = Peers.projectFolder().resolve("e2e/src/test/resources");
  private static PostgresServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** An ordinary Python with the real psycopg2. */
  private static String realPython() {
    String named = System.getenv("KATYDID_PSYCOPG2");
    return named != null && Files.isExecutable(Path.of(named))
        ? named
        : abort("no real psycopg2: set KATYDID_PSYCOPG2 to a python that has psycopg2-binary");
  }

  private Program program(List<String> command, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(server.environment());
    environment.put("KATYDID_NO_BUILD", "1");
    environment.putAll(more);
    return Program.start(folder, environment, command);
  }

  private static String katydid() {
    return Peers.projectFolder().resolve("katydid").toString();
  }

  private String outputOf(List<String> command) {
    try (Program run = program(command, Map.of())) {
      assertEquals(0, run.exitCode(180), run::transcript);
      return run.stdout();
    }
  }

  @Test
  void callsGiveWhatTheRealPackageGives() {
    String calls = RESOURCES.resolve("programs/postgres_calls.py").toString();
    String real = outputOf(List.of(realPython(), calls));
    assertTrue(real.lines().count() > 400, "the program did not say much");
    assertEquals(real, outputOf(List.of(katydid(), "python", calls)));
  }

  private Map<String, String> run(String file, String kind, int users, int seconds, String sleep) {
    Path prefix = folder.resolve("run");
    List<String> command =
        List.of(katydid(), "-f", file, "--headless", "-u", "" + users, "-r", "" + users, "-t", seconds + "s",
            "--user-threads", kind, "--csv", prefix.toString(), "--only-summary");
    try (Program run = program(command, Map.of("SECONDS", sleep))) {
      assertEquals(0, run.exitCode(120), run::transcript);
      return RunFiles.column(folder.resolve("run_stats.csv"), "Request Count");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform"})
  void theExampleRuns(String kind) {
    Map<String, String> counts = run(Peers.projectFolder().resolve("locustfiles/postgres.py").toString(), kind, 5, 5, "0");
    assertTrue(Integer.parseInt(counts.get("SQL count")) >= 5, counts::toString);
  }

  @Test
  void locustsOwnPostgresUserRuns() {
    Map<String, String> counts =
        run(RESOURCES.resolve("locustfiles/postgres/contrib_user.py").toString(), "virtual", 2, 4, "0");
    assertTrue(Integer.parseInt(counts.get("postgres_success execute_query")) >= 4, counts::toString);
  }

  /** Twenty wait at once: more than could without giving the gate back. */
  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform"})
  void whoWaitsForTheServerDoesNotStopOthers(String kind) {
    Map<String, String> counts =
        run(RESOURCES.resolve("locustfiles/postgres/sleepers.py").toString(), kind, 21, 10, "2");
    assertTrue(Integer.parseInt(counts.get("SQL sleep")) >= 40, counts::toString);
    assertTrue(Integer.parseInt(counts.get("PY tick")) >= 25, counts::toString);
  }

  @Test
  void aUserThatIsStoppedLeavesTheServerAndItsConnectionIdle() {
    String file = RESOURCES.resolve("locustfiles/postgres/sleepers.py").toString();
    List<String> command =
        List.of(katydid(), "-f", file, "--headless", "-u", "6", "-r", "6", "-t", "4s", "--only-summary");
    try (Program run = program(command, Map.of("SECONDS", "600"))) {
      assertEquals(0, run.exitCode(60), run::transcript);
      assertEquals(5, run.stdout().split("after the end \\(1,\\)", -1).length - 1, run::transcript);
    }
    assertEquals("0", server.ask("select count(*) from pg_stat_activity where query like '%pg_sleep(600%' "
        + "and state = 'active' and pid <> pg_backend_pid()"));
  }
}
