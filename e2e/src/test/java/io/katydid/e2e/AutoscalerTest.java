package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an autoscaler does to a test that runs: workers come and are told to end, as pods are. The users stay as many as
 * were wanted, spread over those who are there, and no request is lost.
 */
class AutoscalerTest {
  private static final int STARTUP = 240;
  private static final int SOON = 60;

  @TempDir Path folder;

  @Test
  void workersComeAndGoDuringATest() {
    int webPort = Peers.freePort();
    try (Cluster cluster = new Cluster(folder); MasterWeb web = new MasterWeb(webPort)) {
      Program master =
          cluster.master(Generator.KATYDID, Cluster.files("users"), "--web-host", "127.0.0.1", "--web-port",
              "" + webPort);
      Program one = worker(cluster, "one");
      web.await("one worker", STARTUP, stats -> MasterWeb.workers(stats, "ready") == 1, cluster::transcript);
      web.swarm(6);
      awaitUsers(cluster, web, 6);

      Program two = worker(cluster, "two");
      Program three = worker(cluster, "three");
      awaitUsers(cluster, web, 2, 2, 2);

      one.signal("TERM");
      assertEquals(0, one.exitCode(SOON), cluster::transcript);
      awaitUsers(cluster, web, 3, 3);
      two.signal("TERM");
      assertEquals(0, two.exitCode(SOON), cluster::transcript);
      awaitUsers(cluster, web, 6);

      worker(cluster, "four");
      awaitUsers(cluster, web, 3, 3);
      web.stop();
      web.await("every request is counted", SOON,
          stats -> MasterWeb.counted(stats).equals(cluster.target.countsByPath()),
          () -> cluster.target.countsByPath() + cluster.transcript());
      master.signal("TERM");
      assertEquals(1, master.exitCode(SOON), cluster::transcript);
      assertEquals(0, three.exitCode(SOON), cluster::transcript);
      cluster.assertNoTrouble();
    }
  }

  private static Program worker(Cluster cluster, String name) {
    return cluster.worker(name, Generator.KATYDID, Cluster.files("users"));
  }

  /** Waits until the workers have these numbers of users, in any order, and the test is complete. */
  private static void awaitUsers(Cluster cluster, MasterWeb web, Integer... wanted) {
    web.await("users " + List.of(wanted), STARTUP,
        stats -> stats.path("state").asText().equals("running") && users(stats).equals(List.of(wanted)),
        cluster::transcript);
  }

  private static List<Integer> users(JsonNode stats) {
    List<Integer> users = new ArrayList<>();
    for (JsonNode worker : stats.path("workers")) {
      users.add(worker.path("user_count").asInt());
    }
    Collections.sort(users);
    return users;
  }
}
