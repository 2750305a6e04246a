package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `--processes`: several workers in one process, configured by environment variables alone. */
class ProcessesTest {
  @TempDir Path folder;
  private final String port = "" + Peers.freePort();

  @Test
  void aMasterWithWorkersOfItsOwnCountsEveryRequest() {
    Path prefix = folder.resolve("run");
    try (Program both = start(Map.of("LOCUST_HEADLESS", "true", "LOCUST_PROCESSES", "2", "LOCUST_USERS", "4",
        "LOCUST_SPAWN_RATE", "4", "LOCUST_RUN_TIME", "4s", "LOCUST_MASTER_BIND_PORT", port, "LOCUST_MASTER_BIND_HOST",
        "127.0.0.1", "LOCUST_CSV", prefix.toString()))) {
      assertEquals(0, both.exitCode(Cluster.STARTUP + Cluster.SOON), both::transcript);
      both.expect("to 2 ready workers", 1);
      assertCounted(both, prefix);
    }
  }

  @Test
  void severalWorkersInOneProcessServeADistantMaster() {
    Path prefix = folder.resolve("run");
    try (Program master = Generator.LOCUST.start(folder, List.of("-f", Cluster.files("counting"), "--master",
            "--master-bind-host", "127.0.0.1", "--master-bind-port", port, "--headless", "--expect-workers", "2", "-u",
            "4", "-r", "4", "-t", "4s", "--csv", prefix.toString()));
        Program workers = start(Map.of("LOCUST_MODE_WORKER", "true", "LOCUST_PROCESSES", "2", "LOCUST_MASTER_NODE_HOST",
            "127.0.0.1", "LOCUST_MASTER_NODE_PORT", port))) {
      assertEquals(0, master.exitCode(Cluster.STARTUP + Cluster.SOON), master::transcript);
      assertEquals(0, workers.exitCode(Cluster.SOON), workers::transcript);
      assertCounted(workers, prefix);
    }
  }

  private Program start(Map<String, String> options) {
    Map<String, String> environment = new HashMap<>(options);
    environment.put("LOCUST_LOCUSTFILE", Cluster.files("counting"));
    environment.put("KATYDID_NO_BUILD", "1");
    return Program.start(folder, environment, List.of(Generator.KATYDID.command()));
  }

  /** Each of the two workers has told at its end what its users have done. */
  private static void assertCounted(Program workers, Path prefix) {
    List<Long> fired = Pattern.compile("(?m)^fired (\\d+)$").matcher(workers.stdout()).results()
        .map(line -> Long.parseLong(line.group(1))).toList();
    assertEquals(2, fired.size(), workers::transcript);
    assertTrue(fired.stream().allMatch(count -> count > 0), fired::toString);
    assertEquals(Map.of("GET /counted", fired.get(0) + fired.get(1)),
        HeadlessClusterTest.counted(prefix, "Request Count"), workers::transcript);
  }
}
