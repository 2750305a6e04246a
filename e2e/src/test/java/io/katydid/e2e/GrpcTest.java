package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Katydid's grpc with a server on the real grpcio, beside the real client and in locustfiles. */
class GrpcTest {
  private static final Path RESOURCES = Peers.projectFolder().resolve("e2e/src/test/resources");
  private static GrpcServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = GrpcServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static String katydid() {
    return Peers.projectFolder().resolve("katydid").toString();
  }

  private Program program(List<String> command) {
    Map<String, String> environment = new HashMap<>(server.environment());
    environment.put("KATYDID_NO_BUILD", "1");
    return Program.start(folder, environment, command);
  }

  private String outputOf(List<String> command) {
    try (Program run = program(command)) {
      assertEquals(0, run.exitCode(180), run::transcript);
      return run.stdout();
    }
  }

  @Test
  void callsGiveWhatTheRealPackageGives() {
    String calls = RESOURCES.resolve("programs/grpc_calls.py").toString();
    String real = outputOf(List.of(GrpcServer.python(), calls));
    assertTrue(real.lines().count() > 120, "the program did not say much");
    assertEquals(real, outputOf(List.of(katydid(), "python", calls)));
  }

  /** The server counts how many calls it has at a time. */
  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform"})
  void fiftyUsersWaitAtOnceAndAreCountedByTheirInterceptor(String kind) {
    Path prefix = folder.resolve("run");
    List<String> command =
        List.of(katydid(), "-f", RESOURCES.resolve("locustfiles/grpc/sleepers.py").toString(), "--headless", "-u", "50",
            "-r", "50", "-t", "8s", "--user-threads", kind, "--csv", prefix.toString(), "--only-summary");
    try (Program run = program(command)) {
      String output = run.transcript();
      assertEquals(1, run.exitCode(120), run::transcript);
      assertTrue(run.transcript().contains("at once: 50"), run::transcript);
      Map<String, String> counts = RunFiles.column(folder.resolve("run_stats.csv"), "Request Count");
      Map<String, String> failures = RunFiles.column(folder.resolve("run_stats.csv"), "Failure Count");
      assertTrue(Integer.parseInt(counts.get("grpc /test.Bytes/Sleep")) >= 50, counts::toString);
      assertEquals("0", failures.get("grpc /test.Bytes/Sleep"), output);
      assertEquals("50", counts.get("grpc /test.Bytes/Fail"), counts::toString);
      assertEquals("50", failures.get("grpc /test.Bytes/Fail"), failures::toString);
      assertTrue(run.transcript().contains("users that were stopped: 50"), run::transcript);
    }
  }
}
