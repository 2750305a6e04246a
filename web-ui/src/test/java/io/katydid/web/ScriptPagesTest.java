package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.script.ScriptPages;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a locustfile adds through `environment.web_ui`. */
final class ScriptPagesTest {
  private final FakeConsole console = new FakeConsole();
  private RunningWeb web;

  /** A script with some routes; it sees the replies of the others. */
  private static final class Extending implements ScriptPages {
    @Override
    public Reply route(Request request) {
      return switch (request.path()) {
        case "/added" -> text(200, request.method() + " " + request.query() + " " + request.headers().get("x-mine")
            + " "
            + new String(request.body(), StandardCharsets.UTF_8));
        case "/extended" -> new Reply(200, List.of(), new byte[0], null, Map.of("extended_tabs",
            List.of(Map.of("title", "More </script><script>", "key", "more"))));
        case "/broken" -> throw new IllegalStateException("the script's own <error>");
        case "/split" -> new Reply(200, List.of(Map.entry("X-Name", "a\r\nSet-Cookie: b")), new byte[0], null, null);
        default -> null;
      };
    }

    @Override
    public boolean watchesReplies() {
      return true;
    }

    @Override
    public Reply after(Request request, Reply reply) {
      return request.path().equals("/tasks") ? text(201, "changed " + reply.status()) : reply;
    }

    private static Reply text(int status, String body) {
      return new Reply(
          status, List.of(Map.entry("Content-Type", "text/plain")), body.getBytes(StandardCharsets.UTF_8), null, null);
    }
  }

  @BeforeEach
  void start() throws Exception {
    console.pages = new Extending();
    web = new RunningWeb(console);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void itsRoutesSeeTheWholeRequest() throws Exception {
    HttpResponse<String> reply = web.send(web.request("/added?a=1").header("X-Mine", "yes")
        .method("PUT", HttpRequest.BodyPublishers.ofString("body")));
    assertEquals("PUT a=1 [yes] body", reply.body());
    assertEquals("text/plain", reply.headers().firstValue("content-type").orElseThrow());
    assertEquals(404, web.get("/unknown").statusCode());
  }

  @Test
  void itsTemplateArgumentsReachThePageEscaped() throws Exception {
    HttpResponse<String> reply = web.get("/extended");
    assertTrue(reply.body().contains("\"title\":\"More \\u003c/script\\u003e\\u003cscript\\u003e\""), reply.body());
    assertTrue(reply.body().contains("\"available_user_classes\":[\"Alpha\",\"Beta\"]"));
  }

  @Test
  void itMayChangeAnswersOfOurRoutes() throws Exception {
    HttpResponse<String> reply = web.get("/tasks");
    assertEquals(201, reply.statusCode());
    assertEquals("changed 200", reply.body());
    assertEquals(200, web.get("/worker-count").statusCode());
  }

  @Test
  void liveDataAndMetricsDoNotWaitForIt() throws Exception {
    console.pages = new ScriptPages() {
      @Override
      public boolean watchesReplies() {
        throw new AssertionError("asked for an address that Locust does not have");
      }
    };
    for (String path : List.of("/api/live", "/api/rows", "/api/timeline", "/metrics", "/health", "/assets/app.js")) {
      assertEquals(200, web.get(path).statusCode(), path);
    }
  }

  @Test
  void anErrorInItIsA500WithItsTextEscapedAndALogLine() throws Exception {
    HttpResponse<String> reply = web.get("/broken");
    assertEquals(500, reply.statusCode());
    assertEquals("the script's own &lt;error&gt;", reply.body());
    assertEquals(
        List.of("ERROR locust.web UI got request for GET /broken, but it resulted in a 500: IllegalStateException"),
        console.logged);
  }

  @Test
  void itsHeadersCannotSplitTheAnswer() throws Exception {
    HttpResponse<String> reply = web.get("/split");
    assertTrue(reply.headers().firstValue("set-cookie").isEmpty());
    assertEquals("a  Set-Cookie: b", reply.headers().firstValue("x-name").orElseThrow());
  }
}
