package io.katydid.cluster;

import static io.katydid.cluster.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our master and our workers over real sockets, in real time. */
@Timeout(90)
class OwnClusterTest {
  private final RecordingLog log = new RecordingLog();

  @Test
  void noCountedRequestIsLostWhenATestIsStoppedAndWhenTheMasterQuits() throws Exception {
    try (CountingMaster master = new CountingMaster(0, log);
        CountingWorker one = new CountingWorker("h_1", master.port, log);
        CountingWorker two = new CountingWorker("h_2", master.port, log)) {
      eventually("both are ready", () -> master.protocol.workers().ready() == 2);
      master.start(6, 100);
      eventually("all users run", () -> master.protocol.phase() == RunPhase.RUNNING);
      assertEquals(6, master.protocol.workers().userCount());
      eventually("requests are counted", () -> one.requests.get() > 10 && two.requests.get() > 10);
      master.stop();
      assertEquals(one.requests.get() + two.requests.get(), master.stats.total().requests());
      assertEquals(List.of("test_start", "spawning_complete", "test_stopping", "test_stop"),
          master.events.stream().filter(event -> !event.equals("worker_connect")).toList());

      eventually("both are ready again", () -> master.protocol.workers().ready() == 2);
      master.start(3, 100);
      eventually("they run again", () -> master.protocol.phase() == RunPhase.RUNNING);
      eventually("and count", () -> one.requests.get() > 5);
      master.quit();
      assertEquals(WorkerRun.End.QUIT, one.end.get(20, TimeUnit.SECONDS));
      assertEquals(WorkerRun.End.QUIT, two.end.get(20, TimeUnit.SECONDS));
      assertEquals(one.requests.get() + two.requests.get(), master.stats.total().requests());
    }
  }

  @Test
  void aWorkerThatIsAskedToLeaveHandsItsUsersAndItsNumbersOver() throws Exception {
    try (CountingMaster master = new CountingMaster(0, log);
        CountingWorker one = new CountingWorker("h_1", master.port, log);
        CountingWorker two = new CountingWorker("h_2", master.port, log)) {
      eventually("both are ready", () -> master.protocol.workers().ready() == 2);
      master.start(6, 100);
      eventually("all users run", () -> master.protocol.phase() == RunPhase.RUNNING);
      two.leave();
      assertEquals(WorkerRun.End.QUIT, two.end.get(20, TimeUnit.SECONDS));
      eventually("the other has them all", () -> one.userClassesCount().values().stream().mapToInt(n -> n).sum() == 6);
      master.stop();
      assertEquals(one.requests.get() + two.requests.get(), master.stats.total().requests());
    }
  }

  @Test
  void workersAreReadyAgainForAMasterThatWasRestarted() throws Exception {
    int port;
    try (CountingMaster first = new CountingMaster(0, log)) {
      port = first.port;
      CountingWorker worker = new CountingWorker("h_1", port, log);
      try {
        eventually("it is ready", () -> first.protocol.workers().ready() == 1);
        first.start(2, 100);
        eventually("its users run", () -> first.protocol.phase() == RunPhase.RUNNING);
        first.close();
        try (CountingMaster second = new CountingMaster(port, log)) {
          eventually("the new master has it", () -> second.protocol.workers().ready() == 1);
          assertEquals(0, worker.userClassesCount().values().stream().mapToInt(n -> n).sum());
          second.start(2, 100);
          eventually("and can use it", () -> second.protocol.phase() == RunPhase.RUNNING);
          assertEquals(2, second.protocol.workers().userCount());
          second.quit();
          assertEquals(WorkerRun.End.QUIT, worker.end.get(20, TimeUnit.SECONDS));
        }
      } finally {
        worker.close();
      }
    }
    assertTrue(log.lines().stream().noneMatch(line -> line.startsWith("ERROR")), log.lines().toString());
  }
}
