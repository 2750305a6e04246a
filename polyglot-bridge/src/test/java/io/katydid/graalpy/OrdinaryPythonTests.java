package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs under an ordinary Python with pip is tested there. Skipped where there is none. */
@Timeout(900)
class OrdinaryPythonTests {
  private static final Path MODULE = Path.of(System.getProperty("katydid.project")).resolve("polyglot-bridge");

  @BeforeAll
  static void thereIsAPip() throws Exception {
    boolean found;
    try {
      found = run(List.of("python3", "-m", "pip", "--version")).code() == 0;
    } catch (IOException e) {
      found = false;
    }
    assumeTrue(found, "no python3 with pip on the PATH");
  }

  @Test
  void packagesAreInstalledAndRemoved() throws Exception {
    Ended tests = run(List.of("python3", "-B", MODULE.resolve("src/test/ordinary-python/test_pip_installs.py").toString()));
    assertEquals(0, tests.code(), tests.said());
    assertTrue(tests.said().contains("\nOK"), tests.said());
  }

  private record Ended(int code, String said) {}

  private static Ended run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KATYDID_PYTHON_SOURCES", MODULE.resolve("src/main/python").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
    return new Ended(process.exitValue(), said);
  }
}
