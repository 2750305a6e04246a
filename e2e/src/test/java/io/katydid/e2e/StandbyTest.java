package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a process on standby takes: for the user they are like any others. */
@EnabledOnOs(OS.LINUX)
class StandbyTest {
  private static final int STARTUP = 240;
  private static final int SOON = 60;
  private static final String READY = "on standby for the next run,";
  private static final String SCRIPT = """
      import os, sys
      from locust import HttpUser, task, constant, events

      @events.quitting.add_listener
      def _(environment, **kwargs):
          environment.process_exit_code = 7

      print("env", os.environ.get("TOKEN"), "GONE" in os.environ, sys.argv, sys.stdin.readline().strip(), flush=True)
      print("child", os.popen("echo $TOKEN").read().strip(), flush=True)
      import java
      system = java.type("java.lang.System")
      print("java", system.getenv("TOKEN"), system.getenv("GONE"), flush=True)

      class Visitor(HttpUser):
          wait_time = constant(0.1)

          @task
          def page(self):
              self.client.get("/ok")
      """;

  @TempDir Path folder;
  private final Target target = new Target();
  private Program standby;

  @BeforeEach
  void beOnStandby() throws Exception {
    Files.writeString(folder.resolve("locustfile.py"), SCRIPT);
    standby = Program.katydid(folder, Map.of("GONE", "1", "TOKEN", "old"), "standby");
    standby.expect(READY, STARTUP);
  }

  @AfterEach
  void end() {
    // Its JVM is a process group of its own and would outlive a killed launcher.
    standby.signal("TERM");
    int code = standby.exitCode(SOON);
    target.close();
    assertEquals(143, code, standby.transcript());
  }

  private Program run(Map<String, String> environment, String time) {
    return Program.katydid(folder, environment, "--headless", "-H", target.url(), "-t", time, "--only-summary");
  }

  @Test
  void runsHaveTheCallersOutputVariablesAndExitCode() throws Exception {
    for (String token : List.of("one", "two")) {
      try (Program run = run(Map.of("TOKEN", token), "2s")) {
        assertEquals(7, run.exitCode(STARTUP), run.transcript());
        assertTrue(run.stdout().contains("env " + token + " False ['katydid', '--headless', "), run.transcript());
        assertTrue(run.stdout().contains("child " + token + "\n"), run.transcript());
        assertTrue(run.stdout().contains("java " + token + " None\n"), run.transcript());
        assertTrue(run.stderr().contains("GET      /ok"), run.transcript());
        assertFalse(run.stderr().contains("not used"), run.transcript());
      }
      standby.expect("a run has begun: katydid --headless", SOON);
      awaitNext(token.equals("one") ? 2 : 3);
    }
    assertFalse(standby.transcript().contains("GET "), standby.transcript());
  }

  /** Waits until the process that has made a run is over and so many in all have been on standby. */
  private void awaitNext(int processes) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTUP);
    while (processes() < processes && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertEquals(processes, processes(), standby.transcript());
  }

  private int processes() {
    return standby.stderr().split(READY, -1).length - 1;
  }

  @Test
  void signalsReachTheRun() throws Exception {
    try (Program run = run(Map.of(), "10m")) {
      run.expect("All users spawned", STARTUP);
      run.signal("TERM");
      assertEquals(7, run.exitCode(SOON), run.transcript());
      assertTrue(run.stderr().contains("Got SIGTERM signal"), run.transcript());
      assertTrue(run.stderr().contains("Response time percentiles"), run.transcript());
    }
    awaitNext(2);
  }

  @Test
  void aRunEndsWhenItsCallerIsKilled() throws Exception {
    try (Program run = run(Map.of(), "10m")) {
      run.expect("All users spawned", STARTUP);
      run.signal("KILL");
    }
    awaitNext(2);
  }

  @Test
  void aRunInOtherSurroundingsIsAProcessOfItsOwn() {
    try (Program run = run(Map.of("TOKEN", "own", "TZ", "Asia/Tokyo"), "2s")) {
      assertEquals(7, run.exitCode(STARTUP), run.transcript());
      assertTrue(run.stderr().contains("the variable TZ is not the same"), run.transcript());
      assertTrue(run.stdout().contains("env own"), run.transcript());
    }
    assertFalse(standby.stderr().contains("a run has begun"), standby.transcript());
    try (Program second = Program.katydid(folder, Map.of("GONE", "1", "TOKEN", "old"), "standby")) {
      assertEquals(1, second.exitCode(STARTUP));
      assertTrue(second.stderr().contains("another process is on standby already"), second.stderr());
    }
  }
}
