package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void aBodyThatSwellsBeyondTheLimitIsAFailure() throws Exception {
    try (RawServer server = serving("gzip", packed("gzip", "0".repeat(5_000_000)))) {
      assertEquals(Failure.Kind.BODY_TOO_LARGE,
          session.execute(new HttpCall("GET", server.url("/"))).failure().kind());
    }
  }
}
