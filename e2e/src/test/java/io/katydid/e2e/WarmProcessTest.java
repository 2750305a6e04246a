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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin with the warm process of {@code katydid prepare}, brought back by the real CRIU. */
@EnabledOnOs(OS.LINUX)
class WarmProcessTest {
  private static final int PREPARE = 900;
  private static final int STARTUP = 120;
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

  @TempDir static Path runtimes;
  private static Target target;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    assumeTrue("root".equals(System.getProperty("user.name")), "CRIU needs root");
    Path criu = Peers.criu();
    target = new Target();
    try (Program prepare = Program.katydid(runtimes, variables(Map.of("KATYDID_CRIU", criu.toString(), "NOISE", "1")), "prepare")) {
      assertEquals(0, prepare.exitCode(PREPARE), prepare.transcript());
      assertFalse(prepare.stderr().contains("cannot be kept"), prepare.transcript());
    }
  }

  @AfterAll
  static void close() {
    if (target != null) {
      target.close();
    }
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("locustfile.py"), SCRIPT);
    Files.writeString(folder.resolve("data.txt"), "beside");
  }

  private static Map<String, String> variables(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("KATYDID_RUNTIME_DIR", runtimes.toString());
    return all;
  }

  private Program run(String token, String... words) {
    String[] all =
        Stream.concat(Stream.of("--headless", "-H", target.url(), "--only-summary"), Stream.of(words)).toArray(String[]::new);
    return Program.katydid(folder, variables(Map.of("TOKEN", token)), all);
  }

  private static void expectToBeBroughtBack(Program run) {
    assertTrue(run.stdout().contains("process io.katydid.SnapshotMain"), run.transcript());
  }

  private static Path warm() throws IOException {
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
  void aRunHasItsOwnFolderVariablesLimitsAndExitCode() throws Exception {
    Path launcher = Peers.projectFolder().resolve("katydid");
    String command = "umask 027; ulimit -n 1000; exec \"$0\" --headless -H \"$1\" -t 2s --csv out/stats";
    String here = folder.toRealPath().toString();
    try (Program run =
        Program.start(folder, variables(Map.of("TOKEN", "one", "KATYDID_NO_BUILD", "1")),
            List.of("bash", "-c", command, launcher.toString(), target.url()))) {
      assertEquals(7, run.exitCode(STARTUP), run.transcript());
      expectToBeBroughtBack(run);
      assertTrue(run.stdout().contains("env one False ['katydid', '--headless', "), run.transcript());
      assertTrue(run.stdout().contains("here " + here + " " + here + "/locustfile.py beside ["), run.transcript());
      assertTrue(run.stdout().contains("child ['one', '" + here + "', '0027', '1000']"), run.transcript());
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
