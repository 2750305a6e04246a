package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys on a real terminal, which `script` of util-linux makes. */
class KeysTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final int SECONDS = 90;

  @TempDir Path folder;

  @Test
  void changeTheNumberOfUsersAlsoWhereTheOutputGoesIntoAFile() throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "there is no /usr/bin/script to make a terminal with");
    Path project = Peers.projectFolder();
    Path file = project.resolve("e2e/src/test/resources/locustfiles/exits.py");
    Path output = folder.resolve("output.txt");
    String command =
        "'" + project.resolve("katydid") + "' -f '" + file + "' --headless -u 0 -t 120 > '" + output + "' 2>&1";
    ProcessBuilder builder = new ProcessBuilder(List.of(SCRIPT.toString(), "-qec", command, "/dev/null"));
    builder.environment().put("KATYDID_NO_BUILD", "1");
    builder.environment().put("WHERE", "nowhere");
    builder.environment().keySet().removeIf(name -> name.startsWith("LOCUST_"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("terminal.txt").toFile());
    Process process = builder.start();
    try (OutputStream keys = process.getOutputStream()) {
      await(output, "All users spawned");
      press(keys, "w");
      await(output, "Ramping to 1 users at a rate of 100.00 per second");
      press(keys, "W");
      await(output, "Ramping to 11 users at a rate of 100.00 per second");
      press(keys, "s");
      await(output, "Ramping to 10 users at a rate of 100.00 per second");
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void press(OutputStream keys, String key) throws IOException {
    keys.write(key.getBytes());
    keys.flush();
  }

  private static void await(Path output, String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    String found = "";
    while (!found.contains(text) && System.nanoTime() < deadline) {
      Thread.sleep(100);
      found = Files.exists(output) ? Files.readString(output) : "";
    }
    assertTrue(found.contains(text), "'" + text + "' did not appear in\n" + found);
  }
}
