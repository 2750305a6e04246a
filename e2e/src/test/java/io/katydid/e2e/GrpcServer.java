package io.katydid.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server on the real grpcio, a program of its own on a free port of the loopback interface. Without grpcio the test is
 * skipped. Owned by the test that starts it.
 */
final class GrpcServer implements AutoCloseable {
  private static final Path SCRIPT = Peers.projectFolder().resolve("e2e/src/test/resources/grpc/server.py");

  private final Process process;
  private final String port;

  private GrpcServer(Process process, String port) {
    this.process = process;
    this.port = port;
  }

  /** An ordinary Python with the real grpcio. */
  static String python() {
    String named = System.getenv("KATYDID_GRPCIO");
    return named != null && Files.isExecutable(Path.of(named))
        ? named
        : abort("no real grpcio: set KATYDID_GRPCIO to a python that has it");
  }

  static GrpcServer start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(python(), SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String port = said.readLine();
    if (port == null) {
      process.destroy();
      throw new IOException("the server of " + SCRIPT + " has not started");
    }
    return new GrpcServer(process, port);
  }

  Map<String, String> environment() {
    return Map.of("GRPC_PORT", port);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
