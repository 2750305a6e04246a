package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many users at once, each on a thread of either kind, against the JDK's server. */
class ManyUsersTest {
  private static final int USERS = 200;
  private static final int REQUESTS = 5;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyUserGetsItsOwnReplies(boolean virtual) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> {
      byte[] echo = (exchange.getRequestURI().toString() + exchange.getRequestHeaders().getFirst("Cookie")
          + new String(exchange.getRequestBody().readAllBytes())).getBytes();
      exchange.getResponseHeaders().add("Set-Cookie", "last=" + exchange.getRequestURI().getPath().substring(1));
      exchange.sendResponseHeaders(200, echo.length % 2 == 0 ? 0 : echo.length);
      exchange.getResponseBody().write(echo);
      exchange.close();
    });
    server.start();
    try {
      String base = "http://localhost:" + server.getAddress().getPort();
      AtomicInteger right = new AtomicInteger();
      List<Thread> users = new ArrayList<>();
      for (int u = 0; u < USERS; u++) {
        int user = u;
        Runnable run = () -> right.addAndGet(requests(base, user));
        users.add(virtual ? Thread.startVirtualThread(run) : Thread.ofPlatform().daemon().start(run));
      }
      for (Thread user : users) {
        assertTrue(user.join(Duration.ofSeconds(60)));
      }
      assertEquals(USERS * REQUESTS, right.get());
    } finally {
      server.stop(0);
    }
  }

  private static int requests(String base, int user) {
    HttpSession session = new HttpSession(SessionSettings.DEFAULTS);
    int right = 0;
    for (int i = 0; i < REQUESTS; i++) {
      HttpExchange done = session.execute(new HttpCall("POST", base + "/" + user + "-" + i).body("body" + i));
      String cookie = i == 0 ? "null" : "last=" + user + "-" + (i - 1);
      String expected = "/" + user + "-" + i + cookie + "body" + i;
      right += done.failure() == null && done.reply().text().equals(expected) ? 1 : 0;
    }
    session.close();
    return right;
  }
}
