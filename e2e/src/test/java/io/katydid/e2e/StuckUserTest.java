package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user in an endless loop, which lets nobody else run, does not keep the test from ending with its results. What ends it is
 * the limit of the gate's watchdog, or the runner if a loan has let the listeners through.
 */
class StuckUserTest {
  private static final int PATIENCE = 120;
  private static final String STUCK_AFTER_SOME = "self.environment.stats.total.num_requests > 20";
  private static final String SCRIPT = """
      from locust import HttpUser, constant, events, task

      @events.test_stopping.add_listener
      def _(**kwargs):
          print("stopping", flush=True)

      @events.test_stop.add_listener
      def _(**kwargs):
          print("stopped", flush=True)

      class Visitor(HttpUser):
          wait_time = constant(0.05)

          def on_stop(self):
              print("on_stop", flush=True)

          @task
          def page(self):
              if %s:
                  while True:
                      pass
              self.client.get("/ok")
      """;

  @TempDir Path folder;

  /** Also when it is stuck at once: then the run waits for it already when all users are there. */
  @Test
  void theTimeLimitHolds() throws Exception {
    try (Target target = new Target();
        Program late = start(target, "late", STUCK_AFTER_SOME);
        Program early = start(target, "early", "True")) {
      ends(late);
      ends(early);
      assertTrue(target.total() > 20);
      assertTrue(late.stdout().contains("\"num_requests\": " + target.total()), late.transcript());
    }
  }

  /** Heartbeats and reports do not wait for Python, and the last report comes before the master's patience is over. */
  @Test
  void aWorkerStaysWithItsMasterAndBringsEverything() throws Exception {
    try (Target target = new Target()) {
      String file = script("worker", STUCK_AFTER_SOME);
      String port = "" + Peers.freePort();
      try (Program master = Program.katydid(folder, Map.of(), "-f", file, "--master", "--master-bind-port", port, "--headless",
              "--expect-workers", "1", "-H", target.url(), "-u", "1", "-t", "12s", "--json");
          Program worker = Program.katydid(folder, Map.of(), "-f", file, "--worker", "--master-port", port)) {
        assertEquals(0, master.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
        assertEquals(0, worker.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
        assertTrue(target.total() > 20);
        assertTrue(master.stdout().contains("\"num_requests\": " + target.total()),
            () -> master.transcript() + worker.transcript());
        for (String trouble : List.of("missing", "good-bye")) {
          assertFalse(master.stderr().contains(trouble), () -> master.transcript() + worker.transcript());
        }
      }
    }
  }

  private String script(String name, String stuck) throws IOException {
    return Files.writeString(folder.resolve(name + ".py"), SCRIPT.formatted(stuck)).toString();
  }

  private Program start(Target target, String name, String stuck) throws IOException {
    return Program.katydid(folder, Map.of(), "-f", script(name, stuck), "--headless", "-H", target.url(), "-u", "1", "-t", "4s",
        "--json");
  }

  private static void ends(Program run) {
    assertEquals(0, run.exitCode(PATIENCE), run.transcript());
    for (String event : List.of("on_stop\n", "stopping\n", "stopped\n")) {
      assertTrue(run.stdout().contains(event), run.transcript());
    }
  }
}
