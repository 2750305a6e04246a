package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The session of the article that the project began with: `kubectl create` of its manifests (an HttpLocust file, two
 * slaves), curl to start and stop, and the ends of the pods; and today's manifests the same way. The master's own web UI
 * is what is tested, as it is the only server in that network.
 */
class ArticleTest {
  private static final Path ARTICLE = Peers.projectFolder().resolve("e2e/src/test/resources/article");
  private static final Path TODAY = Peers.projectFolder().resolve("kubernetes");
  private static final int STARTUP = 180;
  private static final int SOON = 60;

  @TempDir Path folder;
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void theArticlesOwnYamlFromCreateToStop() throws Exception {
    session(ARTICLE, "slave-deployment.yaml", "locust_count=4", "hatch_rate=4");
  }

  @Test
  void todaysManifestsFromCreateToStop() throws Exception {
    session(TODAY, "worker-deployment.yaml", "user_count=4", "spawn_rate=4");
  }

  @Test
  void theJobEndsWithTheResultOfItsTest() throws Exception {
    List<HasMetadata> objects = new ArrayList<>();
    for (String file : List.of("locust-cm.yaml", "scripts-cm.yaml", "headless-job.yaml")) {
      String text = Files.readString(TODAY.resolve(file)).replace("value: 1m", "value: 3s");
      objects.addAll(Manifests.parse(text));
    }
    try (ImageNamespace namespace = new ImageNamespace(folder, ImageTree.prepared(), objects)) {
      for (HasMetadata object : objects) {
        namespace.create(object);
      }
      // Nobody answers at the address of the example, so every request fails and with them the job.
      Program job = namespace.pods().get("locust-headless").program();
      assertEquals(1, job.exitCode(STARTUP), job::transcript);
      assertTrue(job.stderr().contains("Shutting down (exit code 1)"), job::transcript);
    }
  }

  private void session(Path manifests, String workers, String users, String rate) throws Exception {
    List<HasMetadata> objects = new ArrayList<>();
    for (String file :
        List.of("locust-cm.yaml", "scripts-cm.yaml", "service.yaml", "master-deployment.yaml", workers)) {
      objects.addAll(Manifests.read(manifests.resolve(file)));
    }
    try (ImageNamespace namespace = new ImageNamespace(folder, ImageTree.prepared(), objects)) {
      for (HasMetadata object : objects) {
        namespace.create(object);
      }
      namespace.pods().get("locust-master-0").program().expect("2 workers connected", STARTUP);
      for (Container pod : namespace.pods().values()) {
        becomesReady(pod, namespace);
      }

      JsonNode started = curl(namespace, "-X", "POST", "-F", users, "-F", rate, "http://locust-master:8089/swarm");
      assertTrue(started.path("success").asBoolean(), started::toString);
      assertEquals("Swarming started", started.path("message").asText());
      JsonNode stats =
          await(namespace, s -> s.path("user_count").asInt() == 4 && s.path("total_rps").asDouble() > 0
              && s.path("state").asText().equals("running"));
      assertEquals(2, stats.path("workers").size(), stats::toString);
      stats.path("workers").forEach(worker -> assertEquals(2, worker.path("user_count").asInt(), stats::toString));
      assertEquals(0, stats.path("fail_ratio").asDouble(), stats::toString);

      JsonNode stopped = curl(namespace, "http://locust-master:8089/stop");
      assertEquals(json.readTree("{\"message\": \"Test stopped\", \"success\": true}"), stopped);
      assertEquals("stopped", await(namespace, s -> s.path("user_count").asInt() == 0).path("state").asText());

      namespace.pods().forEach((name, pod) -> {
        if (!name.equals("locust-master-0")) {
          end(pod, namespace);
        }
      });
      assertTrue(await(namespace, s -> s.path("workers").isEmpty()).path("stats").size() > 1);
      end(namespace.pods().get("locust-master-0"), namespace);
    }
  }

  /** As a cluster asks: again, until it says yes. A master hears of its workers before its web UI is open. */
  private static void becomesReady(Container pod, ImageNamespace namespace) throws Exception {
    long deadline = System.nanoTime() + SOON * 1_000_000_000L;
    while (pod.exec("healthcheck", "ready").code() != 0) {
      if (System.nanoTime() > deadline) {
        fail("not ready within " + SOON + " s\n" + namespace.transcript());
      }
      Thread.sleep(300);
    }
  }

  /** What kubectl delete does. */
  private static void end(Container pod, ImageNamespace namespace) {
    try {
      pod.signal("TERM");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    assertEquals(0, pod.program().exitCode(SOON), namespace::transcript);
  }

  private JsonNode await(ImageNamespace namespace, Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + SOON * 1_000_000_000L;
    while (true) {
      JsonNode stats = curl(namespace, "http://locust-master:8089/stats/requests");
      if (wanted.test(stats)) {
        return stats;
      }
      if (System.nanoTime() > deadline) {
        fail("not within " + SOON + " s: " + stats + "\n" + namespace.transcript());
      }
      Thread.sleep(300);
    }
  }

  private JsonNode curl(ImageNamespace namespace, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "30"));
    command.addAll(List.of(words));
    return json.readTree(namespace.network().run(command.toArray(String[]::new)));
  }
}
