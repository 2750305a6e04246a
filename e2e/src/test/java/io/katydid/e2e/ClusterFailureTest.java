package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Katydid's own cluster while workers freeze and cables are pulled: what was counted is in the result in the end. */
class ClusterFailureTest {
  private static final String LOST = "is missing. What its ";

  @TempDir Path folder;

  @Test
  void aFrozenWorkerIsMissedAndLosesNothingWhenItWakesUp() {
    int webPort = Peers.freePort();
    try (Cluster cluster = new Cluster(folder); MasterWeb web = new MasterWeb(webPort)) {
      Program master = cluster.master(Generator.KATYDID, Cluster.files("users"), "--web-host", "127.0.0.1",
          "--web-port", "" + webPort);
      cluster.worker("one", Generator.KATYDID, Cluster.files("users"));
      Program two = cluster.worker("two", Generator.KATYDID, Cluster.files("users"));
      web.await("both are ready", Cluster.STARTUP, stats -> MasterWeb.workers(stats, "ready") == 2,
          cluster::transcript);
      web.swarm(6);
      web.await("both work", Cluster.SOON, stats -> stats.path("user_count").asInt() == 6
          && HeadlessClusterTest.matching(MasterWeb.counted(stats), "GET /ok").size() == 2, cluster::transcript);
      two.signal("STOP");
      web.await("it is missing", Cluster.SOON, stats -> MasterWeb.workers(stats, "missing") == 1, cluster::transcript);
      master.expect(LOST + "3 users have counted since its last report", 1);
      two.signal("CONT");
      web.await("it is back with all users", Cluster.SOON, stats -> MasterWeb.workers(stats, "running") == 2
          && stats.path("user_count").asInt() == 6, cluster::transcript);
      web.stop();
      Map<String, Long> arrived = cluster.target.countsByPath();
      web.await("what arrived is counted", Cluster.SOON, stats -> MasterWeb.counted(stats).equals(arrived),
          () -> arrived + cluster.transcript());
      cluster.assertNoTrouble();
    }
  }

  @Test
  void aPulledCableLosesNothingWhenItIsPluggedInAgain() {
    try (NetworkNamespaces hosts = new NetworkNamespaces()) {
      String port = "" + Peers.freePort();
      Path prefix = folder.resolve("run");
      List<String> node = List.of(Generator.KATYDID.command(), "-f", Cluster.files("counting"));
      try (Program master = start(hosts.onFirst(with(node, "--master", "--master-bind-port", port, "--headless",
              "--expect-workers", "2", "-u", "4", "-r", "4", "--csv", prefix.toString())));
          Program near = start(hosts.onFirst(with(node, "--worker", "--master-port", port)));
          Program far = start(hosts.onSecond(with(node, "--worker", "--master-host", NetworkNamespaces.FIRST_ADDRESS,
              "--master-port", port)))) {
        master.expect("All users spawned", Cluster.STARTUP);
        assertTrue(hosts.pullOut());
        master.expect(LOST + "2 users have counted since its last report", Cluster.SOON);
        assertTrue(hosts.plugIn());
        master.expect("self-healed with heartbeat", Cluster.STARTUP);
        master.signal("TERM");
        assertEquals(0, master.exitCode(Cluster.SOON), master::transcript);
        assertEquals(0, near.exitCode(Cluster.SOON), near::transcript);
        assertEquals(0, far.exitCode(Cluster.SOON), far::transcript);
        long fired = fired(near) + fired(far);
        assertTrue(fired > 0);
        assertEquals(Map.of("GET /counted", fired), HeadlessClusterTest.counted(prefix, "Request Count"),
            () -> master.transcript() + near.transcript() + far.transcript());
      }
    }
  }

  private Program start(List<String> command) {
    return Program.start(folder, Map.of("KATYDID_NO_BUILD", "1"), command);
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(more));
    return words;
  }

  private static long fired(Program worker) {
    Matcher line = Pattern.compile("(?m)^fired (\\d+)$").matcher(worker.stdout());
    assertTrue(line.find(), worker::transcript);
    return Long.parseLong(line.group(1));
  }
}
