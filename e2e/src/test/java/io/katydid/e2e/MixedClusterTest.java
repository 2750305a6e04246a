package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Locust and a Katydid worker side by side under a master of either kind that follows a load shape by itself. */
class MixedClusterTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "under a {0} master")
  @EnumSource(Generator.class)
  void aShapeEndsTheTestAndAutoquitTheProgram(Generator masters) {
    Path prefix = folder.resolve("run");
    String files = Cluster.files("users", "steps");
    Peers.locust();
    try (Cluster cluster = new Cluster(folder)) {
      Program master = cluster.master(masters, files, "--autostart", "--autoquit", "4", "--expect-workers", "2",
          "--web-host", "127.0.0.1", "--web-port", "" + Peers.freePort(), "--csv", prefix.toString(),
          "--exit-code-on-error", "7");
      Program locust = cluster.worker("locust", Generator.LOCUST, files);
      Program katydid = cluster.worker("katydid", Generator.KATYDID, "-");
      assertEquals(7, master.exitCode(Cluster.STARTUP + Cluster.SOON), cluster::transcript);
      assertEquals(0, locust.exitCode(Cluster.SOON), cluster::transcript);
      assertEquals(0, katydid.exitCode(Cluster.SOON), cluster::transcript);
      Map<String, Long> arrived = cluster.target.countsByPath();
      assertEquals(arrived, HeadlessClusterTest.counted(prefix, "Request Count"), cluster::transcript);
      assertEquals(2, HeadlessClusterTest.matching(arrived, "GET /ok").size(), cluster::transcript);
      for (String line : List.of("Shape test updating to 3 users at 10.00 spawn rate",
          "Shape test updating to 6 users at 10.00 spawn rate", "--autoquit time reached, shutting down")) {
        master.expect(line, 1);
      }
      cluster.assertNoTrouble();
    }
  }

  @Test
  void aMasterThatWaitsInVainForWorkersEndsAsLocustDoes() {
    Peers.locust();
    try (Cluster first = new Cluster(folder); Cluster second = new Cluster(folder)) {
      List<Program> masters = List.of(
          first.master(Generator.LOCUST, Cluster.files("users"), "--headless", "--expect-workers", "1",
              "--expect-workers-max-wait", "1"),
          second.master(Generator.KATYDID, Cluster.files("users"), "--headless", "--expect-workers", "1",
              "--expect-workers-max-wait", "1"));
      for (Program master : masters) {
        assertEquals(1, master.exitCode(Cluster.STARTUP), master::transcript);
        master.expect("Gave up waiting for workers to connect", 1);
      }
    }
  }
}
