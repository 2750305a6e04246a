package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The warm process on disk, of root. */
class WarmProcessTest extends WarmProcessRuns {
  WarmProcessTest() {
    super("root", List.of());
  }

  @Test
  void rootsLimitsMayBeAnyOthers() {
    try (Program run = runBy("ulimit -n 1000; exec \"$0\" --headless -H \"$1\" -t 1s", "one")) {
      run.exitCode(STARTUP);
      expectToBeBroughtBack(run);
      assertTrue(run.stdout().contains("'1000']"), run.transcript());
    }
  }
}
