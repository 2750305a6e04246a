package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The warm process on disk of somebody who is not root, in a user namespace of its own. */
class WarmProcessOfUserTest extends WarmProcessRuns {
  private static final String USER = "65534";
  private static final String GROUP = "5";

  WarmProcessOfUserTest() {
    super(USER, List.of("setpriv", "--reuid", USER, "--regid", USER, "--groups", USER + "," + GROUP, "--"));
  }

  @Test
  void theRunIsTheUsersAndHasNoRights() {
    String show = "import os; print('it is', os.getuid(), os.popen('id -u; grep -c ^Cap.*:.0*$ /proc/self/status').read().split())";
    try (Program run =
        runBy("echo \"" + show + "\" >>locustfile.py; exec \"$0\" --headless -H \"$1\" -t 1s", "one")) {
      assertEquals(7, run.exitCode(STARTUP), run.transcript());
      expectToBeBroughtBack(run);
      // All of its five sets of rights are empty but for the bound, which is anybody's.
      assertTrue(run.stdout().contains("it is " + USER + " ['" + USER + "', '4']"), run.transcript());
    }
  }

  /** Nobody but root can give a process higher limits, so it does not come back where they are not as they were. */
  @Test
  void otherLimitsAreARunWithoutIt() throws Exception {
    try (Program run = runBy("ulimit -n 1000; exec \"$0\" --headless -H \"$1\" -t 1s", "one")) {
      assertEquals(7, run.exitCode(STARTUP), run.transcript());
      assertTrue(run.stdout().contains("process io.katydid.Main"), run.transcript());
      assertTrue(Files.exists(warm().resolve("ready")), "others use it all the same");
    }
  }
}
