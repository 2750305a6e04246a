package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A master and its workers as processes, with a target of their own and the locustfiles of `locustfiles/cluster`. Owned
 * by one test; closing kills what is left.
 */
final class Cluster implements AutoCloseable {
  /** Seconds for a program to start on a machine that is busy with others. */
  static final int STARTUP = 90;
  /** Seconds for whatever should happen at once. */
  static final int SOON = 30;

  /** Seconds that no user needs to finish, and that a Locust worker sleeps after each stop. */
  private static final String STOP_TIMEOUT = "3";
  private static final Path FILES = Peers.projectFolder().resolve("e2e/src/test/resources/locustfiles/cluster");

  final Target target = new Target();
  final int port = Peers.freePort();
  private final Path folder;
  private final Map<String, Program> nodes = new LinkedHashMap<>();

  Cluster(Path folder) {
    this.folder = folder;
  }

  /** The value of `-f` for some of the cluster's locustfiles. */
  static String files(String... names) {
    return Stream.of(names).map(name -> FILES.resolve(name + ".py").toString()).collect(Collectors.joining(","));
  }

  Program master(Generator kind, String files, String... more) {
    List<String> arguments = new ArrayList<>(
        List.of("-f", files, "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", "" + port, "--host",
            target.url(), "--tenant", "acme", "--stop-timeout", STOP_TIMEOUT));
    arguments.addAll(List.of(more));
    return add("master", kind.start(folder, arguments));
  }

  /** @param files `-` for the master's */
  Program worker(String name, Generator kind, String files, String... more) {
    List<String> arguments = new ArrayList<>(
        List.of("-f", files, "--worker", "--master-host", "127.0.0.1", "--master-port", "" + port));
    arguments.addAll(List.of(more));
    return add(name, kind.start(folder, arguments));
  }

  private Program add(String name, Program program) {
    nodes.put(name, program);
    return program;
  }

  /** Fails if a node has said something that only comes from a mistake in ours, or in the protocol. */
  void assertNoTrouble() {
    nodes.forEach((name, node) -> {
      for (String trouble : List.of("Unrecognized message", "Unknown message type", "RPCError", "different version",
          "Uncaught exception", "Exception while")) {
        assertFalse(node.stderr().contains(trouble), () -> name + " said '" + trouble + "'\n" + transcript());
      }
      assertEquals(lines(node, "ValueError: a mistake in the locustfile"),
          lines(node, "Traceback (most recent call last):"), () -> "exceptions of " + name + "\n" + transcript());
    });
  }

  private static long lines(Program node, String line) {
    return node.stderr().lines().filter(line::equals).count();
  }

  /** What all nodes have said. */
  String transcript() {
    return nodes.entrySet().stream().map(node -> "===== " + node.getKey() + "\n" + node.getValue().transcript())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    nodes.values().forEach(Program::close);
    target.close();
  }
}
