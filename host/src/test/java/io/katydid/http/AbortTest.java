package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call can be ended from another thread, at any moment, on both kinds of threads. */
class AbortTest {
  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  private CompletableFuture<HttpExchange> onAThread(boolean virtual, HttpCall call) {
    CompletableFuture<HttpExchange> result = new CompletableFuture<>();
    Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    builder.start(() -> result.complete(session.execute(call)));
    return result;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallThatWaitsForItsReplyEndsAtOnce(boolean virtual) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server = new RawServer((request, out) -> {
      asked.countDown();
      return true;
    })) {
      for (int timeoutMs : new int[] {0, 60_000}) {
        HttpCall call = new HttpCall("GET", server.url("/")).timeouts(timeoutMs, timeoutMs);
        CompletableFuture<HttpExchange> result = onAThread(virtual, call);
        asked.await();
        call.abort();
        assertEquals(Failure.Kind.KILLED, result.get(20, TimeUnit.SECONDS).failure().kind());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallThatReadsItsBodyEndsAtOnce(boolean virtual) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server = new RawServer((request, out) -> {
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".getBytes());
      asked.countDown();
      return true;
    })) {
      HttpCall call = new HttpCall("GET", server.url("/"));
      CompletableFuture<HttpExchange> result = onAThread(virtual, call);
      asked.await();
      call.abort();
      assertEquals(Failure.Kind.KILLED, result.get(20, TimeUnit.SECONDS).failure().kind());
    }
  }

  @Test
  void aCallAbortedBeforeItBeginsSendsNothingAndOthersGoOn() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok("x"))) {
      for (int i = 0; i < 2; i++) {
        HttpCall call = new HttpCall("GET", server.url("/"));
        call.abort();
        assertEquals(Failure.Kind.KILLED, session.execute(call).failure().kind());
        assertEquals(i, server.requests.size());
        assertNull(session.execute(new HttpCall("GET", server.url("/"))).failure());
      }
    }
  }

  @Test
  void aCallAbortedAfterItsEndHarmsNobody() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok("x"))) {
      HttpCall call = new HttpCall("GET", server.url("/"));
      assertNull(session.execute(call).failure());
      call.abort();
      assertNull(session.execute(new HttpCall("GET", server.url("/"))).failure());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aThreadThatWaitsForAStreamIsWokenToo() throws Exception {
    try (RawServer server = RawServer.replying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")) {
      HttpCall call = new HttpCall("GET", server.url("/")).stream(true);
      HttpExchange exchange = session.execute(call);
      Thread other = Thread.ofVirtual().start(call::abort);
      assertNull(exchange.read(10));
      other.join();
      assertEquals(Failure.Kind.KILLED, exchange.failure().kind());
    }
  }
}
