package io.katydid.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.log.Level;
import io.katydid.log.Logging;
import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** Waiting for workers, in virtual time. */
class ExpectedWorkersTest {
  private double now = 100;
  private double endsAt = Double.MAX_VALUE;

  @Test
  void itGoesOnAsSoonAsTheyAreReady() throws IOException {
    assertEquals(ExpectedWorkers.Outcome.ARRIVED, await(() -> now >= 103 ? 2 : 1, 2, 0).outcome());
    assertTrue(now < 103.5, "went on at " + now);
  }

  @Test
  void afterFiveSecondsItSaysSoEverySecond() throws IOException {
    Result result = await(() -> now >= 109 ? 2 : 1, 2, 0);
    long lines = result.lines().stream().filter(line -> line.endsWith(
        "INFO/locust.main: Waiting for workers to be ready, 1 of 2 connected")).count();
    assertTrue(lines >= 3 && lines <= 4, result.lines().toString());
  }

  @Test
  void itGivesUpAfterTheMaximum() throws IOException {
    Result result = await(() -> 0, 1, 7);
    assertEquals(ExpectedWorkers.Outcome.GAVE_UP, result.outcome());
    assertTrue(result.lines().getLast().endsWith("ERROR/locust.main: Gave up waiting for workers to connect"));
    assertTrue(now > 107 && now < 108, "gave up at " + now);
  }

  @Test
  void aSignalEndsTheWaiting() throws IOException {
    endsAt = 102;
    assertEquals(ExpectedWorkers.Outcome.ENDED, await(() -> 0, 1, 0).outcome());
  }

  private record Result(ExpectedWorkers.Outcome outcome, List<String> lines) {}

  private Result await(IntSupplier ready, int expected, double maxWait) throws IOException {
    try (Logging logging = Logging.open(new Logging.Settings(Level.INFO, null, false))) {
      ExpectedWorkers workers = new ExpectedWorkers(logging.log("locust.main"), new ExpectedWorkers.Pause() {
        @Override
        public double seconds() {
          return now;
        }

        @Override
        public boolean wait(double seconds) {
          now += seconds;
          return now < endsAt;
        }
      });
      ExpectedWorkers.Outcome outcome = workers.await(ready, expected, maxWait);
      return new Result(outcome, logging.recent());
    }
  }
}
