package io.katydid.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A process of the real Locust 2.47.0, if this machine has one: named by the environment variable KATYDID_LOCUST or
 * found on the PATH. Its users make no requests over the network, they only count.
 */
final class RealLocust implements AutoCloseable {
  private static final String LOCUSTFILE = """
      from locust import User, task, constant

      class A(User):
          wait_time = constant(0.05)

          @task
          def count(self):
              self.environment.events.request.fire(request_type="GET", name="/counted", response_time=7,
                                                   response_length=3, exception=None, context={})

      class B(A):
          pass
      """;

  private final Process process;
  private final Path output;

  private RealLocust(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Skips the test, with a reason, if there is no Locust to test against. */
  static void assumePresent() {
    Assumptions.assumeTrue(program().isPresent(),
        "no Locust found: pip install locust==2.47.0 and set KATYDID_LOCUST to the program");
  }

  /** The Python that it runs on, which has pyzmq. */
  static Path python() {
    return Path.of(program().orElseThrow()).toAbsolutePath().resolveSibling("python");
  }

  private static Optional<String> program() {
    String named = System.getenv("KATYDID_LOCUST");
    if (named != null && Files.isExecutable(Path.of(named))) {
      return Optional.of(named);
    }
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, "locust");
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate.toString());
      }
    }
    return Optional.empty();
  }

  static RealLocust start(Path folder, String name, List<String> options) throws IOException {
    Path script = Files.writeString(folder.resolve("locustfile.py"), LOCUSTFILE);
    Path output = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>(List.of(program().orElseThrow(), "-f", script.toString()));
    command.addAll(options);
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(output.toFile()).start();
    return new RealLocust(process, output);
  }

  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("Locust does not end; it said:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
