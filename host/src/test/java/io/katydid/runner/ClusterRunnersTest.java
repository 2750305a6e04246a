package io.katydid.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.katydid.cluster.GeneratorReport;
import io.katydid.cluster.LocustfileHandout;
import io.katydid.cluster.MasterSettings;
import io.katydid.cluster.WorkerRun;
import io.katydid.cluster.WorkerSettings;
import io.katydid.log.Level;
import io.katydid.log.Logging;
import io.katydid.script.ShapeStep;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A master's and two workers' runners around scripts in Java, over real sockets. */
@Timeout(90)
class ClusterRunnersTest {
  private final RequestStats total = stats(true);
  private final JavaScript masterScript = new JavaScript(total);
  private final List<JavaScript> scripts = new ArrayList<>();
  private final List<WorkerRunner> workers = new ArrayList<>();
  private final KnownHealth health = new KnownHealth();
  private Logging logging;
  private MasterRunner master;

  @BeforeEach
  void connect() throws Exception {
    logging = Logging.open(new Logging.Settings(Level.CRITICAL, null, false));
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("tags", List.of("fast"));
    options.put("headless", true);
    options.put("mine", new StringBuilder("not plain"));
    master = new MasterRunner(node(masterScript, total, "m_0"),
        new MasterRunner.Setup(new MasterSettings("2.47.0", false, false, 1), false, () -> "http://target",
            () -> options, new LocustfileHandout(List.of(), Path.of("."))));
    int port = master.listen("127.0.0.1", 0);
    for (String id : List.of("h_1", "h_2")) {
      RequestStats own = stats(false);
      JavaScript script = new JavaScript(own);
      WorkerRunner worker = new WorkerRunner(node(script, own, id),
          new WorkerRunner.Setup(new WorkerSettings(id, "2.47.0", "127.0.0.1:" + port, 10, 0), false,
              Set.of("tags", "headless"), health));
      worker.connect("127.0.0.1", port);
      scripts.add(script);
      workers.add(worker);
    }
    eventually("both are ready", () -> master.readyWorkers() == 2);
  }

  private Node node(JavaScript script, RequestStats stats, String id) {
    return new Node(script, stats, new ExceptionTable(), logging, id, RunClock.ofSystem());
  }

  @AfterEach
  void close() {
    workers.forEach(WorkerRunner::close);
    master.close();
    logging.close();
  }

  @Test
  void aTestRunsAndEveryRequestIsCounted() throws Exception {
    master.start(5, 50, null);
    eventually("all users run", () -> master.runState() == RunnerState.RUNNING);
    assertEquals(5, master.userCount());
    assertEquals(Map.of("A", 3, "B", 2), master.userClassesCount());
    assertEquals(List.of("h_1", "h_2"), master.workers().stream().map(w -> w.id()).sorted().toList());
    eventually("requests are counted", () -> scripts.stream().allMatch(script -> script.requests.get() > 5));
    master.stop();
    assertEquals(scripts.stream().mapToLong(script -> script.requests.get()).sum(), total.total().requests());
    assertTrue(masterScript.calls.containsAll(
        List.of("test_start", "spawning_complete", "test_stopping", "test_stop")));
    for (JavaScript script : scripts) {
      assertTrue(script.calls.containsAll(List.of("host http://target", "option tags [fast]", "tags [fast] null",
          "option mine not plain", "test_start", "spawning_complete", "test_stopping", "test_stop")),
          script.calls.toString());
      assertTrue(script.calls.stream().noneMatch(call -> call.startsWith("option headless")));
    }
  }

  @Test
  void quittingTheMasterEndsEverybodyWithoutLosingARequest() throws Exception {
    master.start(4, 50, null);
    eventually("all users run", () -> master.runState() == RunnerState.RUNNING);
    eventually("requests are counted", () -> scripts.stream().allMatch(script -> script.requests.get() > 5));
    master.quit();
    assertTrue(master.awaitQuit(Duration.ZERO));
    for (WorkerRunner worker : workers) {
      assertTrue(worker.awaitQuit(Duration.ofSeconds(10)));
      assertEquals(Optional.of(WorkerRun.End.QUIT), worker.end());
    }
    assertEquals(scripts.stream().mapToLong(script -> script.requests.get()).sum(), total.total().requests());
  }

  @Test
  void aShapeLeadsTheWorkers() throws Exception {
    masterScript.shapeSteps.add(new ShapeStep(2, 50, null));
    master.useShape("Steps");
    master.startShape();
    eventually("two users run", () -> master.userCount() == 2 && master.runState() == RunnerState.RUNNING);
    masterScript.shapeSteps.clear();
    eventually("the shape ends the test", () -> master.userCount() == 0 && !master.runState().active());
  }

  /** As with Locust the exit code is 2 then, also if a later step is good. */
  @Test
  void aStepOfTheShapeThatAMasterRefusesIsRemembered() throws Exception {
    masterScript.shapeSteps.add(new ShapeStep(10, 0, null));
    master.useShape("Steps");
    master.startShape();
    eventually("the step is refused", master::unhandledFailure);
    masterScript.shapeSteps.add(new ShapeStep(2, 50, null));
    masterScript.shapeSteps.poll();
    eventually("two users run", () -> master.userCount() == 2 && master.runState() == RunnerState.RUNNING);
  }

  @Test
  void messagesAndEditsTravel() throws Exception {
    master.sendMessage("mine", Map.of("x", 1), null);
    workers.getFirst().sendMessage("mine", List.of("y"), null);
    master.userClassChanged(Map.of("user_class_name", "A"));
    workers.getFirst().logException("boom", "trace");
    eventually("all has come", () -> scripts.stream().allMatch(script ->
        script.calls.containsAll(List.of("mine {x=1}", "update {user_class_name=A}")))
        && masterScript.calls.containsAll(List.of("mine [y]", "report with 3"))
        && master.exceptions().rows().size() == 1);
  }

  @Test
  void theMasterKnowsTheHealthOfItsWorkers() throws Exception {
    eventually("health and latency have come", () -> master.nodes().stream().allMatch(node ->
        node.generator() != null && node.latencyMillis() >= 0));
    assertEquals(new GeneratorReport(8, 2, 30, List.of("too slow")), master.nodes().getFirst().generator());
    assertEquals(0, health.begins.get());
    master.start(2, 50, null);
    eventually("both tests have begun", () -> health.begins.get() == 2);
  }

  /** The same figures at all times, for both workers. */
  private static final class KnownHealth implements WorkerRunner.Generator {
    final AtomicInteger begins = new AtomicInteger();

    @Override
    public void begin() {
      begins.incrementAndGet();
    }

    @Override
    public WorkerRun.Usage usage() {
      return new WorkerRun.Usage(1, 2, new GeneratorReport(8, 2, 30, List.of("too slow")));
    }
  }

  private static RequestStats stats(boolean recent) {
    return new RequestStats(recent, now(), warning -> { });
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        fail("Not within 20 s: " + what);
      }
      Thread.sleep(10);
    }
  }
}
