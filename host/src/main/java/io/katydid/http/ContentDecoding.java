package io.katydid.http;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Undoes Content-Encoding: gzip, deflate (with and without zlib header), br, zstd, or several in a row. Stateless. */
final class ContentDecoding {
  private ContentDecoding() {}

  /**
   * Decodes a whole body.
   *
   * @param encoding value of Content-Encoding, or null; what we do not know is left as it is, as requests does
   * @throws CallFailed BAD_ENCODING or BODY_TOO_LARGE
   */
  static byte[] decode(byte[] body, String encoding, int maxBytes) throws CallFailed {
    if (encoding == null || body.length == 0 || !known(encoding)) {
      return body;
    }
    try (InputStream in = stream(new ByteArrayInputStream(body), encoding)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(body.length * 4, maxBytes));
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (out.size() + n > maxBytes) {
          throw new CallFailed(Failure.Kind.BODY_TOO_LARGE, "The decompressed body is larger than " + maxBytes
              + " bytes, the limit of this session.");
        }
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    } catch (CallFailed e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw broken(encoding, e);
    }
  }

  static boolean known(String encoding) {
    for (String token : encoding.split(",")) {
      switch (token.strip().toLowerCase(Locale.ROOT)) {
        case "gzip", "x-gzip", "deflate", "br", "zstd" -> {
          return true;
        }
        default -> { }
      }
    }
    return false;
  }

  /** Decodes while reading. Decoder errors leave as they are; {@link #broken} words them. */
  static InputStream stream(InputStream body, String encoding) throws IOException {
    String[] tokens = encoding.split(",");
    InputStream in = body;
    for (int i = tokens.length - 1; i >= 0; i--) {
      in = switch (tokens[i].strip().toLowerCase(Locale.ROOT)) {
        case "gzip", "x-gzip" -> new GZIPInputStream(in, 8192);
        case "deflate" -> inflate(in);
        case "br" -> new BrotliInputStream(in);
        case "zstd" -> new ZstdInputStream(in);
        default -> in;
      };
    }
    return in;
  }

  static CallFailed broken(String encoding, Exception e) {
    return new CallFailed(Failure.Kind.BAD_ENCODING, "Received response with content-encoding: " + encoding
        + ", but failed to decode it. (" + e.getMessage() + ")");
  }

  private static InputStream inflate(InputStream body) throws IOException {
    PushbackInputStream in = new PushbackInputStream(body, 2);
    int first = in.read();
    int second = in.read();
    if (second >= 0) {
      in.unread(second);
    }
    if (first >= 0) {
      in.unread(first);
    }
    boolean zlib = (first & 0x0f) == 8 && second >= 0 && (first << 8 | second) % 31 == 0;
    return new OwnedInflater(in, new Inflater(!zlib));
  }

  /** An inflater stream that frees its native memory when it is closed. */
  private static final class OwnedInflater extends InflaterInputStream {
    OwnedInflater(InputStream in, Inflater inflater) {
      super(in, inflater, 8192);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        inf.end();
      }
    }
  }
}
