package io.katydid.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.katydid.log.Level;
import io.katydid.log.Logging;
import io.katydid.script.ShapeStep;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A local run around a script in Java: what is refused, and that the run thread never waits for users. */
@Timeout(90)
class LocalRunnerTest {
  private final RequestStats stats = new RequestStats(true, 0, warning -> fail(warning));
  private final JavaScript script = new JavaScript(stats);
  private Logging logging;
  private LocalRunner runner;

  @BeforeEach
  void open() throws Exception {
    logging = Logging.open(new Logging.Settings(Level.CRITICAL, null, false));
    Node node = new Node(script, stats, new ExceptionTable(), logging, "l_0", RunClock.ofSystem());
    runner = new LocalRunner(node, false);
  }

  @AfterEach
  void close() {
    script.mayEnd.countDown();
    runner.quit();
    runner.close();
    logging.close();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  @Test
  void aStepOfTheShapeThatIsRefusedIsToldAndTheNextOneCounts() throws Exception {
    runner.useShape("Steps");
    script.shapeSteps.add(new ShapeStep(10, 0, null));
    script.shapeSteps.add(new ShapeStep(2, 100, List.of("Nobody")));
    script.shapeSteps.add(new ShapeStep(3, 100, null));
    runner.startShape();
    until(runner::unhandledFailure);
    script.shapeSteps.poll();
    script.shapeSteps.poll();
    until(() -> runner.userCount() == 3 && runner.runState() == RunnerState.RUNNING);
    assertTrue(script.calls.contains("spawning_complete"));
  }

  @Test
  void aStartThatIsRefusedCanBeStoppedAndAnotherOneBegins() throws Exception {
    runner.start(5, 0, null);
    until(runner::unhandledFailure);
    runner.stop();
    assertEquals(RunnerState.STOPPED, runner.runState());
    runner.start(2, 100, null);
    until(() -> runner.userCount() == 2 && runner.runState() == RunnerState.RUNNING);
  }

  @Test
  void whatARefusedStartLeavesBehindDoesNotCountOtherwise() throws Exception {
    runner.start(2, 100, null);
    until(() -> runner.runState() == RunnerState.RUNNING);
    assertFalse(runner.unhandledFailure());
  }

  /** Users that take long to end hold up neither the shape nor a stop. */
  @Test
  void aRampDownDoesNotHoldUpTheShape() throws Exception {
    runner.stopTimeout(Duration.ofMinutes(5));
    script.mayEnd = new CountDownLatch(1);
    runner.useShape("Steps");
    script.shapeSteps.add(new ShapeStep(4, 100, null));
    runner.startShape();
    until(() -> runner.userCount() == 4);
    script.shapeSteps.add(new ShapeStep(2, 100, null));
    script.shapeSteps.poll();
    until(() -> runner.targetUserCount() == 2);
    assertEquals(4, runner.userCount());
    script.shapeSteps.add(new ShapeStep(3, 100, null));
    script.shapeSteps.poll();
    until(() -> runner.targetUserCount() == 3);
  }

  @Test
  void aStopDoesNotWaitForARampDownAndAStartMeanwhileComesAfterIt() throws Exception {
    runner.stopTimeout(Duration.ofMinutes(5));
    runner.start(4, 100, null);
    until(() -> runner.userCount() == 4 && runner.runState() == RunnerState.RUNNING);
    script.mayEnd = new CountDownLatch(1);
    runner.start(1, 100, null);
    until(() -> runner.targetUserCount() == 1);
    runner.orderStop();
    until(() -> runner.runState() == RunnerState.CLEANUP);
    runner.start(2, 100, null);
    // The users of the ramp-down are the stop's now: it has told those that were to stay as well.
    Thread.sleep(200);
    assertEquals(4, runner.userCount());
    script.mayEnd.countDown();
    until(() -> runner.userCount() == 2 && runner.runState() == RunnerState.RUNNING);
    assertEquals(List.of("test_start", "spawning_complete", "test_stopping", "test_stop", "test_start"),
        script.calls.stream().filter(call -> call.startsWith("test") || call.startsWith("spawning")).limit(5).toList());
  }

  /** A is made before B: nobody comes after the first A, and nobody is told that all users are there. */
  @Test
  void aUserThatCannotBeMadeEndsTheRampAndTheNextTestBeginsAnew() throws Exception {
    script.broken = "A";
    runner.start(4, 100, null);
    until(() -> script.notMade.get() > 0);
    until(() -> runner.userCount() == 0);
    assertEquals(RunnerState.SPAWNING, runner.runState());
    runner.stop();
    assertEquals(1, script.notMade.get());
    assertEquals(0, script.requests.get());
    assertEquals(List.of("test_start", "test_stopping", "test_stop"),
        script.calls.stream().filter(call -> call.startsWith("test") || call.startsWith("spawning")).toList());
    script.broken = null;
    runner.start(4, 100, null);
    until(() -> runner.userCount() == 4 && runner.runState() == RunnerState.RUNNING);
  }

  @Test
  void usersThatWereThereBeforeOneCouldNotBeMadeGoOn() throws Exception {
    script.broken = "B";
    runner.start(4, 100, null);
    until(() -> script.notMade.get() > 0);
    until(() -> runner.userCount() == 2);
    until(() -> script.requests.get() > 4);
    assertEquals(RunnerState.SPAWNING, runner.runState());
    assertEquals(List.of(2, 0), List.of(runner.userClassesCount().get("A"), runner.userClassesCount().get("B")));
  }
}
