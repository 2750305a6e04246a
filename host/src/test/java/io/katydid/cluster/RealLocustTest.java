package io.katydid.cluster;

import static io.katydid.cluster.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our worker under a real master, and real workers under our master. Skipped where there is no Locust. */
@Timeout(120)
class RealLocustTest {
  private static final Duration STARTUP = Duration.ofSeconds(45);
  private final RecordingLog log = new RecordingLog();

  @TempDir
  private Path folder;

  @BeforeEach
  void needsLocust() {
    RealLocust.assumePresent();
  }

  @Test
  void ourWorkersServeARealMasterAndItCountsEveryRequest() throws Exception {
    int port = freePort();
    try (RealLocust master = RealLocust.start(folder, "master", List.of("--master", "--master-bind-port", "" + port,
            "--headless", "--expect-workers", "2", "-u", "6", "-r", "3", "-t", "4s", "--only-summary", "--loglevel",
            "DEBUG"));
        CountingWorker one = new CountingWorker("h_1", port, log);
        CountingWorker two = new CountingWorker("h_2", port, log)) {
      eventually("all users run:\n" + master.output(), STARTUP,
          () -> master.output().contains("All users spawned: {\"A\": 3, \"B\": 3} (6 total users)"));
      assertEquals(0, master.awaitExit(), master.output());
      assertEquals(WorkerRun.End.QUIT, one.end.get(20, TimeUnit.SECONDS));
      assertEquals(WorkerRun.End.QUIT, two.end.get(20, TimeUnit.SECONDS));
      assertEquals(one.requests.get() + two.requests.get(), countedByRealMaster(master.output()), master.output());
      for (String trouble : List.of("Traceback", "Unrecognized", "Unknown message", "different", "failed to send")) {
        assertTrue(!master.output().contains(trouble), trouble + " in:\n" + master.output());
      }
      assertTrue(one.events.containsAll(List.of("test_start", "spawning_complete", "test_stopping", "test_stop")));
    }
  }

  private static long countedByRealMaster(String output) {
    Matcher row = Pattern.compile("(?m)^ +Aggregated +(\\d+) ").matcher(output);
    assertTrue(row.find(), output);
    return Long.parseLong(row.group(1));
  }

  @Test
  void realWorkersServeOurMasterThroughTwoTests() throws Exception {
    try (CountingMaster master = new CountingMaster(0, log);
        RealLocust one = worker("one", master.port);
        RealLocust two = worker("two", master.port)) {
      eventually("both are ready", STARTUP, () -> master.protocol.workers().ready() == 2);
      for (int test = 0; test < 2; test++) {
        master.start(6, 3);
        eventually("all users run", () -> master.protocol.phase() == RunPhase.RUNNING);
        assertEquals(6, master.protocol.workers().userCount());
        eventually("requests are counted", () -> master.stats.total().requests() > 20);
        assertTrue(master.stats.find("/counted", "GET") != null);
        master.stop();
        eventually("both are ready again", () -> master.protocol.workers().ready() == 2);
      }
      assertTrue(master.workerLogs.stream().anyMatch(line -> line.contains("Starting Locust 2.47.0")));
      master.quit();
      assertEquals(0, one.awaitExit(), one.output());
      assertEquals(0, two.awaitExit(), two.output());
      assertTrue(!one.output().contains("Traceback"), one.output());
      assertTrue(log.lines().stream().noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARNING")),
          log.lines().toString());
    }
  }

  @Test
  void aKilledRealWorkersUsersAreTakenOver() throws Exception {
    try (CountingMaster master = new CountingMaster(0, log);
        RealLocust one = worker("one", master.port);
        CountingWorker ours = new CountingWorker("zz_ours", master.port, log)) {
      eventually("both are ready", STARTUP, () -> master.protocol.workers().ready() == 2);
      master.start(4, 100);
      eventually("all users run", () -> master.protocol.phase() == RunPhase.RUNNING);
      assertEquals(2, ours.userClassesCount().values().stream().mapToInt(n -> n).sum());
      one.kill();
      eventually("ours has all users", () -> ours.userClassesCount().values().stream().mapToInt(n -> n).sum() == 4);
      master.quit();
      assertEquals(WorkerRun.End.QUIT, ours.end.get(20, TimeUnit.SECONDS));
    }
  }

  private RealLocust worker(String name, int port) throws IOException {
    return RealLocust.start(folder, name,
        List.of("--worker", "--master-host", "127.0.0.1", "--master-port", "" + port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
