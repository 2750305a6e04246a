package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** stream=True: the headers first, the body as it is asked for. */
class StreamedRepliesTest {
  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void theBodyIsReadAfterTheHeadersWereReturned() throws Exception {
    CountDownLatch headersSeen = new CountDownLatch(1);
    try (RawServer server = new RawServer((request, out) -> {
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".getBytes());
      out.flush();
      try {
        headersSeen.await();
      } catch (InterruptedException e) {
        return false;
      }
      out.write("hello".getBytes());
      return true;
    })) {
      HttpExchange exchange = session.execute(new HttpCall("GET", server.url("/")).stream(true));
      assertEquals(200, exchange.reply().status());
      assertEquals(5, exchange.reply().announcedLength());
      assertEquals(0, exchange.reply().body().length);
      assertTrue(exchange.streaming());
      headersSeen.countDown();
      assertEquals("he", text(exchange.read(2)));
      StringBuilder rest = new StringBuilder();
      for (byte[] part = exchange.read(10); part.length > 0; part = exchange.read(10)) {
        rest.append(text(part));
      }
      assertEquals("llo", rest.toString());
      assertFalse(exchange.streaming());
      assertArrayEquals(new byte[0], exchange.read(10));
      session.execute(new HttpCall("GET", server.url("/")));
      assertEquals(1, server.connections());
    }
  }

  @Test
  void theConnectionIsBusyUntilTheBodyIsReadAndGoneIfItIsGivenUp() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok("first"), RawServer.ok("second"))) {
      HttpExchange open = session.execute(new HttpCall("GET", server.url("/")).stream(true));
      assertEquals("second", session.execute(new HttpCall("GET", server.url("/"))).reply().text());
      assertEquals(2, server.connections());
      open.close();
      assertEquals(0, open.read(5).length);
      session.execute(new HttpCall("GET", server.url("/")));
      assertEquals(2, server.connections());
    }
  }

  @Test
  void redirectsBeforeAStreamAreFollowed() throws Exception {
    try (RawServer server = RawServer.replying("HTTP/1.1 302 Go\r\nLocation: /b\r\nContent-Length: 2\r\n\r\ngo",
        RawServer.ok("end"))) {
      HttpExchange exchange = session.execute(new HttpCall("GET", server.url("/")).stream(true));
      assertEquals("go", exchange.history().getFirst().text());
      assertEquals("end", text(exchange.read(100)));
    }
  }

  @Test
  void aStreamThatBreaksHasAFailure() throws Exception {
    try (RawServer server = RawServer.closingAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")) {
      HttpExchange exchange = session.execute(new HttpCall("GET", server.url("/")).stream(true));
      assertNull(exchange.failure());
      assertEquals("abc", text(exchange.read(3)));
      assertNull(exchange.read(3));
      assertEquals("IncompleteRead(3 bytes read, 6 more expected)", exchange.failure().message());
      assertNull(exchange.read(3));
    }
  }

  @Test
  void aStreamWithoutBodyEndsAtOnce() throws Exception {
    try (RawServer server = RawServer.replying("HTTP/1.1 204 No Content\r\n\r\n")) {
      assertEquals(0, session.execute(new HttpCall("GET", server.url("/")).stream(true)).read(10).length);
      assertEquals(0, session.execute(new HttpCall("GET", server.url("/")).stream(true)).read(10).length);
      assertEquals(1, server.connections());
    }
  }
}
