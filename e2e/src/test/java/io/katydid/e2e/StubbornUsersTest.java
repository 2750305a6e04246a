package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users that swallow GreenletExit and go on, with requests, or by computing: the program leaves them behind after a while, and
 * everything that was counted until then is in the results.
 */
class StubbornUsersTest {
  private static final int PATIENCE = 120;
  /** What each process has counted is told by its listeners: whoever reports to a master as the sum of what it reports. */
  private static final String SCRIPT = """
      import time
      from locust import HttpUser, constant, events, task

      reported = 0

      @events.report_to_master.add_listener
      def _(client_id, data, **kwargs):
          global reported
          reported += data["stats_total"]["num_requests"]

      @events.quit.add_listener
      def _(exit_code, **kwargs):
          print(f"reported {reported}", flush=True)

      class Sleeper(HttpUser):
          wait_time = constant(0)

          @task
          def swallow(self):
              while True:
                  try:
                      self.client.get("/ok")
                      time.sleep(0.1)
                  except BaseException:
                      pass

      class Computer(HttpUser):
          wait_time = constant(0)

          @task
          def swallow(self):
              self.client.get("/ok")
              while True:
                  try:
                      for i in range(100_000):
                          pass
                      time.sleep(0.01)
                  except BaseException:
                      pass
      """;

  @TempDir Path folder;

  @Test
  void aWorkerSaysGoodByeWithEverythingItHasCounted() throws Exception {
    String port = "" + Peers.freePort();
    try (Target target = new Target();
        Program master = start(target, "--master", "--master-bind-port", port, "--expect-workers", "1", "--headless", "-u", "4",
            "-r", "4", "-t", "5s", "--json");
        Program worker = start(target, "--worker", "--master-port", port)) {
      assertEquals(0, master.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
      assertEquals(0, worker.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
      assertEquals(reported(worker), List.of(counted(master)), () -> master.transcript() + worker.transcript());
      assertTrue(worker.stderr().contains("4 users have not ended although told to"), worker.transcript());
      assertFalse(master.stderr().contains("good-bye"), master.transcript());
    }
  }

  @Test
  void aSignalToTheWorkerLosesNothingEither() throws Exception {
    String port = "" + Peers.freePort();
    try (Target target = new Target();
        Program master = start(target, "--master", "--master-bind-port", port, "--expect-workers", "1", "--headless", "-u", "2",
            "-r", "2", "--json");
        Program worker = start(target, "--worker", "--master-port", port, "--processes", "2")) {
      target.awaitRequests(20, PATIENCE);
      worker.signal("TERM");
      assertEquals(0, worker.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
      assertEquals(0, master.exitCode(PATIENCE), () -> master.transcript() + worker.transcript());
      long sum = reported(worker).stream().mapToLong(Long::longValue).sum();
      assertEquals(sum, counted(master), () -> master.transcript() + worker.transcript());
    }
  }

  @Test
  void aMasterWithItsOwnWorkersHasEverything() throws Exception {
    try (Target target = new Target();
        Program both = start(target, "--processes", "2", "--master-bind-port", "" + Peers.freePort(), "--headless", "-u", "4",
            "-r", "4", "-t", "5s", "--json")) {
      assertEquals(0, both.exitCode(PATIENCE), both::transcript);
      long sum = reported(both).stream().mapToLong(Long::longValue).sum();
      assertEquals(sum, counted(both), both::transcript);
      assertTrue(sum > 20, both::transcript);
    }
  }

  /** Tables and files say the same, though users go on with their requests while these are written. */
  @Test
  void aLocalRunTellsTheSameEverywhere() throws Exception {
    try (Target target = new Target();
        Program run = start(target, "--headless", "-u", "2", "-r", "2", "-t", "5s", "--json", "--csv", "mine", "--html",
            "mine.html")) {
      assertEquals(0, run.exitCode(PATIENCE), run::transcript);
      assertTrue(run.stderr().contains("2 users have not ended although told to"), run::transcript);
      long counted = counted(run);
      assertTrue(Files.readString(folder.resolve("mine_stats.csv")).contains("GET,/ok," + counted + ",0,"), run::transcript);
      assertTrue(Files.readString(folder.resolve("mine.html")).contains("\"num_requests\":" + counted), run::transcript);
    }
  }

  private Program start(Target target, String... arguments) throws IOException {
    Path file = Files.writeString(folder.resolve("stubborn.py"), SCRIPT);
    String[] all = new String[arguments.length + 4];
    System.arraycopy(new String[] {"-f", file.toString(), "-H", target.url()}, 0, all, 0, 4);
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return Program.katydid(folder, Map.of(), all);
  }

  private static List<Long> reported(Program program) {
    return Pattern.compile("(?m)^reported (\\d+)$").matcher(program.stdout()).results()
        .map(line -> Long.parseLong(line.group(1))).toList();
  }

  private static long counted(Program program) {
    MatchResult found = Pattern.compile("\"num_requests\": (\\d+)").matcher(program.stdout()).results().findFirst().orElseThrow();
    return Long.parseLong(found.group(1));
  }
}
