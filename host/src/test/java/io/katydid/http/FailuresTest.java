package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.http.Failure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way an exchange can fail, with the facts the Python exceptions are built from. */
class FailuresTest {
  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  private Failure fails(HttpCall call) {
    HttpExchange done = session.execute(call);
    assertNotNull(done.failure());
    return done.failure();
  }

  private Failure failsAfter(String reply) throws IOException {
    try (RawServer server = RawServer.closingAfter(reply)) {
      return fails(new HttpCall("GET", server.url("/x")).timeouts(5000, 5000));
    }
  }

  @Test
  void nobodyListening() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Failure failure = fails(new HttpCall("GET", "http://127.0.0.1:" + port + "/a b"));
    assertEquals(new Failure(Kind.REFUSED, "Connection refused", "http://127.0.0.1:" + port + "/a%20b", "127.0.0.1",
        port, 111, 0, -1, 0), failure);
  }

  @Test
  void noSuchName() {
    Failure failure = fails(new HttpCall("GET", "http://no-such-host.invalid/"));
    assertEquals(Kind.DNS, failure.kind());
    assertTrue(List.of(-2, -3, -5).contains(failure.errno()), failure.toString());
  }

  @Test
  void noConnectionInTime() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 100);
        } catch (IOException e) {
          break;
        }
      }
      Failure failure = fails(new HttpCall("GET", "http://127.0.0.1:" + full.getLocalPort() + "/").timeouts(300, 0));
      for (Socket socket : waiting) {
        socket.close();
      }
      assertEquals(Kind.CONNECT_TIMEOUT, failure.kind());
      assertEquals("Connection to 127.0.0.1 timed out. (connect timeout=0.3)", failure.message());
      assertEquals(300, failure.timeoutMs());
    }
  }

  /** Short limits are the waiting thread's, long ones those of the {@link SocketLoop}. */
  @ParameterizedTest
  @CsvSource({"300, 0.3", "2100, 2.1"})
  void noReplyInTime(int limitMs, String shown) throws Exception {
    try (RawServer server = new RawServer((request, out) -> true)) {
      Failure failure = fails(new HttpCall("GET", server.url("/slow")).timeouts(300, limitMs));
      assertEquals(Kind.READ_TIMEOUT, failure.kind());
      assertEquals("HTTPConnectionPool(host='127.0.0.1', port=" + server.port()
          + "): Read timed out. (read timeout=" + shown + ")", failure.message());
      assertEquals(limitMs, failure.timeoutMs());
    }
  }

  @Test
  void allThatAreOverdueEnd() throws Exception {
    try (RawServer server = new RawServer((request, out) -> true)) {
      List<Thread> users = new ArrayList<>();
      List<Kind> kinds = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 20; i++) {
        users.add(Thread.ofVirtual().start(
            () -> kinds.add(fails(new HttpCall("GET", server.url("/")).timeouts(300, 2000)).kind())));
      }
      for (Thread user : users) {
        user.join();
      }
      assertEquals(Collections.nCopies(20, Kind.READ_TIMEOUT), kinds);
    }
  }

  /** The limit is one of each read, as in Python: a reply may take longer if it keeps coming. */
  @Test
  void aReplyThatKeepsComingIsInTime() throws Exception {
    try (RawServer server = new RawServer((request, out) -> {
      for (byte b : "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII)) {
        out.write(b);
        out.flush();
        sleep(200);
      }
      out.write("Content-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
      return true;
    })) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/")).timeouts(300, 2000));
      assertNull(done.failure());
      assertEquals("ok", done.reply().text());
    }
  }

  private static void sleep(int ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 2100})
  void noEndOfTheBodyInTime(int limitMs) throws Exception {
    try (RawServer server = RawServer.replying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/")).timeouts(300, limitMs));
      assertEquals(Kind.READ_TIMEOUT_IN_BODY, done.failure().kind());
      assertEquals(3, done.failure().bytesRead());
      assertEquals(200, done.reply().status());
    }
  }

  @Test
  void bodyCutShort() throws Exception {
    Failure failure = failsAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    assertEquals(Kind.BROKEN_BODY, failure.kind());
    assertEquals("IncompleteRead(3 bytes read, 97 more expected)", failure.message());
    assertEquals(3, failure.bytesRead());
    assertEquals(97, failure.bytesMissing());
  }

  @Test
  void chunkCutShort() throws Exception {
    Failure failure = failsAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\nde");
    assertEquals(Kind.BROKEN_BODY, failure.kind());
    assertEquals("IncompleteRead(2 bytes read, 3 more expected)", failure.message());
  }

  @Test
  void chunksWithoutAnEnd() throws Exception {
    Failure failure = failsAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    assertEquals(Kind.BAD_CHUNK, failure.kind());
    assertEquals("Response ended prematurely", failure.message());
  }

  @Test
  void chunkSizeThatIsNoNumber() throws Exception {
    assertEquals(Kind.BAD_CHUNK,
        failsAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n").kind());
  }

  @ParameterizedTest
  @CsvSource({"garbage,garbage", "HTTP/1.1 abc,HTTP/1.1 abc", "HTTP/1.1 99 Low,HTTP/1.1 99 Low", "HTTP/1.1,HTTP/1.1"})
  void notHttp(String line, String message) throws Exception {
    Failure failure = failsAfter(line + "\r\n\r\n");
    assertEquals(Kind.NOT_HTTP, failure.kind());
    assertEquals(message + "\r\n", failure.message());
  }

  @Test
  void anotherVersionOfHttp() throws Exception {
    Failure failure = failsAfter("HTTP/2.0 200 OK\r\n\r\n");
    assertEquals(Kind.UNKNOWN_VERSION, failure.kind());
    assertEquals("HTTP/2.0", failure.message());
  }

  @Test
  void closedWithoutAReply() throws Exception {
    Failure failure = failsAfter("");
    assertEquals(Kind.CLOSED, failure.kind());
    assertEquals("Remote end closed connection without response", failure.message());
  }

  @Test
  void connectionReset() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> {
        try (Socket socket = listener.accept()) {
          socket.getInputStream().read();
          socket.setSoLinger(true, 0);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      Failure failure = fails(new HttpCall("GET", "http://127.0.0.1:" + listener.getLocalPort() + "/"));
      assertEquals(Kind.RESET, failure.kind());
      assertEquals(104, failure.errno());
      assertEquals("Connection reset by peer", failure.message());
    }
  }

  @Test
  void endlessHeadersAndEndlessLines() throws Exception {
    assertEquals(Kind.HEADERS_TOO_LARGE, failsAfter("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(5000) + "\r\n").kind());
    assertEquals(Kind.HEADERS_TOO_LARGE, failsAfter("HTTP/1.1 200 OK\r\nA: " + "b".repeat(70_000) + "\r\n\r\n").kind());
    assertEquals(Kind.HEADERS_TOO_LARGE, failsAfter("b".repeat(1_100_000)).kind());
  }

  @Test
  void endlessInterimReplies() throws Exception {
    assertEquals(Kind.NOT_HTTP, failsAfter("HTTP/1.1 100 Continue\r\n\r\n".repeat(200)).kind());
  }

  @Test
  void bodyLargerThanTheSessionAllows() throws Exception {
    HttpSession small = new HttpSession(SessionSettings.DEFAULTS.withMaxBodyBytes(1000));
    String until = "HTTP/1.1 200 OK\r\n\r\n";
    for (String head : List.of(until, "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")) {
      try (RawServer server = RawServer.closingAfter(head + "x".repeat(1001))) {
        assertEquals(Kind.BODY_TOO_LARGE, small.execute(new HttpCall("GET", server.url("/"))).failure().kind());
      }
    }
    try (RawServer server = RawServer.closingAfter(until + "x".repeat(1000))) {
      assertNull(small.execute(new HttpCall("GET", server.url("/"))).failure());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "/path|MISSING_SCHEMA|Invalid URL '/path': No scheme supplied. Perhaps you meant https:///path?",
      "host/it's|MISSING_SCHEMA|Invalid URL \"host/it's\": No scheme supplied. Perhaps you meant https://host/it's?",
      "ftp://h/|INVALID_SCHEMA|No connection adapters were found for 'ftp://h/'",
      "localhost:8000/a|INVALID_SCHEMA|No connection adapters were found for 'localhost:8000/a'",
      "http://|INVALID_URL|Invalid URL 'http://': No host supplied",
      "http:///a|INVALID_URL|Invalid URL 'http:///a': No host supplied",
      "http:/h|INVALID_URL|Invalid URL 'http:/h': No host supplied",
      "httpx://h/|INVALID_SCHEMA|No connection adapters were found for 'httpx://h/'",
      "http://h:99999/|INVALID_URL|Failed to parse: http://h:99999/",
      "http://h:abc/|INVALID_URL|Failed to parse: 'h:abc' is not a valid host or port",
      "http://[::1/|INVALID_URL|Failed to parse: '[::1' is not a valid host or port",
      "http://a b/|INVALID_URL|Failed to parse: Host 'a b' contains invalid character ' '",
      "http://*.x/|INVALID_URL|URL has an invalid label."})
  void urlsThatCannotBeSent(String url, Kind kind, String message) {
    Failure failure = fails(new HttpCall("GET", url));
    assertEquals(kind, failure.kind());
    assertEquals(message, failure.message());
  }

  @Test
  void headersThatWouldSmuggle() throws Exception {
    try (RawServer server = RawServer.replying(RawServer.ok(""))) {
      assertEquals(Kind.INVALID_HEADER, fails(new HttpCall("GET", server.url("/")).headers("A", "b\r\nC: d")).kind());
      assertEquals(Kind.INVALID_HEADER, fails(new HttpCall("GET", server.url("/")).headers("", "b")).kind());
      // Also behind characters that Latin-1 does not have.
      for (String value : List.of("\u65e5\r\nC: d", "\u65e5\nC: d", "\u0100\r", "a\ud83d\ude00b\nC: d")) {
        assertEquals(Kind.INVALID_HEADER, fails(new HttpCall("GET", server.url("/")).headers("A", value)).kind());
        assertEquals(Kind.INVALID_HEADER, fails(new HttpCall("GET", server.url("/")).headers(value, "b")).kind());
        assertEquals(Kind.INVALID_HEADER, fails(new HttpCall("GET", server.url("/")).cookies("a", value)).kind());
        assertEquals(Kind.INVALID_HEADER, fails(new HttpCall("GET" + value, server.url("/"))).kind());
      }
      assertTrue(server.requests.isEmpty());
    }
  }

  @Test
  void aSourceThatBreaksWhileItIsUploaded() throws Exception {
    InputStream broken = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("generator raised");
      }
    };
    try (RawServer server = RawServer.replying(RawServer.ok(""))) {
      Failure failure = fails(new HttpCall("POST", server.url("/")).body(broken, -1));
      assertEquals(Kind.SOURCE, failure.kind());
      assertEquals("generator raised", failure.message());
    }
  }

  @Test
  void aStreamedBodyCannotBeRedirectedUnlessItCanBeRewound() throws Exception {
    String go = "HTTP/1.1 307 Go\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n";
    byte[] bytes = "again".getBytes(StandardCharsets.US_ASCII);
    InputStream once = new InputStream() {
      private final InputStream in = new ByteArrayInputStream(bytes);

      @Override
      public int read() throws IOException {
        return in.read();
      }
    };
    try (RawServer server = RawServer.replying(go, RawServer.ok("done"))) {
      assertEquals(Kind.UNREWINDABLE, fails(new HttpCall("POST", server.url("/")).body(once, 5)).kind());
    }
    try (RawServer server = RawServer.replying(go, RawServer.ok("done"))) {
      HttpCall call = new HttpCall("POST", server.url("/")).body(new ByteArrayInputStream(bytes), 5);
      assertNull(session.execute(call).failure());
      assertEquals("again", server.requests.get(1).body());
    }
  }

  @Test
  void aReplyBeforeTheUploadIsCompleteCounts() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> {
        try (Socket socket = listener.accept()) {
          InputStream in = socket.getInputStream();
          in.readNBytes(1000);
          socket.getOutputStream().write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno".getBytes(
              StandardCharsets.US_ASCII));
          socket.shutdownOutput();
          in.readAllBytes();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      HttpExchange done = session.execute(
          new HttpCall("POST", "http://127.0.0.1:" + listener.getLocalPort() + "/").body(new byte[3_000_000]));
      assertEquals(413, done.reply().status());
      assertEquals("no", done.reply().text());
    }
  }
}
