package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Java does for a request beyond sending it: statistics, the gate, ending it when its user is killed. */
class HttpBridgeTest {
  private static Engine engine;
  private static PythonContext context;
  private static HttpEchoServer server;
  private static final List<String> RECORDED = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    server = HttpEchoServer.start();
    engine = PythonEngine.create();
    context = PythonTestContext.open(engine, UserThreads.VIRTUAL);
    context
        .http()
        .recordWith(
            (method, name, nanos, length, error) -> {
              assertTrue(nanos > 0);
              RECORDED.add(method + " " + name + " " + length + " " + error);
            });
    context.run(
        () ->
            context.eval(
                """
                from locust.clients import HttpSession
                from locust.contrib.fasthttp import FastHttpSession
                from locust.event import EventHook

                def session(kind, base):
                    return kind(base, EventHook(), None)

                def run(user, base):
                    user(session(HttpSession, base), session(FastHttpSession, base))
                """));
  }

  @AfterAll
  static void close() throws Exception {
    context.close();
    engine.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    RECORDED.clear();
  }

  private static PythonThread start(String body) {
    String base = "http://127.0.0.1:" + server.port();
    PythonThread thread =
        context.newThread(
            "user",
            () -> {
              context.eval("import _katydid; _katydid.enter_thread()");
              context.eval("def user(c, f):\n" + body.indent(4) + "\nrun(user, '" + base + "')");
            });
    thread.start();
    return thread;
  }

  private static void run(String body) throws InterruptedException {
    assertTrue(start(body).awaitEnd(60, TimeUnit.SECONDS), "the user did not end");
  }

  @Test
  void requestsNobodyWatchesAreRecordedByJava() throws Exception {
    run(
        """
        c.get("/ok?x=1")
        c.post("/ok", json={"a": 1})
        c.get("/ok", name="n", headers={"a": "b"})
        c.get("/status/404")
        c.get("/status/503", name="it's")
        """);
    assertEquals(
        List.of(
            "GET /ok?x=1 5 null",
            "POST /ok 5 null",
            "GET n 5 null",
            "GET /status/404 14 HTTPError('404 Client Error: Not Found for url: /status/404')",
            "GET it's 24 HTTPError(\"503 Server Error: Service Unavailable for url: it's\")"),
        RECORDED);
  }

  @Test
  void theFastClientIsRecordedUnderTheUrlAsPassed() throws Exception {
    run(
        """
        f.get("/ok#x")
        f.post("/status/209", json=[])
        f.get("/ok", name="n")
        """);
    assertEquals(
        List.of("GET /ok#x 5 null", "POST /status/209 15 LocustBadStatusCode(code=209)", "GET n 5 null"), RECORDED);
  }

  @Test
  void requestsTheScriptJudgesAreRecordedWhenItHas() throws Exception {
    run(
        """
        for client in (c, f):
            with client.get("/status/404", catch_response=True) as r:
                r.success()
            client.get("/ok", catch_response=True)
        """);
    assertEquals(List.of("GET /status/404 14 null", "GET /status/404 14 null"), RECORDED);
  }

  @Test
  void aKilledUserLeavesItsRequestAtOnce() throws Exception {
    PythonThread user =
        start(
            """
            from greenlet import GreenletExit
            global seen
            try:
                c.get("/slow/kill")
            except GreenletExit:
                seen = "killed"
            """);
    awaitHit("/slow/kill");
    user.kill();
    assertTrue(user.awaitEnd(30, TimeUnit.SECONDS), "the request went on");
    assertEquals("killed", context.call(() -> context.eval("seen").asString()));
    assertEquals(List.of(), RECORDED);
  }

  @Test
  void othersRunWhileARequestWaits() throws Exception {
    PythonThread waiting =
        start(
            """
            from greenlet import GreenletExit
            try:
                c.get("/slow/wait", timeout=60)
            except GreenletExit:
                pass
            """);
    awaitHit("/slow/wait");
    run("c.get('/ok')");
    assertTrue(waiting.alive());
    assertEquals(List.of("GET /ok 5 null"), RECORDED);
    waiting.kill();
    assertTrue(waiting.awaitEnd(30, TimeUnit.SECONDS), "the request went on");
  }

  private static void awaitHit(String path) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (server.hits(path) == 0) {
      assertTrue(System.nanoTime() < deadline, "no request arrived");
      Thread.sleep(2);
    }
  }
}
