package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python programs that use Locust as a library say and do the same with Locust's Python and with `katydid python`. */
class ProgramsTest {
  private static final Path PROGRAMS = Peers.projectFolder().resolve("e2e/src/test/resources/programs");

  @TempDir Path folder;

  private record Outcome(int exitCode, String stdout, String stderr, Map<String, Long> arrived) {}

  private Outcome run(List<String> python, String file, String... words) {
    try (Target target = new Target()) {
      List<String> command = new ArrayList<>(python);
      command.add(PROGRAMS.resolve(file).toString());
      for (String word : words) {
        command.add(word.equals("TARGET") ? target.url() : word);
      }
      try (Program run = Program.start(folder, Map.of("KATYDID_NO_BUILD", "1"), command)) {
        int code = run.exitCode(120);
        return new Outcome(code, run.stdout(), run.stderr(), target.counts());
      }
    }
  }

  private static List<String> katydid() {
    return List.of(Peers.projectFolder().resolve("katydid").toString(), "python");
  }

  private static List<String> realPython() {
    return List.of(Peers.locust().resolveSibling("python").toString());
  }

  private Outcome assertAgree(String file, String... words) {
    Outcome real = run(realPython(), file, words);
    Outcome ours = run(katydid(), file, words);
    assertAll(
        () -> assertEquals(real.exitCode(), ours.exitCode(), () -> "exit code\n" + ours.stderr()),
        () -> assertEquals(withoutTimes(real.stdout()), withoutTimes(ours.stdout()), ours::stderr),
        () -> assertEquals(real.arrived(), ours.arrived(), "what arrived at the server"));
    return ours;
  }

  /** The column of response times is the only one that differs from run to run. */
  private static String withoutTimes(String output) {
    return output.replaceAll("(?m)^((?:GET|POST)\t[^\t]*\t)\\d+ *", "$1ms");
  }

  @Test
  void aProgramRunsItsOwnTests() {
    Outcome ours = assertAgree("own_run.py", "TARGET");
    assertEquals(3, ours.exitCode());
    assertTrue(ours.stderr().contains("locust.runners: Ramping to 5 users"), ours.stderr());
    assertTrue(ours.stderr().contains("         Aggregated"), "the table of stats_printer\n" + ours.stderr());
  }

  @Test
  void oneUserRunsInTheMainThread() {
    assertAgree("one_user.py", "--greeting", "hi", "--host", "TARGET", "-u", "7", "--tags", "seen");
  }

  @Test
  void errorsOfAProgramAreThoseOfPython() throws Exception {
    Path file = Files.writeString(folder.resolve("broken.py"), "import atexit\natexit.register(print, 'at exit')\n1 / 0\n");
    try (Program run = Program.katydid(folder, "python", file.toString())) {
      assertEquals(1, run.exitCode(120));
      assertEquals("at exit\n", run.stdout());
      assertTrue(
          run.stderr().endsWith(
              "Traceback (most recent call last):\n  File \"" + file + "\", line 3, in <module>\n    1 / 0\n"
                  + "ZeroDivisionError: division by zero\n"),
          run.stderr());
    }
  }

  @Test
  void ctrlCIsAKeyboardInterrupt() throws Exception {
    Path file = Files.writeString(folder.resolve("waiting.py"), """
        import time
        try:
            print("waiting")
            time.sleep(100)
        except KeyboardInterrupt:
            print("interrupted")
            raise
        """);
    try (Program run = Program.katydid(folder, "python", file.toString())) {
      run.expect("waiting", 60);
      run.signal("INT");
      assertEquals(130, run.exitCode(60));
      assertEquals("waiting\ninterrupted\n", run.stdout());
    }
  }

  @Test
  void aLocustfileIsToldWhereToCreateARunner() throws Exception {
    Path file = Files.writeString(folder.resolve("locustfile.py"), """
        from locust.env import Environment
        Environment().create_local_runner()
        """);
    try (Program run = Program.katydid(folder, "-f", file.toString(), "--headless")) {
      assertEquals(1, run.exitCode(120));
      assertTrue(run.stderr().contains("A file that starts its own test is run with: katydid python FILE"), run.stderr());
    }
  }
}
