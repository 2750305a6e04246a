package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import io.katydid.console.WebSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and names that nobody should trust. */
final class HostileInputTest {
  private static final String EVIL = "</script><script>alert('x')</script>\"&";

  private final FakeConsole console = new FakeConsole();
  private RunningWeb web;

  @BeforeEach
  void start() throws Exception {
    web = new RunningWeb(console);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void namesErrorsAndHostsNeverBecomeMarkup() throws Exception {
    console.rows = List.of(FakeConsole.row(EVIL, EVIL, 5, 1));
    console.failures = List.of(new StatsSnapshot.Failure("k", EVIL, EVIL, EVIL, 1, 1, 2));
    console.exceptions = List.of(new TestConsole.ScriptError(1, EVIL, EVIL, EVIL));
    console.options.put("profile", EVIL);
    console.setup = new TestSetup(EVIL, EVIL, List.of(), java.util.Map.of(), List.of(EVIL), null, false, false, false,
        false, List.of());
    for (String path : List.of("/", "/stats/report", "/stats/report?download=1")) {
      HttpResponse<String> reply = web.get(path);
      assertEquals(200, reply.statusCode());
      assertFalse(reply.body().contains("<script>alert"), path);
    }
    String name = web.get("/stats/requests/csv").headers().firstValue("content-disposition").orElseThrow();
    assertTrue(name.matches("attachment;filename=[A-Za-z0-9._-]+\\.csv"), name);
  }

  @Test
  void thePagesPolicyForbidsWhatIsNotOurs() throws Exception {
    HttpResponse<String> page = web.get("/");
    String policy = page.headers().firstValue("content-security-policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("nosniff", page.headers().firstValue("x-content-type-options").orElseThrow());
    String report = web.get("/stats/report").body();
    assertTrue(report.contains("http-equiv=Content-Security-Policy content=\"default-src 'none';"), "policy");
    assertFalse(report.contains("unsafe-inline"));
    assertFalse(report.matches("(?s).*\\b(src|href)=\"?https?://.*"), "nothing is loaded from elsewhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/assets/../app.css", "/assets/%2e%2e/secret", "/assets/..%2fsecret", "/assets//etc/passwd", "/assets/",
        "/assets/%00"
  })
  void assetsAreAFixedTable(String path) throws Exception {
    String reply = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(reply.startsWith("HTTP/1.1 404") || reply.startsWith("HTTP/1.1 400"), reply);
  }

  @Test
  void aBuildPathServesItsFilesAndNothingOutside(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("assets"));
    Files.writeString(folder.resolve("assets").resolve("extra.js"), "1");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(folder.resolve("assets").resolve("link.txt"), folder.resolve("secret.txt"));
    WebSettings settings = new WebSettings("127.0.0.1", 0, "", false, null, null, null, null, folder);
    try (RunningWeb built = new RunningWeb(console, settings)) {
      HttpResponse<String> extra = built.get("/assets/extra.js");
      assertEquals("1", extra.body());
      assertTrue(extra.headers().firstValue("content-type").orElseThrow().startsWith("text/javascript"));
      assertEquals(404, built.get("/assets/link.txt").statusCode());
      assertEquals(200, built.get("/assets/app.js").statusCode());
    }
  }

  @Test
  void hugeBodiesFormsAndHeadersAreRefused() throws Exception {
    HttpRequest.Builder big = web.request("/swarm").header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("a=".repeat(2 * 1024 * 1024)));
    assertEquals(413, statusOf(big));
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < BodyReader.MAX_FIELDS + 1; i++) {
      fields.append("f").append(i).append("=&");
    }
    assertEquals(413, web.post("/swarm", fields.toString()).statusCode());
    String reply = raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n");
    assertTrue(reply.startsWith("HTTP/1.1 431"), reply);
    assertTrue(console.starts.isEmpty());
  }

  /** A server that refuses a body may close the connection before all of it was sent; both are a refusal. */
  private int statusOf(HttpRequest.Builder request) throws Exception {
    try {
      return web.send(request).statusCode();
    } catch (IOException e) {
      return 413;
    }
  }

  @Test
  void brokenFormsAreA400() throws Exception {
    HttpResponse<String> multipart = web.send(web.request("/swarm")
        .header("Content-Type", "multipart/form-data;"
            + " boundary=x").POST(HttpRequest.BodyPublishers.ofString("nonsense")));
    assertEquals(400, multipart.statusCode());
  }

  @Test
  void randomBytesNeverDisturbTheServer() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      try (Socket socket = new Socket("127.0.0.1", web.port())) {
        if (i % 2 == 0) {
          socket.getOutputStream().write("POST /swarm HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n".getBytes(
              StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().write(noise);
      }
    }
    assertEquals(200, web.get("/tasks").statusCode());
  }

  @Test
  void aPortInUseIsToldInASentence() {
    WebSettings same = WebSettings.plain("127.0.0.1", web.port());
    IOException failure = assertThrows(IOException.class, () -> new RunningWeb(console, same));
    assertTrue(failure.getMessage().startsWith("The web UI cannot listen on 127.0.0.1:" + web.port()),
        failure.getMessage());
    WebSettings path = new WebSettings("", 0, "x", false, null, null, null, null, null);
    assertEquals(
        "Invalid format for --web-base-path argument (x): the url path must start with a slash.",
        assertThrows(IOException.class, () -> new RunningWeb(console, path)).getMessage());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", web.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      byte[] start = in.readNBytes(60);
      return new String(start, StandardCharsets.US_ASCII);
    }
  }
}
