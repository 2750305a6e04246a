package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Locust and Katydid run the same locustfile against the same kind of server; what they report must agree. */
class SideBySideTest {
  private static final Path FILES = Peers.projectFolder().resolve("e2e/src/test/resources/locustfiles");
  private static final int USERS = 3;

  @TempDir Path folder;

  private record Outcome(int exitCode, String stdout, Path prefix, Map<String, Long> arrived) {}

  private Outcome run(String who, List<String> program, String file, String... more) {
    Path prefix = folder.resolve(who);
    try (Target target = new Target()) {
      List<String> command = new ArrayList<>(program);
      command.addAll(
          List.of("-f", FILES.resolve(file).toString(), "--headless", "-u", "" + USERS, "-r", "10", "--host",
              target.url(), "--csv", prefix.toString()));
      command.addAll(List.of(more));
      try (Program run = Program.start(folder, Map.of("KATYDID_NO_BUILD", "1"), command)) {
        int code = run.exitCode(180);
        return new Outcome(code, run.stdout(), prefix, target.counts());
      }
    }
  }

  @Test
  void requestsFailuresExceptionsAndExitCodeAgree() {
    Path locust = Peers.locust();
    Outcome real = run("locust", List.of(locust.toString()), "http_steps.py", "-t", "12s");
    Outcome ours = run("katydid", List.of(Peers.projectFolder().resolve("katydid").toString()), "http_steps.py",
        "-t", "40s");
    assertAll(
        () -> assertEquals(real.exitCode(), ours.exitCode(), "exit code"),
        () -> assertEquals(real.arrived(), ours.arrived(), "what arrived at the server"),
        () -> assertEquals(column(real, "stats", "Request Count"), column(ours, "stats", "Request Count")),
        () -> assertEquals(column(real, "stats", "Failure Count"), column(ours, "stats", "Failure Count")),
        () -> assertEquals(
            column(real, "stats", "Average Content Size"), column(ours, "stats", "Average Content Size")),
        () -> assertEquals(failures(real), failures(ours), "failures.csv"),
        () -> assertEquals(exceptions(real), exceptions(ours), "exceptions.csv"),
        () -> assertEquals(real.stdout(), ours.stdout(), "what listeners printed"),
        () -> {
          for (String kind : List.of("stats", "failures", "exceptions", "stats_history")) {
            assertEquals(RunFiles.header(file(real, kind)), RunFiles.header(file(ours, kind)), kind);
          }
        });
    assertTrue(ours.arrived().values().stream().mapToLong(Long::longValue).sum() > 0);
  }

  private static Path file(Outcome outcome, String kind) {
    return Path.of(outcome.prefix() + "_" + kind + ".csv");
  }

  private static Map<String, String> column(Outcome outcome, String kind, String column) {
    return RunFiles.column(file(outcome, kind), column);
  }

  private static Map<String, String> failures(Outcome outcome) {
    Map<String, String> result = new TreeMap<>();
    for (Map<String, String> row : RunFiles.rows(file(outcome, "failures"))) {
      String error = withoutPort(row.get("Error"));
      result.put(row.get("Method") + " " + row.get("Name") + ": " + error, row.get("Occurrences"));
    }
    return result;
  }

  private static Map<String, String> exceptions(Outcome outcome) {
    Map<String, String> result = new TreeMap<>();
    for (Map<String, String> row : RunFiles.rows(file(outcome, "exceptions"))) {
      result.put(row.get("Message"), row.get("Count"));
    }
    return result;
  }

  private static String withoutPort(String text) {
    return Pattern.compile("port=\\d+|127\\.0\\.0\\.1:\\d{4,}").matcher(text).replaceAll("PORT");
  }
}
