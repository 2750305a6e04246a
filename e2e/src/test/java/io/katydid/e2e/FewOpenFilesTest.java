package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** More users than the system lets the process open files: each connection that cannot be had is a failure, and nobody ends. */
@EnabledOnOs(OS.LINUX)
class FewOpenFilesTest {
  private static final String FILE = """
      from locust import HttpUser, constant, task
      rounds = {}
      class Visitor(HttpUser):
        wait_time = constant(0.5)
        @task
        def ok(self):
          self.client.get("/ok")
          rounds[self] = rounds.get(self, 0) + 1
          if sum(1 for n in rounds.values() if n > 2) == 300:
            print("all went on", flush=True)
            self.environment.runner.quit()
      """;

  @TempDir Path folder;

  @Test
  void aConnectionForWhichThereIsNoFileIsAFailure() throws Exception {
    Files.writeString(folder.resolve("locustfile.py"), FILE);
    try (Target target = new Target();
        Program run = Program.start(folder, Map.of("KATYDID_NO_BUILD", "1"), List.of("/bin/sh", "-c",
            "ulimit -n 256; exec \"$0\" --headless --host \"$1\" -u 300 -r 300 -t 150s",
            Peers.projectFolder().resolve("katydid").toString(), target.url()))) {
      assertEquals(1, run.exitCode(240), run.stderr());
      assertTrue(run.stderr().contains("GET /ok: OSError(24, 'Too many open files')"), run.stderr());
      assertFalse(run.stderr().contains("\tat "), run.stderr());
      assertFalse(run.stderr().contains("has ended a user"), run.stderr());
      assertTrue(run.stdout().contains("all went on"), run.stdout());
      assertTrue(target.total() > 0);
    }
  }
}
