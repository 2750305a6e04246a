package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A signal that comes while the launcher still looks for Java and for what is prepared, which takes seconds on a machine
 * that has no time, ends it. The programs that the launcher asks are slow here, and each is interrupted once.
 */
class LauncherSignalsTest {
  private static final List<String> TOOLS =
      List.of("readlink", "dirname", "stat", "sha256sum", "id", "cat", "tput", "grep", "head", "uname", "nproc");
  private static final int PATIENCE = 60;
  private static final int INTERRUPTED = 128 + 2;
  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;
  private Path asked;

  @BeforeEach
  void slowTools() throws IOException {
    asked = folder.resolve("asked");
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : TOOLS) {
      slow(bin.resolve(tool), tool);
    }
    Path java = Path.of(System.getProperty("java.home"));
    Path home = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    slow(home.resolve("bin/java"), java.resolve("bin/java").toString());
    Files.createSymbolicLink(home.resolve("bin/javac"), java.resolve("bin/javac"));
    Files.createSymbolicLink(home.resolve("lib"), java.resolve("lib"));
    Files.createSymbolicLink(home.resolve("release"), java.resolve("release"));
    Files.writeString(folder.resolve("locustfile.py"), """
        from locust import User, task
        class Idle(User):
            @task
            def idle(self):
                pass
        """);
  }

  private static void slow(Path script, String program) throws IOException {
    Files.writeString(script, """
        #!/bin/sh
        echo %s >>"$ASKED"
        sleep 0.2
        PATH=${PATH#*:} exec %s "$@"
        """.formatted(program, program));
    assertTrue(script.toFile().setExecutable(true));
  }

  @Test
  void anInterruptEndsTheLauncherWhateverItWaitsFor() throws Exception {
    int interrupted = endedBy("INT", INTERRUPTED);

    assertTrue(interrupted > 3, "the launcher asked only " + interrupted + " programs");
  }

  @Test
  void soDoesATermination() throws Exception {
    assertTrue(endedBy("TERM", TERMINATED) > 3);
  }

  /** Sends the signal once while the first program is asked, once while the second is, and so on. How many there were. */
  private int endedBy(String signal, int code) throws Exception {
    int nth = 0;
    while (true) {
      Files.deleteIfExists(asked);
      try (Program run = Program.katydid(folder, Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
          "ASKED", asked.toString(), "KATYDID_JAVA_HOME", folder.resolve("jdk").toString()), "--headless", "-u", "1", "-t", "1s")) {
        if (!reached(run, nth + 1)) {
          return nth;
        }
        run.signal(signal);
        assertEquals(code, run.exitCode(PATIENCE), "signal " + (nth + 1) + ", in " + Files.readString(asked));
      }
      nth++;
    }
  }

  /** Whether the launcher has come to its nth program, or has become the run before. */
  private boolean reached(Program run, int nth) throws Exception {
    while (run.alive()) {
      if (Files.exists(asked) && Files.readAllLines(asked).size() >= nth) {
        return true;
      }
      if (ProcessHandle.of(run.pid()).flatMap(p -> p.info().command()).orElse("").endsWith("java")) {
        return false;
      }
      Thread.sleep(5);
    }
    return false;
  }
}
