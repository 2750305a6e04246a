package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.script.ScriptPages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A locustfile's routes, template arguments and login form as the web UI sees them. */
final class GraalPyPagesTest {
  private static Engine engine;
  private static PythonContext context;
  private static GraalPyPages pages;

  @BeforeAll
  static void extendTheWebUi() {
    engine = PythonEngine.create();
    context = PythonTestContext.open(engine, UserThreads.PLATFORM);
    context.run(() -> context.eval("""
        from locust import _runtime
        from locust.env import Environment
        from locust.web import WebUI
        environment = Environment()
        _runtime._state.environment = environment
        web_ui = WebUI(environment, web_base_path="/load", web_login=True)
        from flask import Blueprint, redirect, render_template, request, session, url_for
        import flask_login

        @web_ui.app.route("/echo", methods=["POST"])
        def echo():
            return request.data, {"Content-Type": "application/octet-stream", "X-Path": request.path}

        @web_ui.app.route("/broken")
        def broken():
            return {}["<missing>"]

        @web_ui.app.route("/extend")
        def extend():
            web_ui.template_args["extended_tabs"] = [{"title": "Sizes", "key": "sizes"}]
            return render_template("index.html", template_args=web_ui.template_args)

        @web_ui.app.route("/login_submit")
        def login_submit():
            class Person(flask_login.UserMixin):
                id = request.args["username"]
            flask_login.login_user(Person())
            return redirect(url_for("locust.index"))

        @web_ui.app.after_request
        def add(response):
            if request.path == "/load/stats/requests":
                import json
                response.set_data(json.dumps({**response.json, "extended_stats": [1]}))
            return response
        web_ui.auth_args = {"username_password_callback": "/login_submit"}
        """));
    pages = new GraalPyPages(context);
  }

  @AfterAll
  static void close() {
    context.close();
    engine.close();
  }

  private static ScriptPages.Request request(String method, String path, String query, byte[] body) {
    return new ScriptPages.Request(method, path, query, Map.of("host", List.of("x")), body, "127.0.0.1", Map.of());
  }

  @Test
  void everyByteOfABodyGoesThereAndBack() {
    byte[] body = new byte[256];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    ScriptPages.Reply reply = pages.route(request("POST", "/echo", "", body));
    assertEquals(200, reply.status());
    assertArrayEquals(body, reply.body());
    assertTrue(reply.headers().contains(Map.entry("X-Path", "/echo")), reply.headers().toString());
    assertNull(reply.session());
    assertNull(reply.indexArgs());
  }

  @Test
  void unknownPathsAreNotAnswered() {
    assertNull(pages.route(request("GET", "/unknown", "", new byte[0])));
  }

  @Test
  void anErrorOfAViewIsA500WithItsTextEscaped() {
    ScriptPages.Reply reply = pages.route(request("GET", "/broken", "", new byte[0]));
    assertEquals(500, reply.status());
    assertEquals("&#39;&lt;missing&gt;&#39;", new String(reply.body(), StandardCharsets.UTF_8));
  }

  @Test
  void theIndexTemplateComesBackAsArguments() {
    ScriptPages.Reply reply = pages.route(request("GET", "/extend", "", new byte[0]));
    assertEquals(
        Map.of("extended_tabs", List.of(Map.of("title", "Sizes", "key", "sizes"))), reply.indexArgs());
    assertEquals(reply.indexArgs(), pages.templateArgs());
  }

  @Test
  void aLoginIsASessionAndARedirectBelowTheBasePath() {
    ScriptPages.Reply reply = pages.route(request("GET", "/login_submit", "username=ann", new byte[0]));
    assertEquals(Map.of("_user_id", "ann"), reply.session());
    assertTrue(reply.headers().contains(Map.entry("Location", "/load/")), reply.headers().toString());
    assertEquals(Map.of("username_password_callback", "/login_submit"), pages.authArgs());
  }

  @Test
  void afterRequestFunctionsChangeOurAnswers() {
    assertTrue(pages.watchesReplies());
    ScriptPages.Reply ours = new ScriptPages.Reply(200, List.of(Map.entry("Content-Type", "application/json")),
        "{\"state\": \"ready\"}".getBytes(StandardCharsets.UTF_8), null, null);
    ScriptPages.Reply changed = pages.after(request("GET", "/load/stats/requests", "", new byte[0]), ours);
    assertEquals(
        "{\"state\": \"ready\", \"extended_stats\": [1]}", new String(changed.body(), StandardCharsets.UTF_8));
    assertEquals(ours.headers(), changed.headers());
  }
}
