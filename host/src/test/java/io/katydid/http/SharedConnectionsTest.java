package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions with the same pool: who has a connection, who waits for one, and that no place is ever lost. */
@Timeout(60)
class SharedConnectionsTest {
  private final TlsContexts tls = new TlsContexts();
  private final SocketLoop sockets = new SocketLoop();

  @AfterEach
  void close() {
    sockets.close();
  }

  private HttpSession user(ConnectionPool pool) {
    return new HttpSession(SessionSettings.DEFAULTS, pool, tls, sockets);
  }

  /** A user that asks once on a thread of its own. */
  private final class Asking {
    final HttpCall call;
    private final Thread thread;
    private HttpExchange done;

    Asking(ConnectionPool pool, RawServer server) {
      call = new HttpCall("GET", server.url("/"));
      thread = Thread.ofVirtual().start(() -> done = user(pool).execute(call));
    }

    void awaitWaiting() throws InterruptedException {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
    }

    HttpExchange done() throws InterruptedException {
      thread.join();
      return done;
    }
  }

  /** Answers each request when the test lets it. */
  private static final class Held implements RawServer.Answer {
    final CountDownLatch go = new CountDownLatch(1);
    final AtomicInteger present = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    @Override
    public boolean to(RawServer.Request request, OutputStream out) throws IOException {
      most.accumulateAndGet(present.incrementAndGet(), Math::max);
      try {
        go.await();
      } catch (InterruptedException e) {
        return false;
      }
      present.decrementAndGet();
      out.write(RawServer.ok("x").getBytes(StandardCharsets.US_ASCII));
      return true;
    }

    void awaitPresent(int count) throws InterruptedException {
      while (present.get() < count) {
        Thread.sleep(1);
      }
    }
  }

  @Test
  void usersAskOneAfterAnotherOverTheSameConnection() throws Exception {
    ConnectionPool pool = ConnectionPool.shared(10, false);
    try (RawServer server = RawServer.replying(RawServer.ok(""))) {
      for (int i = 0; i < 3; i++) {
        HttpSession user = user(pool);
        user.execute(new HttpCall("GET", server.url("/")));
        user.close();
      }
      assertEquals(1, server.connections());
      pool.closeIdle();
      assertNull(user(pool).execute(new HttpCall("GET", server.url("/"))).failure());
      assertEquals(2, server.connections());
    }
  }

  @Test
  void withALimitTheOthersWaitAndTheWaitIsPartOfTheirResponseTime() throws Exception {
    ConnectionPool pool = ConnectionPool.shared(2, true);
    Held held = new Held();
    try (RawServer server = new RawServer(held)) {
      List<Asking> users = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        users.add(new Asking(pool, server));
      }
      held.awaitPresent(2);
      for (Asking user : users) {
        user.awaitWaiting();
      }
      Thread.sleep(30);
      held.go.countDown();
      for (Asking user : users) {
        assertNull(user.done().failure());
        assertTrue(user.done().responseNanos() >= TimeUnit.MILLISECONDS.toNanos(30));
      }
      assertEquals(2, held.most.get());
      assertEquals(2, server.connections());
    }
  }

  @Test
  void withoutALimitSurplusConnectionsAreClosed() throws Exception {
    ConnectionPool pool = ConnectionPool.shared(1, false);
    Held held = new Held();
    try (RawServer server = new RawServer(held)) {
      Asking one = new Asking(pool, server);
      Asking other = new Asking(pool, server);
      held.awaitPresent(2);
      held.go.countDown();
      one.done();
      other.done();
      assertEquals(2, server.connections());
      Asking third = new Asking(pool, server);
      third.done();
      Asking both = new Asking(pool, server);
      both.done();
      assertEquals(2, server.connections());
    }
  }

  @Test
  void whoIsKilledWhileWaitingLosesNobodysPlace() throws Exception {
    ConnectionPool pool = ConnectionPool.shared(1, true);
    Held held = new Held();
    try (RawServer server = new RawServer(held)) {
      Asking first = new Asking(pool, server);
      held.awaitPresent(1);
      List<Asking> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(new Asking(pool, server));
      }
      for (Asking user : waiting) {
        user.awaitWaiting();
      }
      waiting.get(0).call.abort();
      waiting.get(1).call.abort();
      assertEquals(Failure.Kind.KILLED, waiting.get(0).done().failure().kind());
      assertEquals(Failure.Kind.KILLED, waiting.get(1).done().failure().kind());
      held.go.countDown();
      assertNull(first.done().failure());
      assertNull(waiting.get(2).done().failure());
      assertNull(new Asking(pool, server).done().failure());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void whoIsKilledJustWhenItGetsAPlaceGivesItOn() throws Exception {
    for (int i = 0; i < 200; i++) {
      ConnectionPool pool = ConnectionPool.shared(1, true);
      Held held = new Held();
      try (RawServer server = new RawServer(held)) {
        Asking first = new Asking(pool, server);
        held.awaitPresent(1);
        Asking second = new Asking(pool, server);
        second.awaitWaiting();
        Thread killer = Thread.ofVirtual().start(second.call::abort);
        held.go.countDown();
        killer.join();
        first.done();
        second.done();
        assertNull(new Asking(pool, server).done().failure());
      }
    }
  }

  @Test
  void aPlaceIsFreeAgainAfterWhateverEndsAnExchange() throws Exception {
    ConnectionPool pool = ConnectionPool.shared(1, true);
    HttpSession user = user(pool);
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    for (int i = 0; i < 2; i++) {
      assertEquals(Failure.Kind.REFUSED,
          user.execute(new HttpCall("GET", "http://127.0.0.1:" + nobody + "/")).failure().kind());
    }
    try (RawServer closes = RawServer.closingAfter(RawServer.ok(""));
        RawServer breaks = RawServer.closingAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx");
        RawServer redirects = RawServer.replying("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
            RawServer.ok(""), "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", RawServer.ok(""))) {
      for (int i = 0; i < 2; i++) {
        assertNull(user.execute(new HttpCall("GET", closes.url("/"))).failure());
        assertEquals(Failure.Kind.BROKEN_BODY, user.execute(new HttpCall("GET", breaks.url("/"))).failure().kind());
        assertEquals(200, user.execute(new HttpCall("GET", redirects.url("/"))).reply().status());
      }
    }
  }

  @Test
  void aStreamedReplyThatNobodyReadsHoldsNobodyUp() throws Exception {
    ConnectionPool pool = ConnectionPool.shared(1, true);
    try (RawServer server = RawServer.replying(RawServer.ok("abc"))) {
      for (int i = 0; i < 3; i++) {
        assertNull(user(pool).execute(new HttpCall("GET", server.url("/")).stream(true)).failure());
      }
      assertNull(user(pool).execute(new HttpCall("GET", server.url("/"))).failure());
      assertEquals(4, server.connections());
    }
  }

  @Test
  void theConnectionOfAStreamedReplyIsUsedAgainIfThereIsRoom() throws Exception {
    ConnectionPool pool = ConnectionPool.shared(1, true);
    try (RawServer server = RawServer.replying(RawServer.ok("abc"))) {
      HttpExchange first = user(pool).execute(new HttpCall("GET", server.url("/")).stream(true));
      readToItsEnd(first);
      HttpExchange second = user(pool).execute(new HttpCall("GET", server.url("/")).stream(true));
      assertEquals(1, server.connections());
      user(pool).execute(new HttpCall("GET", server.url("/")));
      readToItsEnd(second);
      user(pool).execute(new HttpCall("GET", server.url("/")));
      assertEquals(2, server.connections());
      HttpExchange third = user(pool).execute(new HttpCall("GET", server.url("/")).stream(true));
      third.close();
      assertNull(user(pool).execute(new HttpCall("GET", server.url("/"))).failure());
      assertEquals(3, server.connections());
    }
  }

  private static void readToItsEnd(HttpExchange exchange) {
    while (exchange.read(100, true).length > 0) {
      // The body does not matter.
    }
  }
}
