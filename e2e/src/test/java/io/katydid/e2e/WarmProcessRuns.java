package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that begin with the warm process of {@code katydid prepare}, brought back by the real CRIU: the same for root and for others.
 * Those who prepare also run.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WarmProcessRuns {
  private static final int PREPARE = 900;
  static final int STARTUP = 120;
  private static final String SCRIPT = """
      import os, random, sys
      from locust import HttpUser, task, constant, events

      @events.quitting.add_listener
      def _(environment, **kwargs):
          environment.process_exit_code = 7

      print("env", os.environ.get("TOKEN"), "NOISE" in os.environ, sys.argv, flush=True)
      print("here", os.getcwd(), __file__, open("data.txt").read(), os.listdir("."), flush=True)
      print("child", os.popen("echo $TOKEN; pwd; umask; ulimit -n").read().split(), flush=True)
      print("random", random.random(), flush=True)
      print("process", [w for w in open("/proc/self/cmdline").read().split("\\0") if w.endswith("Main")][0], flush=True)

      class Visitor(HttpUser):
          wait_time = constant(0.1)

          @task
          def page(self):
              self.client.get("/ok")
      """;
  private static final Pattern RANDOM = Pattern.compile("random (0\\.\\d+)");

  private final String user;
  private final List<String> as;
  private Path criu;
  private Path runtimes;
  private Target target;

  @TempDir Path folder;

  /**
   * @param user who owns the files
   * @param as the words that begin a command of that user
   */
  WarmProcessRuns(String user, List<String> as) {
    this.user = user;
    this.as = as;
  }

  @BeforeAll
  void prepare(@TempDir Path made) {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become the users of these tests");
    runtimes = made;
    criu = Peers.criu();
    handTo(runtimes);
    for (Path needed : List.of(criu, launcher(), runtimes)) {
      assumeTrue(exitCode(with("test", "-r", needed.toString())) == 0, () -> user + " may not read " + needed);
    }
    target = new Target();
    try (Program prepare = start(runtimes, Map.of("NOISE", "1"), launcher().toString(), "prepare")) {
      assertEquals(0, prepare.exitCode(PREPARE), prepare.transcript());
      assumeTrue(!prepare.stderr().contains("lets only root make namespaces"), "users cannot make namespaces here");
      assertTrue(prepare.stderr().contains("kept on disk"), prepare.transcript());
    }
  }

  @AfterAll
  void close() {
    if (target != null) {
      target.close();
    }
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("locustfile.py"), SCRIPT);
    Files.writeString(folder.resolve("data.txt"), "beside");
    handTo(folder);
  }

  private static Path launcher() {
    return Peers.projectFolder().resolve("katydid");
  }

  private void handTo(Path files) {
    assertEquals(0, exitCode(List.of("chown", "-R", user, files.toString())));
  }

  private int exitCode(List<String> command) {
    try (Program program = Program.start(runtimes, Map.of(), command)) {
      return program.exitCode(STARTUP);
    }
  }

  private List<String> with(String... words) {
    return Stream.concat(as.stream(), Stream.of(words)).toList();
  }

  /** Starts a command of the user, in a folder. */
  final Program start(Path where, Map<String, String> more, String... words) {
    Map<String, String> variables = new HashMap<>(more);
    variables.putAll(
        Map.of("KATYDID_RUNTIME_DIR", runtimes.toString(), "HOME", runtimes.toString(), "KATYDID_CRIU", criu.toString(),
            "KATYDID_NO_BUILD", "1"));
    return Program.start(where, variables, with(words));
  }

  /** Starts the script with the launcher, by a command line of bash in which it is {@code $0} and the host {@code $1}. */
  final Program runBy(String command, String token) {
    return start(folder, Map.of("TOKEN", token), "bash", "-c", command, launcher().toString(), target.url());
  }

  private Program run(String token, String... words) {
    String[] all =
        Stream.concat(
                Stream.of(launcher().toString(), "--headless", "-H", target.url(), "--only-summary"), Stream.of(words))
            .toArray(String[]::new);
    return start(folder, Map.of("TOKEN", token), all);
  }

  static void expectToBeBroughtBack(Program run) {
    assertTrue(run.stdout().contains("process io.katydid.SnapshotMain"), run.transcript());
  }

  final Path warm() throws IOException {
    try (Stream<Path> files = Files.walk(runtimes, 3)) {
      return files.filter(file -> file.endsWith("is-warm")).findFirst().orElseThrow().getParent();
    }
  }

  private static String random(Program run) {
    Matcher found = RANDOM.matcher(run.stdout());
    assertTrue(found.find(), run.transcript());
    return found.group(1);
  }

  @Test
  void aRunHasItsOwnFolderVariablesUmaskAndExitCode() throws Exception {
    String here = folder.toRealPath().toString();
    try (Program run =
        runBy("umask 027; exec \"$0\" --headless -H \"$1\" -t 2s --csv out/stats", "one")) {
      assertEquals(7, run.exitCode(STARTUP), run.transcript());
      expectToBeBroughtBack(run);
      assertTrue(run.stdout().contains("env one False ['katydid', '--headless', "), run.transcript());
      assertTrue(run.stdout().contains("here " + here + " " + here + "/locustfile.py beside ["), run.transcript());
      assertTrue(run.stdout().contains("child ['one', '" + here + "', '0027', '"), run.transcript());
      assertTrue(run.stderr().contains("GET      /ok"), run.transcript());
    }
    assertTrue(Files.readString(folder.resolve("out/stats_stats.csv")).contains("GET,/ok,"));
  }

  @Test
  void twoRunsAtATimeDoNotMeetAndAreNotAlike() {
    try (Program one = run("one", "-t", "4s");
        Program two = run("two", "-t", "4s")) {
      assertEquals(7, one.exitCode(STARTUP), one.transcript());
      assertEquals(7, two.exitCode(STARTUP), two.transcript());
      expectToBeBroughtBack(one);
      expectToBeBroughtBack(two);
      assertTrue(one.stdout().contains("env one") && two.stdout().contains("env two"), one.transcript() + two.transcript());
      assertNotEquals(random(one), random(two));
    }
  }

  @Test
  void signalsReachTheRun() {
    try (Program run = run("one", "-t", "10m")) {
      run.expect("All users spawned", STARTUP);
      run.signal("TERM");
      assertEquals(7, run.exitCode(STARTUP), run.transcript());
      expectToBeBroughtBack(run);
      assertTrue(run.stderr().contains("Got SIGTERM signal"), run.transcript());
      assertTrue(run.stderr().contains("Response time percentiles"), run.transcript());
    }
  }

  @Test
  void mistakesAreAnsweredWithoutIt() {
    try (Program run = run("one", "-u", "many")) {
      assertEquals(2, run.exitCode(STARTUP), run.transcript());
      assertTrue(run.stderr().contains("invalid int value: 'many'"), run.transcript());
    }
  }

  @Test
  void whatCannotBeBroughtBackIsGivenUp() throws Exception {
    Path image = warm().resolve("image");
    Path hidden = Files.move(image, warm().resolve("hidden"));
    Path ready = warm().resolve("ready");
    String machine = Files.readString(ready);
    try (Program run = run("one", "-t", "1s")) {
      assertEquals(7, run.exitCode(STARTUP), run.transcript());
      assertTrue(run.stderr().contains("could not be brought back and was given up; 'katydid prepare' makes another"), run.transcript());
      assertTrue(run.stdout().contains("process io.katydid.Main"), run.transcript());
      assertFalse(Files.exists(ready), "nobody tries again");
    } finally {
      Files.move(hidden, image);
      Files.writeString(ready, machine);
    }
  }
}
