package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.katydid.http.Failure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies whose framing is wrong: what HttpUser's client (requests) and FastHttpUser's (geventhttpclient) say about them. */
class WrongRepliesTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static HttpExchange exchange(ClientRules rules, String reply) throws IOException {
    HttpSession session = new HttpSession(SessionSettings.DEFAULTS.withRules(rules));
    try (RawServer server = RawServer.closingAfter(reply)) {
      return session.execute(new HttpCall("GET", server.url("/")).timeouts(5000, 5000));
    }
  }

  private static String outcome(ClientRules rules, String reply) throws IOException {
    HttpExchange done = exchange(rules, reply);
    Failure failure = done.failure();
    return failure == null ? done.reply().status() + " " + done.reply().text()
        : failure.kind() + " " + failure.message() + (failure.errno() == 0 ? "" : " " + failure.errno());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "3#Content-Length: 5|BAD_REPLY_HEADER Content-Length contained multiple unmatching values (3, 5)"
          + "|BAD_REPLY_HEADER Duplicate Content-Length 4",
      "3, 5|BAD_REPLY_HEADER Content-Length contained multiple unmatching values (3, 5)"
          + "|BAD_REPLY_HEADER Duplicate Content-Length 4",
      "3, 3|200 abc|BAD_REPLY_HEADER Invalid character in Content-Length 11",
      "+3|200 abc|BAD_REPLY_HEADER Invalid character in Content-Length 11",
      "-5|200 abc|BAD_REPLY_HEADER Invalid character in Content-Length 11",
      "3abc|200 abc|BAD_REPLY_HEADER Invalid character in Content-Length 11",
      "x|200 abc|BAD_REPLY_HEADER Invalid character in Content-Length 11",
      "3#Transfer-Encoding: identity|200 abc|200 abc",
      "0000000000000000000003|200 abc|BAD_REPLY_HEADER Content-Length overflow 11"})
  void lengthsThatAreNoNumberOrNotOne(String lengths, String requests, String gevent) throws Exception {
    String reply = "HTTP/1.1 200 OK\r\nContent-Length: " + lengths.replace("#", "\r\n") + "\r\n\r\nabc";
    assertEquals(requests, outcome(ClientRules.REQUESTS, reply));
    assertEquals(gevent, outcome(ClientRules.GEVENT, reply));
  }

  @Test
  void aLengthOfTwentyDigitsIsNoReplyThatIsComplete() throws Exception {
    String reply = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc";
    assertEquals(Kind.BODY_TOO_LARGE, exchange(ClientRules.REQUESTS, reply).failure().kind());
    assertEquals("BAD_REPLY_HEADER Content-Length overflow 11", outcome(ClientRules.GEVENT, reply));
  }

  @Test
  void aLengthBesideChunksIsIgnoredByOneAndRefusedByTheOther() throws Exception {
    String reply = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n";
    assertEquals("200 abcde", outcome(ClientRules.REQUESTS, reply));
    assertEquals("BAD_REPLY_HEADER Transfer-Encoding can't be present with Content-Length 15",
        outcome(ClientRules.GEVENT, reply));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
      "3|200 abc|200 abc",
      "zz|BAD_CHUNK InvalidChunkLength(got length b'zz\\r\\n', 0 bytes read)|BAD_CHUNK Invalid character in chunk size 12",
      "-5|BAD_CHUNK InvalidChunkLength(got length b'-5\\r\\n', 0 bytes read)|BAD_CHUNK Invalid character in chunk size 12",
      "4|BAD_CHUNK InvalidChunkLength(got length b'\\r\\n', 0 bytes read)|BAD_CHUNK Missing expected CR after chunk data 25",
      "2|BAD_CHUNK InvalidChunkLength(got length b'\\n', 0 bytes read)|BAD_CHUNK Missing expected CR after chunk data 25",
      "+3|200 abc|BAD_CHUNK Invalid character in chunk size 12",
      "0x3|200 abc|BAD_CHUNK Invalid character in chunk size 12",
      " 3 |200 abc|BAD_CHUNK Invalid character in chunk size 12",
      "3;a=b|200 abc|200 abc",
      "10000000000000003|BROKEN_BODY IncompleteRead(10 bytes read, 10230 more expected)|BAD_CHUNK Chunk size overflow 12"})
  void chunksThatAreNotAsLongAsTheySay(String size, String requests, String gevent) throws Exception {
    String reply = CHUNKED + size + "\r\nabc\r\n0\r\n\r\n";
    assertEquals(requests, outcome(ClientRules.REQUESTS, reply));
    assertEquals(gevent, outcome(ClientRules.GEVENT, reply));
  }

  @Test
  void aBodyThatEndsInAChunkIsCountedFromThePieceThatWasBeingRead() throws Exception {
    assertEquals("BROKEN_BODY IncompleteRead(3 bytes read, 6 more expected)",
        outcome(ClientRules.REQUESTS, CHUNKED + "7\r\npartial\r\n9\r\nhal"));
    assertEquals("BROKEN_BODY IncompleteRead(1 bytes read, 10239 more expected)",
        outcome(ClientRules.REQUESTS, CHUNKED + "8000\r\n" + "x".repeat(10 * 1024 + 1)));
    assertEquals("BAD_CHUNK Response ended prematurely", outcome(ClientRules.REQUESTS, CHUNKED + "3\r\nabc\r\n"));
    assertEquals("BROKEN_BODY IncompleteRead(0 bytes read, 2 more expected)",
        outcome(ClientRules.REQUESTS, CHUNKED + "3\r\nabc"));
  }

  @Test
  void whatHasComeOfABrokenBodyIsThere() throws Exception {
    assertEquals("partialhal",
        exchange(ClientRules.GEVENT, CHUNKED + "7\r\npartial\r\n9\r\nhal").reply().text());
    HttpExchange cut = exchange(ClientRules.GEVENT, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal");
    assertEquals("hal", cut.reply().text());
    assertEquals(Kind.BROKEN_BODY, cut.failure().kind());
  }

  @Test
  void aBodyThatStallsOrIsResetIsToldApartFromAReplyThatDoes() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CountDownLatch over = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> {
        byte[] part = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal".getBytes(StandardCharsets.US_ASCII);
        try (Socket stalls = listener.accept()) {
          stalls.getInputStream().read(new byte[4096]);
          stalls.getOutputStream().write(part);
          try (Socket resets = listener.accept()) {
            resets.getInputStream().read(new byte[4096]);
            resets.getOutputStream().write(part);
            over.await();
            resets.setSoLinger(true, 0);
          }
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      HttpSession session = new HttpSession(SessionSettings.DEFAULTS);
      String url = "http://127.0.0.1:" + listener.getLocalPort() + "/";
      Failure stalled = session.execute(new HttpCall("GET", url).timeouts(5000, 200)).failure();
      assertEquals(Kind.READ_TIMEOUT_IN_BODY, stalled.kind());
      assertEquals("HTTPConnectionPool(host='127.0.0.1', port=" + listener.getLocalPort() + "): Read timed out.",
          stalled.message());
      HttpExchange streamed = session.execute(new HttpCall("GET", url).stream(true));
      assertEquals(3, streamed.read(3).length);
      over.countDown();
      assertNull(streamed.read(3));
      assertEquals(Kind.RESET_IN_BODY, streamed.failure().kind());
      assertEquals(104, streamed.failure().errno());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
      "no colon#|Invalid header token 10",
      ": no name#|Invalid header token 10",
      " folded: x#|Unexpected space after start line 30",
      "X-A : b#|Invalid header field char 10",
      "X-A: b@c#|Invalid header value char 10",
      "Location: /ok~X-Evil: 1#|Missing expected LF after header value 3"})
  void headersThatOnlyGeventhttpclientRefuses(String line, String gevent) throws Exception {
    String reply = "HTTP/1.1 200 OK\r\n" + line.replace('@', (char) 1).replace('~', '\r').replace("#", "\r\n")
        + "Content-Length: 2\r\n\r\nok";
    // Twice: what one client has taken is no reason for the other.
    for (int i = 0; i < 2; i++) {
      assertEquals("200 ok", outcome(ClientRules.REQUESTS, reply));
      assertEquals("BAD_REPLY_HEADER " + gevent, outcome(ClientRules.GEVENT, reply));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "SSH-2.0|NOT_HTTP SSH-2.0#|NOT_HTTP Expected HTTP/, RTSP/ or ICE/ 8",
      "HTTP/1.1|NOT_HTTP HTTP/1.1#|NOT_HTTP Expected space after version 9",
      "HTTP/1.1 abc OK|NOT_HTTP HTTP/1.1 abc OK#|NOT_HTTP Invalid status code 13",
      "HTTP/1.1 99999 OK|NOT_HTTP HTTP/1.1 99999 OK#|NOT_HTTP Invalid response status 13",
      "HTTP/9.9 200 OK|UNKNOWN_VERSION HTTP/9.9|NOT_HTTP Invalid HTTP version 9",
      "HTTP/2 200|UNKNOWN_VERSION HTTP/2|NOT_HTTP Expected dot 9",
      "HTTP/2|NOT_HTTP HTTP/2#|NOT_HTTP Expected dot 9"})
  void firstLinesThatAreNotHttp(String line, String requests, String gevent) throws Exception {
    assertEquals(requests.replace("#", "\r\n"), outcome(ClientRules.REQUESTS, line + "\r\n\r\n"));
    assertEquals(gevent, outcome(ClientRules.GEVENT, line + "\r\n\r\n"));
  }

  /** http.client takes what there is of a head for all of it, llhttp does not. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nX-A", "HTTP/1.1 200 OK\r\nX-A: b\r\n"})
  void aHeadThatEndsWithItsConnection(String part) throws Exception {
    assertEquals("200 ", outcome(ClientRules.REQUESTS, part));
    assertEquals("NOT_HTTP Invalid EOF state 14", outcome(ClientRules.GEVENT, part));
  }

  /** The head ends at its empty line, also where lines end with LF alone; two CR LF in the body are not its end. */
  @Test
  void aHeadWithBareLineFeedsTakesNothingOfTheBody() throws Exception {
    HttpSession session = new HttpSession(SessionSettings.DEFAULTS);
    String reply = "HTTP/1.1 200 OK\nContent-Length: 10\n\na\r\n\r\nbcdef";
    try (RawServer server = RawServer.replying(reply)) {
      for (int i = 0; i < 4; i++) {
        HttpExchange done = session.execute(new HttpCall("GET", server.url("/")).timeouts(5000, 5000));
        assertNull(done.failure());
        assertEquals("a\r\n\r\nbcdef", done.reply().text());
      }
      assertEquals(1, server.connections());
    }
  }

  @Test
  void geventhttpclientHasNoLimitForALine() throws Exception {
    String reply = "HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(70_000) + "\r\nContent-Length: 2\r\n\r\nok";
    assertEquals("200 ok", outcome(ClientRules.GEVENT, reply));
    assertEquals("HEADERS_TOO_LARGE got more than 65536 bytes when reading header line",
        outcome(ClientRules.REQUESTS, reply));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "http://[::bad/x|REDIRECT_URL Invalid IPv6 URL",
      "ftp://127.0.0.1/x|REDIRECT_SCHEMA No connection adapters were found for 'ftp://127.0.0.1/x'",
      "http://|TOO_MANY_REDIRECTS Exceeded 30 redirects.",
      "//|TOO_MANY_REDIRECTS Exceeded 30 redirects."})
  void redirectsToWhatIsNoUrl(String location, String outcome) throws Exception {
    HttpSession session = new HttpSession(SessionSettings.DEFAULTS);
    try (RawServer server = RawServer.replying("HTTP/1.1 302 Go\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n")) {
      Failure failure = session.execute(new HttpCall("GET", server.url("/"))).failure();
      assertEquals(outcome, failure.kind() + " " + failure.message());
      Failure unfollowed = session.execute(new HttpCall("GET", server.url("/")).redirects(false, 30)).failure();
      assertEquals(outcome.startsWith("REDIRECT_URL") ? Kind.REDIRECT_URL : null, unfollowed == null ? null : unfollowed.kind());
    }
  }
}
