package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bodies arrive decompressed; broken ones are failures. */
class EncodedBodiesTest {
  /** "hello brotli hello brotli" as the reference encoder writes it. */
  private static final String BROTLI = "GxgA+B2pU5+7cC1WhiYnQdjoki3tLYKKBpYZvwA=";
  private static final String TEXT = "the quick brown fox ".repeat(500);

  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS.withMaxBodyBytes(100_000));

  private interface Wrap {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(String text, Wrap wrap) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = wrap.around(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] packed(String encoding, String text) throws IOException {
    return switch (encoding) {
      case "gzip" -> packed(text, GZIPOutputStream::new);
      case "deflate" -> packed(text, DeflaterOutputStream::new);
      case "raw deflate" -> packed(text, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
      case "zstd" -> packed(text, ZstdOutputStream::new);
      default -> throw new IllegalArgumentException(encoding);
    };
  }

  private static RawServer serving(String encoding, byte[] body) throws IOException {
    return new RawServer((request, out) -> {
      out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      return true;
    });
  }

  @ParameterizedTest
  @CsvSource({"gzip,gzip", "gzip,X-GZIP", "deflate,deflate", "raw deflate,deflate", "zstd,zstd"})
  void bodiesAreDecompressedWholeAndStreamed(String form, String header) throws Exception {
    byte[] body = packed(form, TEXT);
    try (RawServer server = serving(header, body)) {
      HttpExchange whole = session.execute(new HttpCall("GET", server.url("/")));
      assertNull(whole.failure());
      assertEquals(TEXT, whole.reply().text());
      assertEquals(TEXT.length(), whole.reply().body().length);
      assertEquals(body.length, whole.reply().rawLength());
      HttpExchange streamed = session.execute(new HttpCall("GET", server.url("/")).stream(true));
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      for (byte[] part = streamed.read(1000); part.length > 0; part = streamed.read(1000)) {
        read.writeBytes(part);
      }
      assertEquals(TEXT, read.toString(StandardCharsets.UTF_8));
      session.execute(new HttpCall("GET", server.url("/")));
      assertEquals(1, server.connections());
    }
  }

  @Test
  void brotliIsDecompressed() throws Exception {
    try (RawServer server = serving("br", Base64.getDecoder().decode(BROTLI))) {
      assertEquals("hello brotli hello brotli",
          session.execute(new HttpCall("GET", server.url("/"))).reply().text());
    }
  }

  @Test
  void encodingsInARowAreUndoneInReverse() throws Exception {
    byte[] inner = packed("deflate", TEXT);
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(outer)) {
      out.write(inner);
    }
    try (RawServer server = serving("deflate, gzip", outer.toByteArray())) {
      assertEquals(TEXT, session.execute(new HttpCall("GET", server.url("/"))).reply().text());
    }
  }

  @Test
  void unknownEncodingsAndEmptyBodiesAreLeftAlone() throws Exception {
    try (RawServer server = serving("identity", "plain".getBytes(StandardCharsets.US_ASCII))) {
      assertEquals("plain", session.execute(new HttpCall("GET", server.url("/"))).reply().text());
    }
    try (RawServer server = serving("gzip", new byte[0])) {
      assertNull(session.execute(new HttpCall("GET", server.url("/"))).failure());
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip", "deflate", "br", "zstd"})
  void corruptBodiesAreFailures(String encoding) throws Exception {
    try (RawServer server = serving(encoding, "this is not compressed".getBytes(StandardCharsets.US_ASCII))) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/")));
      assertEquals(Failure.Kind.BAD_ENCODING, done.failure().kind());
      assertEquals("Received response with content-encoding: " + encoding + ", but failed to decode it.",
          done.failure().message().replaceFirst(" \\(.*", ""));
      HttpExchange streamed = session.execute(new HttpCall("GET", server.url("/")).stream(true));
      assertNull(streamed.read(10));
      assertEquals(Failure.Kind.BAD_ENCODING, streamed.failure().kind());
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip", "deflate", "zstd"})
  void aBodyThatSwellsBeyondTheLimitIsAFailureThatSaysWhatToDo(String encoding) throws Exception {
    byte[] body = packed(encoding, "0".repeat(5_000_000));
    try (RawServer server = serving(encoding, body)) {
      Failure failure = session.execute(new HttpCall("GET", server.url("/"))).failure();
      assertEquals(Failure.Kind.BODY_TOO_LARGE, failure.kind());
      assertEquals("The body is larger than 100000 bytes, the limit that --max-response-mb sets.", failure.message());
      assertEquals(body.length, failure.bytesRead());
      HttpExchange streamed = session.execute(new HttpCall("GET", server.url("/")).stream(true));
      assertNull(streamed.readRest());
      assertEquals(Failure.Kind.BODY_TOO_LARGE, streamed.failure().kind());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 1_048_576, 1_048_577, 5_000_000})
  void largeBodiesAreWhole(int size) throws Exception {
    HttpSession large = new HttpSession(SessionSettings.DEFAULTS);
    String text = "0123456789abcdef".repeat(size / 16 + 1).substring(0, size);
    byte[] body = packed("gzip", text);
    try (RawServer server = serving("gzip", body);
        RawServer plain = RawServer.replying(RawServer.ok(text));
        RawServer closing = RawServer.closingAfter("HTTP/1.1 200 OK\r\n\r\n" + text)) {
      for (RawServer one : new RawServer[] {server, plain, closing}) {
        assertEquals(text, large.execute(new HttpCall("GET", one.url("/"))).reply().text());
        HttpExchange streamed = large.execute(new HttpCall("GET", one.url("/")).stream(true));
        assertEquals(text, new String(streamed.readRest(), StandardCharsets.US_ASCII));
        assertEquals(0, streamed.readRest().length);
      }
    }
  }

  @Test
  void largeBodiesTogetherTakeNoMoreThanTheirShare() throws Exception {
    BodyMemory memory = new BodyMemory(5 * LargeBody.FROM_BYTES);
    BodyLimit limit = new BodyLimit(100 * LargeBody.FROM_BYTES, memory);
    byte[] small = packed("gzip", "0".repeat(2 * LargeBody.FROM_BYTES));
    byte[] bomb = packed("gzip", "0".repeat(50 * LargeBody.FROM_BYTES));
    for (int i = 0; i < 3; i++) {
      CallFailed failed =
          assertThrows(CallFailed.class, () -> ContentDecoding.decode(bomb, "gzip", limit, ClientRules.REQUESTS));
      assertEquals(Failure.Kind.BODY_TOO_LARGE, failed.kind);
      assertEquals("The bodies that are being read take more memory than there is for them, 5 MB, a quarter of the heap.",
          failed.getMessage());
      assertEquals(2 * LargeBody.FROM_BYTES,
          ContentDecoding.decode(small, "gzip", limit, ClientRules.REQUESTS).length);
    }
    assertTrue(memory.take(memory.most()));
  }

  @Test
  void noMoreEncodingsInARowThanUrllib3Undoes() throws Exception {
    try (RawServer server = serving("gzip,".repeat(5000) + "gzip", packed("gzip", TEXT))) {
      Failure failure = session.execute(new HttpCall("GET", server.url("/"))).failure();
      assertEquals(Failure.Kind.BAD_ENCODING, failure.kind());
      assertTrue(failure.message().endsWith("(Too many content encodings in the chain: 5001 > 5)"));
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip", "deflate"})
  void aBodyThatZlibHasNotEndedCountsForRequestsAlone(String encoding) throws Exception {
    byte[] whole = packed(encoding, TEXT);
    try (RawServer server = serving(encoding, Arrays.copyOf(whole, whole.length - 12))) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/")));
      assertNull(done.failure());
      assertTrue(TEXT.startsWith(done.reply().text()));
      HttpSession fast = new HttpSession(SessionSettings.DEFAULTS.withRules(ClientRules.GEVENT));
      assertEquals("Received response with content-encoding: " + encoding
          + ", but failed to decode it. (Error -5 while decompressing data: incomplete or truncated stream)",
          fast.execute(new HttpCall("GET", server.url("/"))).failure().message());
    }
  }

  @Test
  void whatIsNotCompressedIsToldInZlibsWords() throws Exception {
    try (RawServer server = serving("gzip", "plain".getBytes(StandardCharsets.US_ASCII))) {
      assertEquals("Received response with content-encoding: gzip, but failed to decode it. (Error -3 while decompressing"
          + " data: incorrect header check)", session.execute(new HttpCall("GET", server.url("/"))).failure().message());
    }
  }
}
