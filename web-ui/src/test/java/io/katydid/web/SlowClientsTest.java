package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.WebSettings;
import io.katydid.script.ScriptPages;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send or read slowly or not at all, and a locustfile that does not answer: others are served. */
final class SlowClientsTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final int MANY = 200;

  private final FakeConsole console = new FakeConsole();
  private final List<Socket> sockets = new ArrayList<>();
  private final CountDownLatch locustfileAnswers = new CountDownLatch(1);
  private RunningWeb web;

  @BeforeEach
  void start() throws Exception {
    web = new RunningWeb(console);
  }

  @AfterEach
  void stop() throws IOException {
    locustfileAnswers.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
    web.close();
  }

  @Test
  void manySlowBodiesKeepNobodyWaiting() throws Exception {
    for (int i = 0; i < MANY; i++) {
      send("POST /swarm HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 1000\r\n\r\na");
      send("POST /added HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na");
    }
    assertServed();
  }

  @Test
  void manySlowHeadsAndReadersKeepNobodyWaiting() throws Exception {
    console.rows = java.util.stream.IntStream.range(0, 500).mapToObj(i -> FakeConsole.row("GET", "/row/" + i, 5, 1))
        .toList();
    for (int i = 0; i < MANY; i++) {
      send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      send("GET /stats/report HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));
    }
    assertServed();
  }

  @Test
  void aSlowBodyIsGivenUpAndSoIsASlowHead() throws Exception {
    Socket body = send("POST /swarm HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 1000\r\n\r\na");
    Socket head = send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    assertServed();
    // The head's beginning is seen by one look, its age by the next ones.
    Thread.sleep(2500);
    web.pass(Duration.ofSeconds(31));
    assertTrue(allOf(body).startsWith("HTTP/1.1 408"), "the body");
    assertEquals("", allOf(head));
    assertTrue(console.starts.isEmpty());
  }

  @Test
  void aBodyInPiecesIsReadWhole() throws Exception {
    Socket socket = send("POST /swarm HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + FORM
        + "Content-Length: 27\r\n\r\nuser_cou");
    assertServed();
    socket.getOutputStream().write("nt=3&spawn_rate=2.0".getBytes(StandardCharsets.US_ASCII));
    assertTrue(allOf(socket).startsWith("HTTP/1.1 200"));
    assertEquals(3, console.starts.getFirst().users());
  }

  @Test
  void whoMayNotHaveAnAnswerIsNotAskedForABody(@TempDir Path folder) throws Exception {
    Path passwords = Files.writeString(folder.resolve("passwords"), "ann:secret\n");
    WebSettings settings = new WebSettings("127.0.0.1", 0, "", true, passwords, null, null, null, null);
    try (RunningWeb locked = new RunningWeb(console, settings)) {
      String post = " HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 1000\r\n\r\na";
      assertTrue(startOf(send(locked, "POST /swarm" + post)).startsWith("HTTP/1.1 302"));
      assertTrue(startOf(send(locked, "POST /stats/requests" + post)).startsWith("HTTP/1.1 405"));
      assertTrue(startOf(send(locked, "POST /login HTTP/1.1\r\nHost: x\r\n" + FORM
          + "Content-Length: 100000\r\n\r\na")).startsWith("HTTP/1.1 413"));
    }
  }

  @Test
  void aLocustfileThatDoesNotAnswerHoldsUpItsOwnRoutesOnly() throws Exception {
    CountDownLatch asked = new CountDownLatch(16);
    console.pages = new ScriptPages() {
      @Override
      public boolean watchesReplies() {
        return true;
      }

      @Override
      public Reply route(Request request) {
        asked.countDown();
        return afterAll(new Reply(200, List.of(), new byte[0], null, null));
      }
    };
    for (int i = 0; i < MANY; i++) {
      send("GET /added HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    assertTrue(asked.await(20, TimeUnit.SECONDS));
    assertServed();
    assertEquals(200, web.post("/stop", "").statusCode());
    for (int i = 0; i < 20; i++) {
      send("GET /added HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    // Which of them is too many is a matter of who comes first.
    assertTrue(startOf(firstAnswered()).startsWith("HTTP/1.1 503"));
  }

  @Test
  void aLocustfileThatWatchesRepliesAndDoesNotAnswerLeavesHealthAlone() throws Exception {
    assertEquals(200, web.get("/stats/requests").statusCode());
    console.pages = new ScriptPages() {
      @Override
      public boolean watchesReplies() {
        return afterAll(true);
      }
    };
    for (int i = 0; i < MANY; i++) {
      send("GET /stats/requests HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (String path : List.of("/health", "/health/live", "/metrics", "/api/live")) {
      assertEquals(200, web.get(path).statusCode(), path);
    }
  }

  @Test
  void ofTooManyConnectionsTheLongestUnusedMakesRoom() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.addBean(new Connections(3, System::nanoTime));
    server.addConnector(connector);
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        Content.Sink.write(response, true, "there", callback);
        return true;
      }
    });
    server.start();
    try {
      List<Socket> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(new Socket("127.0.0.1", connector.getLocalPort()));
        sockets.add(all.getLast());
        all.getLast().setSoTimeout(20_000);
        all.getLast().getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(startOf(all.getLast()).startsWith("HTTP/1.1 200"));
      }
      assertTrue(allOf(all.getFirst()).endsWith("there"), "it ends");
      all.get(1).getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(
          StandardCharsets.US_ASCII));
      assertTrue(allOf(all.get(1)).contains("HTTP/1.1 200"));
    } finally {
      server.stop();
    }
  }

  private <T> T afterAll(T answer) {
    try {
      locustfileAnswers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer;
  }

  private void assertServed() throws Exception {
    for (String path : List.of("/health", "/health/live", "/stats/requests", "/metrics", "/", "/assets/app.js")) {
      assertEquals(200, web.get(path).statusCode(), path);
    }
  }

  private Socket send(String request) throws IOException {
    return send(web, request);
  }

  private Socket send(RunningWeb to, String request) throws IOException {
    Socket socket = new Socket("127.0.0.1", to.port());
    sockets.add(socket);
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private Socket firstAnswered() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < deadline) {
      for (Socket socket : sockets) {
        if (socket.getInputStream().available() > 0) {
          return socket;
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("nobody was answered");
  }

  private static String startOf(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
  }

  /** What comes until the other side closes. */
  private static String allOf(Socket socket) throws IOException {
    StringBuilder all = new StringBuilder();
    InputStream in = socket.getInputStream();
    byte[] some = new byte[4096];
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        all.append(new String(some, 0, n, StandardCharsets.US_ASCII));
      }
    } catch (java.net.SocketException e) {
      return all.toString(); // Reset: closed with bytes unread.
    }
    return all.toString();
  }
}
