package io.katydid.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The container's entry point, with a program named locust that prints its words and Locust's variables. */
@DisabledOnOs(OS.WINDOWS)
class ContainerEntryTest {
  @TempDir Path folder;

  private List<String> start(Map<String, String> variables, String... args) throws IOException, InterruptedException {
    Path locust = folder.resolve("locust");
    Files.writeString(locust, """
        #!/bin/sh
        for word in "$@"; do echo "<$word>"; done
        for name in HOST LOCUSTFILE MODE_MASTER MODE_WORKER MASTER_NODE_HOST MASTER_NODE_PORT EXPECT_WORKERS; do
          eval "value=\\${LOCUST_$name:-}"
          [ -z "$value" ] || echo "$name=$value"
        done
        """);
    Files.setPosixFilePermissions(locust, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path script = Path.of(System.getProperty("katydid.project")).resolve("docker/entrypoint.sh");
    ProcessBuilder builder = new ProcessBuilder(
        Stream.concat(Stream.of("sh", script.toString()), Stream.of(args)).toList()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(new TreeMap<>(variables));
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.lines().toList();
  }

  @Test
  void wordsGoToTheProgramUntouched() throws Exception {
    assertEquals(List.of("<-f>", "</mnt/locust/a b.py>"), start(Map.of(), "-f", "/mnt/locust/a b.py"));
  }

  @Test
  void variablesOfOldImagesAreTranslated() throws Exception {
    List<String> seen = start(Map.of("LOCUST_MODE", "slave", "LOCUST_MASTER", "boss", "LOCUST_MASTER_PORT", "6000",
        "ATTACKED_HOST", "http://x", "LOCUST_LOCUSTFILE_PATH", "/l.py", "LOCUST_OPTS", "-u 5 --headless"), "-r", "1");
    assertEquals(List.of("<-u>", "<5>", "<--headless>", "<-r>", "<1>", "HOST=http://x", "LOCUSTFILE=/l.py",
        "MODE_WORKER=true", "MASTER_NODE_HOST=boss", "MASTER_NODE_PORT=6000"), seen);
  }

  @Test
  void locustsOwnVariablesWin() throws Exception {
    assertEquals(List.of("HOST=http://own", "MODE_MASTER=true", "EXPECT_WORKERS=2"), start(Map.of(
        "LOCUST_HOST", "http://own", "TARGET_HOST", "http://other", "LOCUST_MODE", "master", "EXPECT_SLAVES", "2")));
  }

  @Test
  void anUnknownModeIsRefused() throws Exception {
    List<String> seen = start(Map.of("LOCUST_MODE", "leader"));
    assertEquals(1, seen.size());
    assertTrue(seen.getFirst().startsWith("LOCUST_MODE is 'leader'; it must be"));
  }
}
