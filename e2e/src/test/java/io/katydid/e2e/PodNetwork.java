package io.katydid.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network of its own with only a loopback device, so that containers can have the ports that manifests name; and the
 * hosts file that stands for the cluster's name service.
 */
final class PodNetwork implements AutoCloseable {
  private final Program holder;
  private final Path hosts;

  PodNetwork(Path folder, String... services) throws IOException {
    holder =
        Program.start(folder, Map.of(), List.of("unshare", "--net", "sh", "-c",
            "ip link set lo up && echo up && exec sleep 3600"));
    while (holder.alive() && !holder.stdout().contains("up")) {
      Thread.onSpinWait();
    }
    assumeTrue(holder.alive(), () -> "no networks of our own here: " + holder.stderr().strip());
    hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost " + String.join(" ", services) + "\n");
  }

  /** The words that lead into this network. */
  List<String> enter() {
    return List.of("nsenter", "-t", Long.toString(holder.pid()), "--net");
  }

  ImageTree.ContainerSettings in(ImageTree.ContainerSettings settings) {
    return settings.mount(hosts, "/etc/hosts");
  }

  /** Runs a command of this machine in the network; its standard output. */
  String run(String... words) {
    List<String> command = new ArrayList<>(enter());
    // The hosts file is this machine's for this command; so it gets its own view of it.
    command.addAll(List.of("unshare", "--mount", "sh", "-c", "mount --bind \"$0\" /etc/hosts && exec \"$@\"",
        hosts.toString()));
    command.addAll(List.of(words));
    try (Program program = Program.start(hosts.getParent(), Map.of(), command)) {
      int code = program.exitCode(60);
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + "\n" + program.transcript());
      }
      return program.stdout();
    }
  }

  @Override
  public void close() {
    holder.close();
  }
}
