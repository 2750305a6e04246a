package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user that keeps the interpreter's lock for ever, in a call of Java: nothing of Python runs again. The run ends all the
 * same, with what has been counted.
 */
class LostPythonTest {
  private static final int PATIENCE = 180;
  private static final String SCRIPT = """
      import java
      from locust import User, constant, events, task

      @events.quitting.add_listener
      def _(**kwargs):
          print("quitting", flush=True)

      class Keeper(User):
          wait_time = constant(0.01)
          turns = 0

          @task
          def turn(self):
              if Keeper.turns == 20:
                  print("stuck", flush=True)
                  java.type("java.lang.Thread").sleep(10_000_000)
              Keeper.turns += 1
              self.environment.events.request.fire(
                  request_type="TURN", name="mine", response_time=3, response_length=1, exception=None, context={})
      """;
  private static final String COUNTED = "\"num_requests\": 20";

  @TempDir Path folder;

  private String script() throws Exception {
    return Files.writeString(folder.resolve("keeper.py"), SCRIPT).toString();
  }

  @Test
  void theTimeLimitHolds() throws Exception {
    try (Program run =
        Program.katydid(
            folder, Map.of(), "-f", script(), "--headless", "-u", "1", "-t", "4s", "--json", "--csv", "mine", "--html",
            "mine.html")) {
      assertEquals(2, run.exitCode(PATIENCE), run.transcript());
      assertTrue(run.stdout().contains(COUNTED), run.transcript());
      assertTrue(run.stderr().contains("Python has not answered for 20 seconds"), run.transcript());
      assertFalse(run.stdout().contains("quitting"), run.transcript());
      assertTrue(Files.readString(folder.resolve("mine_stats.csv")).contains("TURN,mine,20,0,"));
      assertTrue(Files.readString(folder.resolve("mine.html")).contains("Keeper"));
      try (Stream<Path> files = Files.list(folder)) {
        Path threads =
            files.filter(file -> file.getFileName().toString().startsWith("katydid-threads-")).findFirst().orElseThrow();
        assertTrue(Files.readString(threads).contains("Thread.sleep("), run.transcript());
      }
    }
  }

  @Test
  void aSecondSignalEndsTheRunWithItsResults() throws Exception {
    try (Program run = Program.katydid(folder, Map.of(), "-f", script(), "--headless", "-u", "1", "--json")) {
      run.expect("stuck", PATIENCE);
      run.signal("TERM");
      run.expect("Got SIGTERM signal", PATIENCE);
      run.signal("TERM");
      assertEquals(128 + 15, run.exitCode(PATIENCE), run.transcript());
      assertTrue(run.stdout().contains(COUNTED), run.transcript());
    }
  }

  @Test
  void aWorkerBringsWhatItHasCounted() throws Exception {
    String port = "" + Peers.freePort();
    try (Program master = Program.katydid(folder, Map.of(), "-f", script(), "--master", "--master-bind-port", port,
            "--headless", "--expect-workers", "1", "-u", "1", "-t", "4s", "--json");
        Program worker = Program.katydid(folder, Map.of(), "-f", script(), "--worker", "--master-port", port)) {
      assertEquals(2, worker.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
      assertEquals(0, master.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
      assertTrue(master.stdout().contains(COUNTED), () -> master.transcript() + worker.transcript());
    }
  }
}
