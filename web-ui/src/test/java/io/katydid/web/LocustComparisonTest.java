package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same calls to us and to the real Locust 2.47.0. Skipped when the machine has none (see KATYDID_LOCUST). */
final class LocustComparisonTest {
  @TempDir
  static Path folder;

  private static Process locust;
  private static int locustPort;
  private static RunningWeb web;

  @BeforeAll
  static void startBoth() throws Exception {
    String program = System.getenv("KATYDID_LOCUST");
    if (program == null) {
      program = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .map(path -> path + "/locust").filter(path -> Files.isExecutable(Path.of(path))).findFirst().orElse(null);
    }
    Assumptions.assumeTrue(program != null, "no Locust found: pip install locust==2.47.0 and set KATYDID_LOCUST to it");
    Path file = Files.writeString(folder.resolve("locustfile.py"), """
        from locust import User, constant, task

        class Alpha(User):
            wait_time = constant(1)
            @task
            def ok(self):
                pass

        class Beta(User):
            wait_time = constant(1)
            @task
            def fail(self):
                pass
        """);
    try (ServerSocket free = new ServerSocket(0)) {
      locustPort = free.getLocalPort();
    }
    locust = new ProcessBuilder(program, "-f", file.toString(), "--web-host", "127.0.0.1", "--web-port", ""
        + locustPort,
            "--host", "http://127.0.0.1:8000")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("locust.txt").toFile())
        .start();
    web = new RunningWeb(new FakeConsole());
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!answers()) {
      if (System.nanoTime() > deadline || !locust.isAlive()) {
        throw new IOException("Locust does not start: " + Files.readString(folder.resolve("locust.txt")));
      }
      Thread.sleep(100);
    }
  }

  private static boolean answers() throws InterruptedException {
    try {
      return ask(locustPort, "GET", "/worker-count", null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stopBoth() throws Exception {
    if (locust != null) {
      locust.destroy();
      locust.waitFor();
    }
    if (web != null) {
      web.close();
    }
  }

  private static HttpResponse<String> ask(int port, String method, String path, String form)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (form != null) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    HttpRequest.BodyPublisher body =
        form == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(form);
    return client().send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static java.net.http.HttpClient client() {
    return web.client;
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,", "GET,/stats/requests,", "GET,/exceptions,", "GET,/tasks,", "GET,/logs,", "GET,/worker-count,",
    "HEAD,/stats/requests,", "OPTIONS,/tasks,", "OPTIONS,/swarm,", "GET,/nothing,", "GET,/swarm,", "GET,/login,",
    "GET,/stats/requests/csv,", "GET,/stats/failures/csv,", "GET,/exceptions/csv,",
    "GET,/stats/requests_full_history/csv,", "GET,/stats/report,", "GET,/stats/report?download=1,",
    "POST,/stats/reset,", "POST,/stop,", "POST,/swarm,", "POST,/swarm,user_count=x&spawn_rate=1",
    "POST,/swarm,user_count=1&spawn_rate=x", "POST,/swarm,user_count=-1&spawn_rate=1",
        "POST,/swarm,user_count=1&spawn_rate=0",
    "POST,/swarm,user_count=%zz&spawn_rate=1", "POST,/swarm,user_count=1&spawn_rate=0&profile=50%",
    "POST,/swarm,user_count=1&spawn_rate=1&run_time=soon", "POST,/tasks,a=b", "PUT,/swarm,a=b", "DELETE,/,"
  })
  void statusTypeAndShapeAreTheSame(String method, String path, String form) throws Exception {
    HttpResponse<String> theirs = ask(locustPort, method, path, form);
    HttpResponse<String> ours = ask(web.port(), method, path, form);
    assertEquals(theirs.statusCode(), ours.statusCode());
    for (String header : List.of("content-type", "access-control-allow-origin", "location")) {
      assertEquals(theirs.headers().firstValue(header), ours.headers().firstValue(header), header);
    }
    assertEquals(allowed(theirs), allowed(ours));
    assertEquals(
        theirs.headers().firstValue("content-disposition").map(LocustComparisonTest::kind),
        ours.headers().firstValue("content-disposition").map(LocustComparisonTest::kind));
    if (theirs.headers().firstValue("content-type").orElse("").equals("application/json") && !method.equals("HEAD")) {
      JsonNode expected = RunningWeb.JSON.readTree(theirs.body());
      JsonNode actual = RunningWeb.JSON.readTree(ours.body());
      assertEquals(ApiRoutesTest.names(expected), ApiRoutesTest.names(actual));
      assertEquals(expected.path("message"), actual.path("message"));
      assertEquals(expected.path("stats").path(0), actual.path("stats").path(0));
    }
  }

  private static TreeSet<String> allowed(HttpResponse<String> reply) {
    return new TreeSet<>(List.of(reply.headers().firstValue("allow").orElse("").split(", ")));
  }

  /** The name without time and host: the host's colon and slashes are underscores with us. */
  private static String kind(String disposition) {
    return disposition.replaceAll("Locust_[0-9h-]+_", "").replaceAll("http[:_/.0-9]*8000", "host");
  }

  @Test
  void thePagesArgumentsHaveEveryKeyOfLocusts() throws Exception {
    List<String> missing = new ArrayList<>(argumentNames(ask(locustPort, "GET", "/", null).body()));
    missing.removeAll(argumentNames(ask(web.port(), "GET", "/", null).body()));
    assertEquals(List.of(), missing);
  }

  private static List<String> argumentNames(String page) throws IOException {
    int start = page.indexOf('{', page.indexOf("window.templateArgs"));
    return ApiRoutesTest.names(RunningWeb.JSON.readTree(page.substring(start)));
  }
}
