package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Katydid worker takes its tasks by the tags that a master of either kind was given; tags of its own go before them. */
class ClusterTagsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "a {0} master with {1}, a worker with {2}")
  @CsvSource(nullValues = "-", value = {
      "KATYDID, --exclude-tags slow, -, /plain",
      "LOCUST,  --exclude-tags slow, -, /plain",
      "KATYDID, --exclude-tags rare, -, /plain /slow",
      "KATYDID, --tags slow, -, /rare /slow",
      "LOCUST,  --tags slow --exclude-tags rare, -, /slow",
      "LOCUST,  --tags slow, --tags rare, /rare",
      "KATYDID, --tags slow, --tags rare, /rare"})
  void theWorkersTasksAreThoseOfTheTags(Generator masters, String ofMaster, String ofWorker, String paths) {
    if (masters == Generator.LOCUST) {
      Peers.locust();
    }
    String files = Cluster.files("users", "tagged");
    try (Cluster cluster = new Cluster(folder)) {
      String[] more = ("Tagged --headless --expect-workers 1 -u 2 -r 2 -t 3s " + ofMaster).split(" ");
      Program master = cluster.master(masters, files, more);
      cluster.worker("worker", Generator.KATYDID, files, ofWorker == null ? new String[0] : ofWorker.split(" "));
      assertEquals(0, master.exitCode(Cluster.STARTUP + Cluster.SOON), cluster::transcript);
      Set<String> arrived = cluster.target.countsByPath().keySet().stream()
          .map(call -> call.replace("GET /ok", "")).collect(Collectors.toSet());
      assertEquals(Set.of(paths.split(" ")), arrived, cluster::transcript);
    }
  }
}
