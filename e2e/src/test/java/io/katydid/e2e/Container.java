package io.katydid.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running process of {@link ImageTree}: what an engine would call a container. */
final class Container implements AutoCloseable {
  private final Program program;

  Container(Program program) {
    this.program = program;
  }

  Program program() {
    return program;
  }

  /** Sends a signal to the container's process 1, as an engine does. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(firstProcess())).start().waitFor();
  }

  /** Runs a command inside, as an engine does for health checks; its exit code and output. */
  Executed exec(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of("nsenter", "-t", Long.toString(firstProcess()), "--all", "--root", "--wd",
                "env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin",
                "setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups"));
    command.addAll(List.of(words));
    try (Program run = Program.start(Peers.projectFolder(), Map.of(), command)) {
      return new Executed(run.exitCode(60), run.stdout().strip());
    }
  }

  record Executed(int code, String text) {}

  /** The container's process 1: the only child of the process that made its namespaces. */
  private long firstProcess() {
    return ProcessHandle.of(program.pid())
        .flatMap(maker -> maker.children().findFirst())
        .orElseThrow(() -> new IllegalStateException("the container has ended\n" + program.transcript()))
        .pid();
  }

  @Override
  public void close() {
    program.close();
  }
}
