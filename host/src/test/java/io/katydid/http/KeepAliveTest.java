package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a connection is used again, and what happens if the server has closed it meanwhile. */
class KeepAliveTest {
  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  private HttpExchange get(RawServer server) {
    return session.execute(new HttpCall("GET", server.url("/")));
  }

  @Test
  void connectionsAreNotReusedWhenEitherSideSaysClose() throws Exception {
    try (RawServer server = RawServer.replying("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", RawServer.ok(""))) {
      get(server);
      get(server);
      session.execute(new HttpCall("GET", server.url("/")).headers("Connection", "close"));
      get(server);
      get(server);
      assertEquals(4, server.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 600, 5_000})
  void bytesNobodyAskedForEndTheConnection(int length) throws Exception {
    String body = "a".repeat(length);
    String[] replies = {RawServer.ok(body), RawServer.ok(body) + "surplus", RawServer.ok(body) + "surplus", RawServer.ok("b")};
    try (RawServer server = RawServer.replying(replies)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(body, get(server).reply().text());
      }
      assertEquals("b", get(server).reply().text());
      assertEquals(3, server.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
  void aRequestThatMayBeSentTwiceIsIfTheServerClosesInsteadOfReplying(String method) throws Exception {
    try (RawServer server = new RawServer((request, out) -> {
      if (request.number() != 1) {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      return request.number() != 1;
    })) {
      assertFalse(get(server).sentAgain());
      HttpExchange done = session.execute(new HttpCall(method, server.url("/")));
      assertNull(done.failure());
      assertTrue(done.sentAgain());
      assertEquals(3, server.requests.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "BUY"})
  void anOrderIsNeverMadeTwice(String method) throws Exception {
    try (RawServer server = new RawServer((request, out) -> {
      if (request.number() != 1) {
        out.write(RawServer.ok("").getBytes(StandardCharsets.US_ASCII));
      }
      return request.number() != 1;
    })) {
      get(server);
      HttpExchange done = session.execute(new HttpCall(method, server.url("/")).body("one"));
      assertEquals(Failure.Kind.CLOSED, done.failure().kind());
      assertFalse(done.sentAgain());
      assertEquals(2, server.requests.size());
    }
  }

  @Test
  void nothingIsSentAgainOnceSomethingOfTheReplyHasCome() throws Exception {
    try (RawServer server = new RawServer((request, out) -> {
      out.write((request.number() != 1 ? RawServer.ok("") : "HTTP/1").getBytes(StandardCharsets.US_ASCII));
      return request.number() != 1;
    })) {
      get(server);
      assertEquals(Failure.Kind.NOT_HTTP, get(server).failure().kind());
      assertEquals(2, server.requests.size());
    }
  }

  /** requests has looked and sees a failure; geventhttpclient sends it again. */
  @Test
  void afterALongRestOnlyGeventhttpclientSendsAgain() throws Exception {
    HttpSession fast = new HttpSession(SessionSettings.DEFAULTS.withRules(ClientRules.GEVENT));
    for (HttpSession one : new HttpSession[] {session, fast}) {
      try (RawServer server = new RawServer((request, out) -> {
        if (request.number() != 1) {
          out.write(RawServer.ok("").getBytes(StandardCharsets.US_ASCII));
        }
        return request.number() != 1;
      })) {
        one.execute(new HttpCall("GET", server.url("/")));
        LockSupport.parkNanos(150_000_000);
        HttpExchange done = one.execute(new HttpCall("GET", server.url("/")));
        assertEquals(one == fast, done.failure() == null);
        assertEquals(one == fast, done.sentAgain());
      }
    }
  }

  /** The thread that reads may not have seen it yet: the system is asked. */
  @Test
  void anOrderIsNotSentOnAConnectionThatHasBeenClosed() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Semaphore closed = new Semaphore(0);
      Thread.ofVirtual().start(() -> {
        while (true) {
          try (Socket socket = listener.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(RawServer.ok("").getBytes(StandardCharsets.US_ASCII));
          } catch (IOException e) {
            return;
          }
          closed.release();
        }
      });
      for (int i = 0; i < 50; i++) {
        HttpExchange done = session.execute(
            new HttpCall("POST", "http://127.0.0.1:" + listener.getLocalPort() + "/").body("one"));
        assertNull(done.failure());
        assertFalse(done.sentAgain());
        closed.acquire();
      }
    }
  }

  @Test
  void aNewConnectionThatClosesWithoutReplyIsAFailureAtOnce() throws Exception {
    try (RawServer server = RawServer.closingAfter("")) {
      assertEquals(Failure.Kind.CLOSED, get(server).failure().kind());
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void anIdleConnectionIsLookedAtBeforeItIsUsed() throws Exception {
    try (RawServer server = RawServer.closingAfter(RawServer.ok("x"));
        RawServer kept = RawServer.replying(RawServer.ok("y"))) {
      get(server);
      get(kept);
      LockSupport.parkNanos(150_000_000);
      assertEquals("x", get(server).reply().text());
      assertEquals("y", get(kept).reply().text());
      assertEquals(2, server.requests.size());
      assertEquals(1, kept.connections());
    }
  }

  @Test
  void eachOriginHasItsConnectionAndTheOldestIdleOneGoesFirst() throws Exception {
    HttpSession two = new HttpSession(SessionSettings.DEFAULTS, ConnectionPool.own(2), new TlsContexts(), new SocketLoop());
    try (RawServer a = RawServer.replying(RawServer.ok("")); RawServer b = RawServer.replying(RawServer.ok(""));
        RawServer c = RawServer.replying(RawServer.ok(""))) {
      for (RawServer server : new RawServer[] {a, b, a, b, c, b, a}) {
        two.execute(new HttpCall("GET", server.url("/")));
      }
      assertEquals(2, a.connections());
      assertEquals(1, b.connections());
      assertEquals(1, c.connections());
    }
  }

  @Test
  void theOneUsedMostStaysIfAnotherHasBeenIdleForLonger() throws Exception {
    HttpSession two = new HttpSession(SessionSettings.DEFAULTS, ConnectionPool.own(2), new TlsContexts(), new SocketLoop());
    try (RawServer a = RawServer.replying(RawServer.ok("")); RawServer b = RawServer.replying(RawServer.ok(""));
        RawServer c = RawServer.replying(RawServer.ok(""))) {
      for (RawServer server : new RawServer[] {a, b, a, c, a, b}) {
        two.execute(new HttpCall("GET", server.url("/")));
      }
      assertEquals(1, a.connections());
      assertEquals(2, b.connections());
      assertEquals(1, c.connections());
    }
  }

  @Test
  void severalThreadsOfOneUserHaveConnectionsOfTheirOwn() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    try (RawServer server = new RawServer((request, out) -> {
      both.countDown();
      try {
        both.await();
      } catch (InterruptedException e) {
        return false;
      }
      out.write(RawServer.ok("x").getBytes(StandardCharsets.US_ASCII));
      return true;
    })) {
      Thread other = Thread.ofVirtual().start(() -> get(server));
      assertNull(get(server).failure());
      other.join();
      assertEquals(2, server.connections());
      get(server);
      assertEquals(2, server.connections());
    }
  }

  @Test
  void aClosedSessionLetsGoOfItsConnectionsAndCanStillBeUsed() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok(""))) {
      get(server);
      session.close();
      assertNull(get(server).failure());
      assertNull(get(server).failure());
      assertEquals(2, server.connections());
    }
  }

  /** As with Python, where the end of the last reference closes: users end without closing what they have opened. */
  @ParameterizedTest
  @ValueSource(ints = {0, 60_000})
  void aForgottenSessionGivesItsSocketBack(int readLimitMs) throws Exception {
    try (SocketLoop sockets = new SocketLoop();
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread user = Thread.ofVirtual().start(() -> new HttpSession(SessionSettings.DEFAULTS, new TlsContexts(), sockets)
          .execute(new HttpCall("GET", "http://127.0.0.1:" + server.getLocalPort() + "/").timeouts(0, readLimitMs)));
      try (Socket accepted = server.accept()) {
        accepted.getInputStream().read(new byte[4096]);
        accepted.setSoTimeout(100);
        accepted.getOutputStream().write(RawServer.ok("").getBytes(StandardCharsets.US_ASCII));
        user.join();
        int end = 0;
        for (int i = 0; i < 100 && end == 0; i++) {
          System.gc();
          try {
            end = accepted.getInputStream().read();
          } catch (SocketTimeoutException e) {
            end = 0;
          }
        }
        assertEquals(-1, end);
      }
    }
  }
}
