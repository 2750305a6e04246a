package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clusters steered by the master's web routes while nodes are killed: the requests of those who live are counted to the
 * last one, those of a killed worker up to its last report.
 */
class WebClusterTest {
  @TempDir Path folder;
  private final int webPort = Peers.freePort();
  private Cluster cluster;
  private MasterWeb web;
  private Map<String, Long> before = Map.of();

  @BeforeEach
  void open() {
    Peers.locust();
    cluster = new Cluster(folder);
    web = new MasterWeb(webPort);
  }

  @AfterEach
  void close() {
    web.close();
    cluster.close();
  }

  @Test
  void katydidWorkersServeALocustMasterThatIsRestarted() {
    Program master = master(Generator.LOCUST);
    Program one = cluster.worker("one", Generator.KATYDID, "-");
    Program two = cluster.worker("two", Generator.KATYDID, Cluster.files("users"));
    killOneOfTwo(master, two);
    runAndStop();

    swarm();
    master.signal("KILL");
    master.exitCode(Cluster.SOON);
    Program restarted = master(Generator.LOCUST);
    one.expect("The master does not know this worker any more", Cluster.STARTUP);
    runAndStop();

    swarm();
    one.signal("TERM");
    assertEquals(0, one.exitCode(Cluster.SOON), cluster::transcript);
    restarted.expect("The last worker quit, stopping test", Cluster.SOON);
    awaitExactCounts();
    restarted.signal("TERM");
    assertEquals(1, restarted.exitCode(Cluster.SOON), cluster::transcript);
    cluster.assertNoTrouble();
  }

  @Test
  void locustWorkersServeAKatydidMaster() {
    Program master = master(Generator.KATYDID);
    Program one = cluster.worker("one", Generator.LOCUST, "-");
    Program two = cluster.worker("two", Generator.LOCUST, Cluster.files("users"));
    killOneOfTwo(master, two);
    runAndStop();

    swarm();
    master.signal("TERM");
    assertEquals(1, master.exitCode(Cluster.SOON), cluster::transcript);
    assertEquals(0, one.exitCode(Cluster.SOON), cluster::transcript);
    assertEquals(arrived(), HeadlessClusterTest.counted(folder.resolve("run"), "Request Count"), cluster::transcript);
    cluster.assertNoTrouble();
  }

  private Program master(Generator kind) {
    return cluster.master(kind, Cluster.files("users"), "--web-host", "127.0.0.1", "--web-port", "" + webPort, "--csv",
        folder.resolve("run").toString());
  }

  /** The other worker's requests are all counted, the killed one's as far as it could report them. */
  private void killOneOfTwo(Program master, Program victim) {
    awaitReady(2);
    web.swarm(6);
    web.await("both workers' requests are counted", Cluster.SOON,
        stats -> stats.path("user_count").asInt() == 6 && HeadlessClusterTest
            .matching(MasterWeb.counted(stats), "GET /ok").values().stream().filter(count -> count > 5).count() == 2,
        cluster::transcript);
    victim.signal("KILL");
    victim.exitCode(Cluster.SOON);
    web.await("the killed worker is missing", Cluster.SOON, stats -> MasterWeb.workers(stats, "missing") == 1
        && stats.path("user_count").asInt() == 3, cluster::transcript);
    web.stop();
    String lost = lostPaths(master);
    Map<String, Long> arrived = arrived();
    Map<String, Long> living = without(arrived, lost);
    assertTrue(!living.isEmpty() && living.size() < arrived.size(), arrived::toString);
    JsonNode end = web.await("the living worker's requests are all counted", Cluster.SOON,
        stats -> without(MasterWeb.counted(stats), lost).equals(living), () -> arrived + cluster.transcript());
    MasterWeb.counted(end).forEach((name, count) -> assertTrue(count <= arrived.getOrDefault(name, 0L), name));
    forgetWhatArrived();
  }

  /** How the paths of the worker end that is not there any more. */
  private String lostPaths(Program master) {
    JsonNode now = web.stats();
    for (JsonNode worker : now.path("workers")) {
      if (worker.path("state").asText().equals("missing")) {
        Matcher line = Pattern.compile(Pattern.quote(worker.path("id").asText()) + " \\(index (\\d+)\\) reported as ready")
            .matcher(master.stderr());
        assertTrue(line.find(), master::transcript);
        return "/" + line.group(1);
      }
    }
    throw new AssertionError("nobody is missing: " + now);
  }

  private static Map<String, Long> without(Map<String, Long> counts, String end) {
    Map<String, Long> rest = new TreeMap<>(counts);
    rest.keySet().removeIf(name -> name.endsWith(end));
    return rest;
  }

  private void runAndStop() {
    swarm();
    web.stop();
    awaitExactCounts();
    forgetWhatArrived();
  }

  private void swarm() {
    awaitReady(1);
    forgetWhatArrived();
    web.swarm(3);
    awaitRequests();
  }

  private void awaitRequests() {
    web.await("requests are counted", Cluster.SOON,
        stats -> stats.path("user_count").asInt() == 3 && stats.path("state").asText().equals("running")
            && HeadlessClusterTest.total(MasterWeb.counted(stats)) > 5,
        cluster::transcript);
  }

  private void awaitReady(int workers) {
    web.await(workers + " workers are ready", Cluster.STARTUP, stats -> MasterWeb.workers(stats, "ready") == workers,
        cluster::transcript);
  }

  /** The last report of a worker may be under way. */
  private void awaitExactCounts() {
    web.await("what arrived is counted", Cluster.SOON, stats -> MasterWeb.counted(stats).equals(arrived()),
        () -> arrived() + cluster.transcript());
  }

  /** What the target has answered since the last test, by "METHOD /path". */
  private Map<String, Long> arrived() {
    Map<String, Long> counts = cluster.target.countsByPath();
    before.forEach((name, count) -> counts.merge(name, -count, Long::sum));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private void forgetWhatArrived() {
    before = cluster.target.countsByPath();
  }
}
