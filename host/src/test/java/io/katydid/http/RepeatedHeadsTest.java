package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads like the one before, of requests and of replies, are not put together or parsed anew: nobody may notice. */
class RepeatedHeadsTest {
  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  private HttpExchange get(RawServer server, String... headers) {
    HttpExchange done = session.execute(new HttpCall("GET", server.url("/")).headers(headers));
    assertNull(done.failure());
    return done;
  }

  private static String head(String date, int length) {
    return "HTTP/1.1 200 Fine\r\nDate: " + date + "\r\nSet-Cookie: at=" + date + "\r\nContent-Length: " + length + "\r\n\r\n";
  }

  @Test
  void repliesAreTheirOwn() throws Exception {
    String[] replies = {head("1", 1) + "a", head("1", 1) + "b", head("2", 1) + "c", head("1", 2) + "dd", head("1", 2) + "ee",
        "HTTP/1.1 404 Fine\r\nContent-Length: 1\r\n\r\nf", head("1", 2) + "gg"};
    try (RawServer server = RawServer.replying(replies)) {
      for (String expected : replies) {
        HttpReply reply = get(server).reply();
        int end = expected.indexOf("\r\n\r\n");
        List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + reply.status() + " " + reply.reason()));
        for (int i = 0; i < reply.headers().length; i += 2) {
          lines.add(reply.headers()[i] + ": " + reply.headers()[i + 1]);
        }
        assertEquals(expected.substring(0, end), String.join("\r\n", lines));
        assertEquals(expected.substring(end + 4), reply.text());
      }
      assertEquals(1, server.connections());
    }
  }

  /** Users need not understand, nor keep, one by one what a server sends to all of them. */
  @Test
  void connectionsShareHeads() throws Exception {
    try (SocketLoop loop = new SocketLoop(); RawServer server = RawServer.replying(head("1", 1) + "a", head("1", 1) + "b")) {
      HttpSession one = new HttpSession(SessionSettings.DEFAULTS, new TlsContexts(), loop);
      HttpSession other = new HttpSession(SessionSettings.DEFAULTS, new TlsContexts(), loop);
      HttpReply first = one.execute(new HttpCall("GET", server.url("/"))).reply();
      HttpReply second = other.execute(new HttpCall("GET", server.url("/"))).reply();
      assertEquals(2, server.connections());
      assertEquals("ab", first.text() + second.text());
      assertSame(first.headers(), second.headers());
    }
  }

  /** Different in one line, and too long to be kept as a whole. */
  @Test
  void linesAreSharedToo() throws Exception {
    String same = "Long: " + "x".repeat(2000);
    String[] replies = {"a", "b", "a", "a"};
    for (int i = 0; i < replies.length; i++) {
      replies[i] = "HTTP/1.1 200 Fine\r\n" + same + "\r\nOther: " + replies[i] + "\r\nContent-Length: 0\r\n\r\n";
    }
    try (RawServer server = RawServer.replying(replies)) {
      List<String[]> headers = new ArrayList<>();
      for (int i = 0; i < replies.length; i++) {
        headers.add(get(server).reply().headers());
      }
      assertEquals(List.of("a", "b", "a", "a"), headers.stream().map(lines -> lines[3]).toList());
      assertSame(headers.get(0)[1], headers.get(1)[1]);
      assertSame(headers.get(2), headers.get(3));
    }
  }

  @Test
  void aCookieOfARepeatedHeadIsSetAgain() throws Exception {
    try (RawServer server = RawServer.replying(head("1", 0))) {
      get(server);
      session.cookies().clear();
      get(server);
      assertEquals("1", session.cookies().list().getFirst().value());
      get(server);
      session.cookies().clear();
      get(server);
      assertEquals(Arrays.asList(null, null, "at=1", null),
          server.requests.stream().map(request -> request.header("Cookie")).toList());
    }
  }

  @Test
  void everyServerIsAskedByItsName() throws Exception {
    try (RawServer one = RawServer.replying(RawServer.ok("one")); RawServer two = RawServer.replying(RawServer.ok("two"))) {
      String[] headers = {"A", "1"};
      for (RawServer server : List.of(one, two, one, one, two)) {
        get(server, headers);
      }
      String secret = one.url("/").replace("//", "//user:secret@");
      session.execute(new HttpCall("GET", secret).headers(headers));
      get(one, headers);
      assertEquals(List.of("127.0.0.1:" + two.port(), "127.0.0.1:" + two.port()),
          two.requests.stream().map(request -> request.header("Host")).toList());
      assertEquals(Arrays.asList(null, null, null, "Basic dXNlcjpzZWNyZXQ=", null),
          one.requests.stream().map(request -> request.header("Authorization")).toList());
    }
  }

  /** The same reply in one piece, then cut at each of its bytes. */
  @Test
  void aRepeatedHeadMayComeInPieces() throws Exception {
    byte[] reply = (head("1", 3) + "abc").getBytes(StandardCharsets.ISO_8859_1);
    try (RawServer server = new RawServer((request, out) -> {
      out.write(reply, 0, request.number());
      out.flush();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      out.write(reply, request.number(), reply.length - request.number());
      return true;
    })) {
      for (int i = 0; i <= reply.length; i++) {
        HttpReply answer = get(server).reply();
        assertEquals("Fine", answer.reason());
        assertEquals("abc", answer.text());
      }
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aRepeatedHeadMayEndTheConnection() throws Exception {
    String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = new RawServer((request, out) -> {
      out.write(last.getBytes(StandardCharsets.ISO_8859_1));
      return true;
    })) {
      get(server);
      get(server);
      assertEquals(2, server.connections());
    }
  }

  @Test
  void aConnectionThatEndsAfterARepeatedHeadHasFailed() throws Exception {
    try (RawServer server = new RawServer((request, out) -> {
      out.write((head("1", 3) + (request.number() < 2 ? "abc" : "a")).getBytes(StandardCharsets.ISO_8859_1));
      return request.number() < 2;
    })) {
      get(server);
      get(server);
      HttpExchange cut = session.execute(new HttpCall("GET", server.url("/")));
      assertEquals("IncompleteRead(1 bytes read, 2 more expected)", cut.failure().message());
    }
  }

  /** More different heads than are hoped for, then the same again: kept from time to time only. */
  @ParameterizedTest
  @ValueSource(ints = {5, 50, 500})
  void aHeadIsRepeatedAfterManyThatWereNot(int different) throws Exception {
    try (RawServer server = new RawServer((request, out) -> {
      String date = String.valueOf(Math.min(request.number(), different));
      out.write((head(date, date.length()) + date).getBytes(StandardCharsets.ISO_8859_1));
      return true;
    })) {
      for (int i = 0; i < different + 200; i++) {
        assertEquals(String.valueOf(Math.min(i, different)), get(server).reply().text());
      }
    }
  }

  @Test
  void requestsAreTheirOwn() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok("x"))) {
      String[] headers = {"A", "1"};
      get(server, headers);
      get(server, headers);
      get(server, "A", "2");
      get(server, "A", "2", "B", "3");
      session.execute(new HttpCall("HEAD", server.url("/")).headers(headers));
      session.execute(new HttpCall("GET", server.url("/else")).headers(headers));
      session.execute(new HttpCall("GET", server.url("/else")).headers(headers).body("body"));
      session.execute(new HttpCall("GET", server.url("/else")).headers(headers).body("else"));
      session.execute(new HttpCall("GET", server.url("/else")).headers(headers));
      session.execute(new HttpCall("GET", server.url("/else")).headers("Connection", "close"));
      session.execute(new HttpCall("GET", server.url("/else")).headers(headers));
      String host = "Host: 127.0.0.1:" + server.port() + "\r\n";
      assertArrayEquals(new String[] {
          "GET / HTTP/1.1\r\n" + host + "A: 1\r\n\r\n",
          "GET / HTTP/1.1\r\n" + host + "A: 1\r\n\r\n",
          "GET / HTTP/1.1\r\n" + host + "A: 2\r\n\r\n",
          "GET / HTTP/1.1\r\n" + host + "A: 2\r\nB: 3\r\n\r\n",
          "HEAD / HTTP/1.1\r\n" + host + "A: 1\r\n\r\n",
          "GET /else HTTP/1.1\r\n" + host + "A: 1\r\n\r\n",
          "GET /else HTTP/1.1\r\n" + host + "A: 1\r\nContent-Length: 4\r\n\r\nbody",
          "GET /else HTTP/1.1\r\n" + host + "A: 1\r\nContent-Length: 4\r\n\r\nelse",
          "GET /else HTTP/1.1\r\n" + host + "A: 1\r\n\r\n",
          "GET /else HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n",
          "GET /else HTTP/1.1\r\n" + host + "A: 1\r\n\r\n",
      }, server.requests.stream().map(RawServer.Request::text).toArray());
    }
  }

  @Test
  void aRequestThatWasRefusedLeavesNothingForTheNext() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok("x"))) {
      String[] headers = {"A", "1"};
      get(server, headers);
      HttpExchange refused = session.execute(new HttpCall("GET", server.url("/")).headers("A", "1\r\nB: 2"));
      assertFalse(refused.failure() == null);
      get(server, headers);
      assertEquals(server.requests.get(0).text(), server.requests.get(1).text());
    }
  }
}
