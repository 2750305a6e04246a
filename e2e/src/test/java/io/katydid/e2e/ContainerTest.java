package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's tree as a container: read-only, ordinary user, process 1, mounts as Kubernetes makes them. */
class ContainerTest {
  private static final long MOST_BYTES = 450L * 1024 * 1024;
  private static final String SCRIPT = """
      from locust import HttpUser, task, constant
      import helper

      class Visitor(HttpUser):
          wait_time = constant(0.1)

          @task
          def page(self):
              self.client.get(helper.PATH)
      """;
  private static final Map<String, String> FILES = Map.of("locustfile.py", SCRIPT, "helper.py", "PATH = '/ok'\n");
  private static ImageTree tree;

  @TempDir Path folder;

  @BeforeAll
  static void make() {
    tree = ImageTree.prepared();
  }

  @Test
  void theTreeIsSmall() throws Exception {
    assertTrue(tree.bytes() <= MOST_BYTES, () -> "the image's tree must not have more than " + MOST_BYTES + " bytes");
  }

  @Test
  void aRunWithoutWebUiNeedsNoWritableFolderButTmp() throws Exception {
    ConfigMapFolder scripts = new ConfigMapFolder(folder.resolve("scripts"), FILES);
    try (Target target = new Target();
        Container container =
            tree.container().mount(scripts.folder(), "/mnt/locust").env("LOCUST_HOST", target.url())
                .env("LOCUST_RUN_TIME", "5s")
                .start("--headless", "-u", "2", "-r", "2", "-s", "10", "--json")) {
      assertEquals(0, container.program().exitCode(120), container.program()::transcript);
      assertTrue(target.total() > 0);
      String count = "\"num_requests\": " + target.total();
      assertTrue(container.program().stdout().contains(count), container.program()::transcript);
    }
  }

  @Test
  void sigtermStopsTheRunAndItsResultIsKept() throws Exception {
    ConfigMapFolder scripts = new ConfigMapFolder(folder.resolve("scripts"), FILES);
    try (Target target = new Target();
        Container container =
            tree.container().mount(scripts.folder(), "/locust").env("ATTACKED_HOST", target.url())
                .env("LOCUST_MODE", "HEADLESS").env("LOCUST_OPTS", "-c 2 -r 2 --stop-timeout 10 --json").start()) {
      container.program().expect("All users spawned", 120);
      target.awaitRequests(1, 60);
      assertEquals(new Container.Executed(0, "live: a run without web UI"), container.exec("healthcheck", "live"));
      container.signal("TERM");
      assertEquals(0, container.program().exitCode(60), container.program()::transcript);
      assertTrue(container.program().stderr().contains("Got SIGTERM signal"), container.program()::transcript);
      String count = "\"num_requests\": " + target.total();
      assertTrue(container.program().stdout().contains(count), container.program()::transcript);
    }
  }
}
