package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clusters of real Locust and Katydid nodes run a test without web UI: what the target has answered is what the master
 * reports, to the last request, and exceptions, options, locustfiles and messages reach the other side.
 */
class HeadlessClusterTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "a {0} master with {1} and {2} workers")
  @CsvSource({
      "LOCUST, KATYDID, KATYDID", "KATYDID, LOCUST, LOCUST", "LOCUST, LOCUST, KATYDID", "KATYDID, KATYDID, LOCUST"})
  void everythingCountedIsReported(Generator masters, Generator first, Generator second) {
    Path prefix = folder.resolve("run");
    String files = Cluster.files("users", "talk");
    Peers.locust();
    try (Cluster cluster = new Cluster(folder)) {
      Program master = cluster.master(masters, files, "--headless", "--expect-workers", "2", "-u", "8", "-r", "8",
          "-t", "8s", "--csv", prefix.toString());
      Program one = cluster.worker("one", first, "-");
      Program two = cluster.worker("two", second, files);
      int code = master.exitCode(Cluster.STARTUP + Cluster.SOON);
      assertEquals(0, one.exitCode(Cluster.SOON), cluster::transcript);
      assertEquals(0, two.exitCode(Cluster.SOON), cluster::transcript);
      Map<String, Long> arrived = cluster.target.countsByPath();
      assertAll(
          () -> assertEquals(1, code, "requests have failed"),
          () -> assertEquals(arrived, counted(prefix, "Request Count"), cluster::transcript),
          () -> assertEquals(matching(arrived, "GET /fail"), matching(counted(prefix, "Failure Count"), ""),
              cluster::transcript),
          () -> assertEquals(total(matching(arrived, "GET /json")), exceptions(prefix), cluster::transcript),
          () -> assertTrue(arrived.keySet().stream().allMatch(Pattern.compile(".*/acme/[01]").asPredicate()),
              arrived::toString),
          () -> assertEquals(2, matching(arrived, "GET /ok").size(), "both workers have worked"),
          () -> assertSaid(master, "greeting 0 [1, 2.5, None, 'ü'] True 600"),
          () -> assertSaid(master, "greeting 1 [1, 2.5, None, 'ü'] True 600"),
          () -> assertSaid(master, "thanks [[0, [0, 255]], [1, [0, 255]]]"),
          () -> {
            for (Program worker : new Program[] {one, two}) {
              assertSaid(worker, "waited True");
              assertSaid(worker, "everybody None");
            }
          },
          cluster::assertNoTrouble);
    }
  }

  private static void assertSaid(Program program, String line) {
    assertTrue(program.stdout().lines().anyMatch(line::equals), () -> "no '" + line + "' in\n" + program.transcript());
  }

  /** A column of the statistics by "METHOD /path", without rows of 0 and the sum. */
  static Map<String, Long> counted(Path prefix, String column) {
    Map<String, Long> counts = new TreeMap<>();
    RunFiles.column(Path.of(prefix + "_stats.csv"), column).forEach((name, value) -> {
      if (!name.endsWith(" Aggregated") && !value.equals("0")) {
        counts.put(name, Long.parseLong(value));
      }
    });
    return counts;
  }

  static Map<String, Long> matching(Map<String, Long> counts, String start) {
    Map<String, Long> matching = new TreeMap<>(counts);
    matching.keySet().removeIf(name -> !name.startsWith(start));
    return matching;
  }

  static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long exceptions(Path prefix) {
    return RunFiles.rows(Path.of(prefix + "_exceptions.csv")).stream()
        .filter(row -> row.get("Message").equals("a mistake in the locustfile"))
        .mapToLong(row -> Long.parseLong(row.get("Count"))).sum();
  }
}
