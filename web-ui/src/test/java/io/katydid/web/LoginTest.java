package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.WebSettings;
import io.katydid.script.ScriptPages;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** `--web-login`: sessions, tokens, the throttle, and the locustfile's own form. */
final class LoginTest {
  private static final Pattern TOKEN = Pattern.compile("name=csrf_token value=\"([^\"]+)\"");
  private static final Pattern PAGE_TOKEN = Pattern.compile("name=csrf-token content=\"([^\"]+)\"");

  private final FakeConsole console = new FakeConsole();
  private RunningWeb web;

  private static WebSettings settings(Path file, String text) {
    return new WebSettings("127.0.0.1", 0, "", true, file, text, null, null, null);
  }

  @BeforeEach
  void start() throws Exception {
    web = new RunningWeb(console, settings(null, "ann:secret\n# a comment\n"));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private static String cookie(HttpResponse<String> reply) {
    return reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.find(), text);
    return matcher.group(1);
  }

  private HttpResponse<String> logIn(String user, String password, String next) throws Exception {
    HttpResponse<String> form = web.get("/login");
    String fields = "username=" + user + "&password=" + password + "&next=" + next + "&csrf_token="
        + find(TOKEN, form.body());
    return web.send(web.request("/login")
        .header("Cookie", cookie(form))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(fields)));
  }

  private HttpResponse<String> with(String cookie, String path) throws Exception {
    return web.send(web.request(path).header("Cookie", cookie).GET());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/", "/stats/requests", "/stats/requests/csv", "/stats/report", "/exceptions", "/tasks", "/logs", "/worker-count",
    "/stop", "/stats/reset", "/metrics", "/api/live", "/api/events", "/api/rows", "/api/run"
  })
  void nothingIsAnsweredWithoutALogin(String path) throws Exception {
    HttpResponse<String> reply = web.get(path);
    assertEquals(302, reply.statusCode());
    assertEquals(
        "/login?next=" + path.replace("/", "%2F"), reply.headers().firstValue("location").orElseThrow());
    String cookie = reply.headers().firstValue("set-cookie").orElseThrow();
    assertTrue(cookie.startsWith("session=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
    assertTrue(reply.headers().allValues("vary").contains("Cookie"));
    assertTrue(console.calls.isEmpty(), console.calls.toString());
  }

  @Test
  void theRightPasswordOpensThePageAndTheTokenChangesTheRun() throws Exception {
    HttpResponse<String> reply = logIn("ann", "secret", "/tasks");
    assertEquals(303, reply.statusCode(), reply.body());
    assertEquals("/tasks", reply.headers().firstValue("location").orElseThrow());
    String cookie = cookie(reply);
    HttpResponse<String> page = with(cookie, "/");
    assertEquals(200, page.statusCode());
    String token = find(PAGE_TOKEN, page.body());
    HttpRequest.Builder stop = web.request("/stop").header("Cookie", cookie).POST(HttpRequest.BodyPublishers.noBody());
    assertEquals(403, web.send(stop).statusCode());
    assertEquals(403, web.send(stop.copy().header("X-CSRF-Token", "x" + token)).statusCode());
    assertEquals(405, with(cookie, "/stop").statusCode());
    assertEquals(List.of(), console.calls.stream().filter("stop"::equals).toList());
    assertEquals(200, web.send(stop.copy().header("X-CSRF-Token", token)).statusCode());
    assertEquals(List.of("stop"), console.calls.stream().filter("stop"::equals).toList());
  }

  @Test
  void aSessionKnownBeforeTheLoginIsNotTheOneAfterIt() throws Exception {
    HttpResponse<String> form = web.get("/login");
    HttpResponse<String> reply = logIn("ann", "secret", "/");
    assertNotEquals(cookie(form), cookie(reply));
    assertEquals(302, with(cookie(form), "/").statusCode());
  }

  @Test
  void loggingOutEndsTheSession() throws Exception {
    String cookie = cookie(logIn("ann", "secret", "/"));
    String token = find(PAGE_TOKEN, with(cookie, "/").body());
    HttpResponse<String> out = web.send(web.request("/logout").header("Cookie", cookie).header("X-CSRF-Token", token)
        .POST(HttpRequest.BodyPublishers.noBody()));
    assertEquals(303, out.statusCode());
    assertEquals(302, with(cookie, "/").statusCode());
  }

  @Test
  void anIdleSessionEnds() throws Exception {
    String cookie = cookie(logIn("ann", "secret", "/"));
    web.pass(Duration.ofHours(11));
    assertEquals(200, with(cookie, "/").statusCode());
    web.pass(Duration.ofHours(13));
    assertEquals(302, with(cookie, "/").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/%5Cevil.example", "javascript:alert(1)", ""})
  void afterTheLoginNobodyIsSentElsewhere(String next) throws Exception {
    assertEquals("/", logIn("ann", "secret", next).headers().firstValue("location").orElseThrow());
  }

  @Test
  void tenWrongPasswordsStopFurtherTriesForFiveMinutes() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertEquals(401, logIn(i % 2 == 0 ? "ann" : "nobody", "wrong", "").statusCode());
    }
    HttpResponse<String> refused = logIn("ann", "secret", "");
    assertEquals(429, refused.statusCode());
    assertEquals("300", refused.headers().firstValue("retry-after").orElseThrow());
    web.pass(Duration.ofMinutes(5).plusSeconds(1));
    assertEquals(303, logIn("ann", "secret", "").statusCode());
  }

  @Test
  void scriptsUseBasicCredentials() throws Exception {
    HttpRequest.Builder stop = web.request("/stop").POST(HttpRequest.BodyPublishers.noBody());
    assertEquals(200, web.send(stop.copy().header("Authorization", basic("ann", "secret"))).statusCode());
    HttpResponse<String> wrong = web.send(stop.copy().header("Authorization", basic("ann", "x")));
    assertEquals(401, wrong.statusCode());
    assertTrue(wrong.headers().firstValue("www-authenticate").isEmpty(), "a browser must not keep credentials");
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void otherSitesMayNotReadAnswers() throws Exception {
    HttpResponse<String> reply = web.send(web.request("/tasks")
        .header("Authorization", basic("ann", "secret")).header("Origin", "http://other").GET());
    assertEquals(200, reply.statusCode());
    assertTrue(reply.headers().firstValue("access-control-allow-origin").isEmpty());
    assertEquals("no-store", reply.headers().firstValue("cache-control").orElseThrow());
  }

  @Test
  void healthIsOpenBecauseItSaysNothing() throws Exception {
    assertEquals(200, web.get("/health").statusCode());
  }

  @Test
  void aPasswordFileMayHoldHashes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("passwords");
    Files.writeString(file, "bob:pbkdf2_sha256$1000$salt$6bR+qvB+EfiWifJvLhLUslIy4Ocqg4PNHECwdKqh4ho=\n");
    Passwords passwords = Passwords.read(file, null);
    assertFalse(passwords.accepts("bob", "pbkdf2_sha256$1000$salt$6bR+qvB+EfiWifJvLhLUslIy4Ocqg4PNHECwdKqh4ho="));
    assertTrue(passwords.accepts("bob", "hunter2"));
    assertFalse(passwords.accepts("bob", "hunter3"));
    assertFalse(passwords.accepts("nobody", "no such user"));
    Files.writeString(file, "bob\n");
    IOException broken = assertThrows(IOException.class, () -> Passwords.read(file, null));
    assertEquals("Line 1 of the password file " + file + " is not of the form user:password.", broken.getMessage());
  }

  @Test
  void withoutAnyWayToLogInThePageSaysSo() throws Exception {
    try (RunningWeb none = new RunningWeb(console, settings(null, null))) {
      HttpResponse<String> reply = none.get("/login");
      assertEquals(200, reply.statusCode());
      assertTrue(reply.body().startsWith("Locust auth exception: "), reply.body());
    }
  }

  @Test
  void theLocustfilesOwnFormAndRouteLogIn() throws Exception {
    console.pages = new ScriptPages() {
      @Override
      public Map<String, Object> authArgs() {
        return Map.of("username_password_callback", "/login_submit", "error", "<b>no</b>");
      }

      @Override
      public Reply route(Request request) {
        if (!request.path().equals("/login_submit")) {
          return null;
        }
        Map<String, Object> session =
            request.query().equals("username=ann&password=ok") ? Map.of("_user_id", "ann") : Map.of("auth_error",
                "wrong");
        return new Reply(302, List.of(Map.entry("Location", "/")), new byte[0], session, null);
      }
    };
    try (RunningWeb own = new RunningWeb(console, settings(null, null))) {
      HttpResponse<String> form = own.get("/login");
      assertTrue(form.body().contains("action=\"/login_submit\""), form.body());
      assertTrue(form.body().contains("window.authArgs = "), form.body());
      assertFalse(form.body().contains("<b>no</b>"), form.body());
      String wrong = cookie(own.get("/login_submit?username=ann&password=no"));
      assertEquals(302, own.send(own.request("/").header("Cookie", wrong).GET()).statusCode());
      assertTrue(own.send(own.request("/login").header("Cookie", wrong).GET()).body().contains("wrong"));
      String right = cookie(own.get("/login_submit?username=ann&password=ok"));
      assertEquals(200, own.send(own.request("/").header("Cookie", right).GET()).statusCode());
      for (String both : List.of(right + "; session=elsewhere", "session=elsewhere; " + right)) {
        assertEquals(200, own.send(own.request("/").header("Cookie", both).GET()).statusCode(), both);
      }
    }
  }

  @Test
  void thePasswordIsPostedAlsoToARouteThatReadsTheAddress() throws Exception {
    console.pages = new ScriptPages() {
      @Override
      public Map<String, Object> authArgs() {
        return Map.of("username_password_callback", "/login_submit");
      }

      @Override
      public Reply route(Request request) {
        if (!request.method().equals("GET")) {
          return new Reply(405, List.of(), new byte[0], null, null);
        }
        return new Reply(
            302, List.of(Map.entry("Location", "/")), new byte[0], Map.of("_user_id", request.query()), null);
      }
    };
    try (RunningWeb own = new RunningWeb(console, settings(null, null))) {
      String form = own.get("/login").body();
      assertTrue(form.contains("<form method=post action=\"/login_submit\">"), form);
      String old = cookie(own.post("/login_submit", "username=ann&password=ok"));
      assertEquals(200, own.send(own.request("/").header("Cookie", old).GET()).statusCode());
      assertEquals(405, own.post("/elsewhere", "username=ann").statusCode());
    }
  }

  @Test
  void aCustomFormHasListsBoxesAndTypes() throws Exception {
    console.pages = new ScriptPages() {
      @Override
      public Map<String, Object> authArgs() {
        return Map.of("username_password_callback", "/unused", "custom_form", Map.of(
            "callback_url", "/login_submit",
            "inputs", List.of(
                Map.of("label", "Name", "name", "username", "is_required", true, "type", "email"),
                Map.of("label", "Admin", "name", "is_admin", "default_value", true),
                Map.of("label", "Group", "name", "group", "choices", List.of("<dev>", "ops"), "default_value", "ops"),
                Map.of("label", "Word", "name", "password", "is_secret", true, "type", "x onfocus=alert(1)"))));
      }
    };
    try (RunningWeb own = new RunningWeb(console, settings(null, null))) {
      String form = own.get("/login").body();
      assertTrue(form.contains("<input name=\"username\" type=email value=\"\" required>"), form);
      assertTrue(form.contains("<input name=\"is_admin\" type=checkbox checked>"), form);
      assertTrue(form.contains("<select name=\"group\"><option>&lt;dev&gt;</option><option selected>ops</option></select>"),
          form);
      assertTrue(form.contains("<input name=\"password\" type=password value=\"\">"), form);
      assertFalse(form.contains("action=\"/unused\""), form);
    }
  }

  @Test
  void requestsWithoutACookieLogNobodyOut() {
    Sessions sessions = new Sessions(() -> 0);
    Sessions.Session ann = sessions.create(Map.of(Sessions.USER, "ann"));
    Sessions.Session first = sessions.create(Map.of());
    for (int i = 0; i < 20_000; i++) {
      sessions.create(Map.of());
    }
    assertEquals(ann, sessions.find(ann.id()));
    assertNull(sessions.find(first.id()));
  }
}
