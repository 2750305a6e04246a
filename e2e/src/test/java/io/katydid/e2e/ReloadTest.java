package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locustfiles that are edited while the program is there: the next test runs what is in them then. */
class ReloadTest {
  /** Seconds for a start or a reload on a machine that is busy with others. */
  private static final int STARTUP = 240;
  /** Seconds for whatever should happen at once. */
  private static final int SOON = 60;
  private static final String SCRIPT = """
      from locust import HttpUser, task, constant, events
      import helper

      @events.init_command_line_parser.add_listener
      def _(parser):
          parser.add_argument("--%3$s", default="x")

      @events.init.add_listener
      def _(environment, **kwargs):
          if environment.web_ui:
              @environment.web_ui.app.route("/whoami")
              def whoami():
                  return "%1$s"

      class %1$s(HttpUser):
          wait_time = constant(0.1)

          @task
          def page(self):
              self.client.get("/%2$s" + helper.END)
      """;

  @TempDir Path folder;
  private final int webPort = Peers.freePort();
  private final MasterWeb web = new MasterWeb(webPort);
  private final Target target = new Target();

  private static String text(String userClass, String path) {
    return SCRIPT.formatted(userClass, path, userClass.toLowerCase(Locale.ROOT));
  }

  private void script(String userClass, String path, String end) throws IOException {
    Files.writeString(folder.resolve("helper.py"), "END = '" + end + "'\n");
    Files.writeString(folder.resolve("locustfile.py"), text(userClass, path));
  }

  @AfterEach
  void close() {
    web.close();
    target.close();
  }

  @Test
  void theNextTestUsesTheEditedFiles() throws Exception {
    script("Visitor", "ok", "");
    try (Program program =
        Program.katydid(folder, "-H", target.url(), "--web-host", "127.0.0.1", "--web-port", "" + webPort)) {
      program.expect("Starting web interface", STARTUP);
      program.expect("Loaded helper.py, locustfile.py (hash ", SOON);
      assertEquals(Set.of("GET /ok"), requested(program, 2));

      web.swarm(1);
      script("Visitor", "ok", "/1");
      program.expect("The locustfile has changed while a test runs", SOON);
      web.await("the old file still runs", SOON,
          stats -> MasterWeb.counted(stats).keySet().equals(Set.of("GET /ok")), program::transcript);
      web.stop();
      program.expect("The locustfile has changed: loaded helper.py, locustfile.py (hash ", STARTUP);
      assertEquals(Set.of("GET /ok/1"), requested(program, 2));

      Files.writeString(folder.resolve("helper.py"), "END = /\n");
      program.expect("The locustfile has changed but cannot be loaded", STARTUP);
      assertTrue(program.stderr().contains("SyntaxError: invalid syntax"), program::transcript);
      assertTrue(web.text("/api/live").contains("The locustfile has changed but cannot be loaded"), "nobody is told");
      assertEquals(Set.of("GET /ok/1"), requested(program, 2));

      // Nobody waits here until the change has been noticed.
      script("Caller", "ok", "/222");
      assertEquals(Set.of("GET /ok/222"), requested(program, 3));
      assertEquals("Caller", web.text("/whoami"));
      String page = web.text("/");
      assertTrue(page.contains("Caller") && !page.contains("Visitor"), page);
      assertFalse(web.text("/api/live").contains("cannot be loaded"), "the page still warns");
      program.signal("TERM");
      assertEquals(0, program.exitCode(SOON), program::transcript);
    }
  }

  @Test
  void withoutReloadingTheFileStaysAsItWas() throws Exception {
    script("Visitor", "ok", "");
    try (Program program =
        Program.katydid(folder, "--no-reload", "-H", target.url(), "--web-host", "127.0.0.1", "--web-port",
            "" + webPort)) {
      program.expect("Starting web interface", STARTUP);
      script("Caller", "ok", "/1");
      assertEquals(Set.of("GET /ok"), requested(program, 2));
    }
  }

  @Test
  void aChangedConfigMapReachesMasterAndWorkersAndWhoHasAnotherIsNamed() throws Exception {
    ConfigMapFolder mounted = new ConfigMapFolder(folder.resolve("mounted"), files("Visitor", ""));
    ConfigMapFolder late = new ConfigMapFolder(folder.resolve("late"), files("Visitor", ""));
    int port = Peers.freePort();
    try (Program master = node(mounted, "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", "" + port,
            "-H", target.url(), "--web-host", "127.0.0.1", "--web-port", "" + webPort);
        Program one = node(mounted, "--worker", "--master-host", "127.0.0.1", "--master-port", "" + port);
        Program two = node(late, "--worker", "--master-host", "127.0.0.1", "--master-port", "" + port)) {
      web.await("two workers", STARTUP, stats -> MasterWeb.workers(stats, "ready") == 2, master::transcript);
      assertEquals(Set.of("GET /ok"), requested(master, 4));

      mounted.update(files("Caller", "/1"));
      for (Program node : List.of(master, one)) {
        node.expect("The locustfile has changed: loaded helper.py, locustfile.py (hash ", STARTUP);
      }
      master.expect("has loaded another locustfile (hash ", SOON);
      web.await("two hashes", SOON,
          stats -> !stats.at("/workers/0/locustfile_hash").equals(stats.at("/workers/1/locustfile_hash")),
          master::transcript);
      assertTrue(web.text("/api/live").contains("It has loaded another locustfile (hash "), "nobody is told");

      late.update(files("Caller", "/1"));
      two.expect("The locustfile has changed: loaded ", STARTUP);
      master.expect("has the locustfile of this master now", SOON);
      assertEquals(Set.of("GET /ok/1"), requested(master, 4));
      assertFalse(web.text("/api/live").contains("It has loaded another locustfile"), "the page still names a worker");
      master.signal("TERM");
      assertEquals(0, master.exitCode(SOON), master::transcript);
      assertEquals(0, one.exitCode(SOON), one::transcript);
      assertEquals(0, two.exitCode(SOON), two::transcript);
    }
  }

  private static Map<String, String> files(String userClass, String end) {
    return Map.of("locustfile.py", text(userClass, "ok"), "helper.py", "END = '" + end + "'\n");
  }

  private Program node(ConfigMapFolder scripts, String... more) {
    List<String> words = new ArrayList<>(List.of("-f", scripts.folder().resolve("locustfile.py").toString()));
    words.addAll(List.of(more));
    return Program.katydid(folder, words.toArray(String[]::new));
  }

  /** Runs a test until something is counted; the names of its requests. */
  private Set<String> requested(Program program, int users) {
    web.swarm(users);
    JsonNode stats =
        web.await("requests of the new test", STARTUP,
            s -> s.path("state").asText().equals("running") && s.path("user_count").asInt() == users
                && MasterWeb.counted(s).values().stream().mapToLong(n -> n).sum() > 0,
            program::transcript);
    web.stop();
    return MasterWeb.counted(stats).keySet();
  }
}
