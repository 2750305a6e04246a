package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image itself: the Dockerfile's last stage built by buildah on a base made here, run by podman in 512 MiB. */
class ImageTest {
  private static final String IMAGE = "localhost/katydid:test";
  private static final int BUILD_SECONDS = 1200;
  private static final int RUN_SECONDS = 300;
  private static final String SCRIPT = """
      from locust import HttpUser, task, constant

      class Visitor(HttpUser):
          wait_time = constant(5)

          @task
          def page(self):
              self.client.get("/ok")
      """;

  @TempDir Path folder;
  private final Path store = Peers.projectFolder().resolve("target/image-store");

  @Test
  void fiveHundredUsersRunInASmallContainer() throws Exception {
    for (String program : List.of("buildah", "podman", "runc", "debootstrap")) {
      assumeTrue(Peers.onPath(program).isPresent(), "no " + program + ": the image is not built");
    }
    ImageTree tree = ImageTree.prepared();
    try (Target target = new Target()) {
      run(BUILD_SECONDS, ImageTree.script("build-with-buildah"), tree.folder().toString(), store.toString(), IMAGE);
      JsonNode image = new ObjectMapper().readTree(podman("inspect", IMAGE)).get(0);
      assertEquals("1000:1000", image.path("Config").path("User").asText());
      assertTrue(image.toString().contains("[\"CMD\",\"healthcheck\",\"live\"]"), image::toString);

      ConfigMapFolder scripts = new ConfigMapFolder(folder.resolve("scripts"), Map.of("locustfile.py", SCRIPT));
      // Without limits of its own podman wants more than a machine like ours may give.
      String output =
          podman("--runtime", Peers.onPath("runc").orElseThrow().toString(), "run", "--rm", "--ulimit",
              "nproc=4096:4096", "--ulimit", "nofile=4096:4096", "--no-healthcheck", "--memory", "512m", "--read-only",
              "--tmpfs", "/tmp", "--network", "host", "--volume", scripts.folder() + ":/mnt/locust:ro", "--env",
              "LOCUST_HOST=" + target.url(), IMAGE, "--headless", "-u", "500", "-r", "50", "-t", "20s", "-s", "30",
              "--json");
      assertTrue(target.total() >= 500, () -> target.counts() + output);
      assertTrue(output.contains("\"num_requests\": " + target.total()), () -> target.total() + output);
    } finally {
      run(RUN_SECONDS, "rm", "-rf", store.toString());
    }
  }

  private String podman(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("podman", "--storage-driver", "vfs", "--root", store.resolve("images").toString(), "--runroot",
                store.resolve("run").toString()));
    command.addAll(List.of(words));
    return run(RUN_SECONDS, command.toArray(String[]::new));
  }

  private static String run(int seconds, String... command) {
    try (Program program = Program.start(Peers.projectFolder(), Map.of(), List.of(command))) {
      assertEquals(0, program.exitCode(seconds), program::transcript);
      return program.stdout();
    }
  }
}
