package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What goes out and what comes back when nothing goes wrong. */
class PlainRequestsTest {
  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  @Test
  void getReturnsStatusHeadersAndBodyAndKeepsTheConnection() throws Exception {
    try (RawServer server = RawServer.replying(
        "HTTP/1.1 200 Fine\r\nX-Two: a\r\nx-two: b\r\nContent-Length: 5\r\n\r\nhello", RawServer.ok("again"))) {
      HttpExchange first = session.execute(new HttpCall("GET", server.url("/a?b=c")).headers("User-Agent", "me"));
      HttpExchange second = session.execute(new HttpCall("GET", server.url("/d")));
      assertNull(first.failure());
      assertEquals(200, first.reply().status());
      assertEquals("Fine", first.reply().reason());
      assertEquals(11, first.reply().version());
      assertArrayEquals(new String[] {"X-Two", "a", "x-two", "b", "Content-Length", "5"}, first.reply().headers());
      assertEquals("a, b", first.reply().header("X-TWO"));
      assertEquals("hello", first.reply().text());
      assertEquals(5, first.reply().rawLength());
      assertEquals("127.0.0.1:" + server.port(), first.reply().remoteAddress());
      assertTrue(first.responseNanos() >= first.reply().elapsedNanos() && first.reply().elapsedNanos() > 0);
      assertEquals("again", second.reply().text());
      assertEquals(1, server.connections());
      assertEquals("GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nUser-Agent: me\r\n\r\n",
          server.requests.getFirst().text());
    }
  }

  @Test
  void postSendsSmallAndLargeBodiesWithTheirLength() throws Exception {
    String large = "x".repeat(100_000);
    try (RawServer server = RawServer.replying(RawServer.ok(""))) {
      session.execute(new HttpCall("POST", server.url("/")).body("{\"ä\":1}")
          .headers("Content-Type", "application/json"));
      session.execute(new HttpCall("POST", server.url("/")).body(large));
      session.execute(new HttpCall("POST", server.url("/")));
      assertEquals("8", server.requests.get(0).header("content-length"));
      assertEquals("{\"ä\":1}", new String(server.requests.get(0).body().getBytes(StandardCharsets.ISO_8859_1),
          StandardCharsets.UTF_8));
      assertEquals(large, server.requests.get(1).body());
      assertEquals("0", server.requests.get(2).header("content-length"));
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aBodyFromAStreamIsSentChunkedOrWithItsLength() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok(""))) {
      byte[] bytes = "streamed".getBytes(StandardCharsets.US_ASCII);
      session.execute(new HttpCall("PUT", server.url("/")).body(new ByteArrayInputStream(bytes), -1));
      session.execute(new HttpCall("PUT", server.url("/")).body(new ByteArrayInputStream(bytes), bytes.length));
      assertEquals("chunked", server.requests.get(0).header("transfer-encoding"));
      assertEquals("8\r\nstreamed\r\n0\r\n\r\n", server.requests.get(0).body());
      assertEquals("8", server.requests.get(1).header("content-length"));
      assertEquals("streamed", server.requests.get(1).body());
    }
  }

  @Test
  void repliesWithoutABodyDoNotWaitForOne() throws Exception {
    try (RawServer server = RawServer.replying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n")) {
      assertEquals(10, session.execute(new HttpCall("HEAD", server.url("/"))).reply().announcedLength());
      assertEquals(204, session.execute(new HttpCall("GET", server.url("/"))).reply().status());
      assertEquals(304, session.execute(new HttpCall("GET", server.url("/"))).reply().status());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void allFramingsOfABodyAreRead() throws Exception {
    try (RawServer server = RawServer.replying(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nold",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + RawServer.ok("final"))) {
      assertEquals("abcde", session.execute(new HttpCall("GET", server.url("/"))).reply().text());
      assertEquals("old", session.execute(new HttpCall("GET", server.url("/"))).reply().text());
      assertEquals("final", session.execute(new HttpCall("GET", server.url("/"))).reply().text());
      assertEquals(1, server.connections());
    }
    try (RawServer server = RawServer.closingAfter("HTTP/1.1 200\r\n\r\nuntil the end")) {
      assertEquals("until the end", session.execute(new HttpCall("GET", server.url("/"))).reply().text());
      assertEquals("until the end", session.execute(new HttpCall("GET", server.url("/"))).reply().text());
      assertEquals(2, server.connections());
    }
  }

  @Test
  void cookiesComeBackAndTheCallsOwnCookiesGoAlongOnce() throws Exception {
    try (RawServer server = RawServer.replying(
        "HTTP/1.1 200 OK\r\nSet-Cookie: sid=1; Path=/\r\nSet-Cookie: deep=2; Path=/x/y\r\nContent-Length: 0\r\n\r\n",
        RawServer.ok(""))) {
      HttpExchange first = session.execute(new HttpCall("GET", server.url("/")));
      session.execute(new HttpCall("GET", server.url("/x/y/z")).cookies("own", "3"));
      session.execute(new HttpCall("GET", server.url("/")));
      session.execute(new HttpCall("GET", server.url("/")).headers("Cookie", "mine=4"));
      assertEquals(2, first.reply().cookies().size());
      assertNull(server.requests.get(0).header("cookie"));
      assertEquals("deep=2; sid=1; own=3", server.requests.get(1).header("cookie"));
      assertEquals("sid=1", server.requests.get(2).header("cookie"));
      assertEquals("mine=4", server.requests.get(3).header("cookie"));
    }
  }

  @Test
  void credentialsInTheUrlBecomeBasicAuthorization() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok(""))) {
      String url = "http://us%40er:p%3Aw@127.0.0.1:" + server.port() + "/";
      session.execute(new HttpCall("GET", url));
      session.execute(new HttpCall("GET", url).headers("authorization", "Bearer t"));
      session.execute(new HttpCall("GET", url).ignoreUrlCredentials());
      assertEquals("Basic dXNAZXI6cDp3", server.requests.get(0).header("authorization"));
      assertEquals("Bearer t", server.requests.get(1).header("authorization"));
      assertNull(server.requests.get(2).header("authorization"));
    }
  }
}
