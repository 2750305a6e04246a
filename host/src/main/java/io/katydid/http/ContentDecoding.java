package io.katydid.http;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.brotli.dec.BrotliInputStream;

/** Undoes Content-Encoding: gzip, deflate (with and without zlib header), br, zstd, or several in a row. Stateless. */
final class ContentDecoding {
  private static final int SMALLEST_BUFFER_BYTES = 512;
  /** As urllib3 has it. Each one has its own memory. */
  private static final int MOST_IN_A_ROW = 5;

  private ContentDecoding() {}

  /**
   * Decodes a whole body.
   *
   * @param encoding value of Content-Encoding, or null; what we do not know is left as it is, as requests does
   * @throws CallFailed BAD_ENCODING or BODY_TOO_LARGE
   */
  static byte[] decode(byte[] body, String encoding, BodyLimit limit, ClientRules rules) throws CallFailed {
    if (encoding == null || body.length == 0 && rules == ClientRules.REQUESTS || !known(encoding)) {
      return body;
    }
    try (InputStream in = stream(new ByteArrayInputStream(body), encoding, rules)) {
      return readAll(in, (int) Math.min(body.length * 4L, LargeBody.FROM_BYTES), limit);
    } catch (CallFailed e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw broken(encoding, e);
    }
  }

  /**
   * Reads to the end.
   *
   * @param expected a first guess of how much that is
   * @throws CallFailed BODY_TOO_LARGE
   */
  static byte[] readAll(InputStream in, int expected, BodyLimit limit) throws IOException {
    byte[] buffer = new byte[Math.max(expected, SMALLEST_BUFFER_BYTES)];
    int size = 0;
    while (true) {
      int n = in.read(buffer, size, buffer.length - size);
      if (n < 0) {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
      }
      size += n;
      if (size > limit.maxBytes()) {
        throw LargeBody.tooLarge(limit.maxBytes());
      } else if (size == buffer.length && size >= LargeBody.FROM_BYTES) {
        try (LargeBody all = new LargeBody(limit)) {
          all.begin(buffer, size);
          all.readAll(in);
          return all.toArray();
        }
      } else if (size == buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(size * 2, LargeBody.FROM_BYTES));
      }
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
  static InputStream stream(InputStream body, String encoding, ClientRules rules) throws IOException {
    String[] tokens = encoding.split(",");
    if (tokens.length > MOST_IN_A_ROW) {
      throw new IOException("Too many content encodings in the chain: " + tokens.length + " > " + MOST_IN_A_ROW);
    }
    if (rules == ClientRules.GEVENT) {
      return decoders(body, tokens);
    }
    try {
      return new CutAllowed(decoders(body, tokens));
    } catch (EOFException e) {
      return InputStream.nullInputStream();
    }
  }

  /** What has been compressed by zlib may end anywhere, for requests: what there is of it counts. */
  private static final class CutAllowed extends FilterInputStream {
    CutAllowed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int from, int n) throws IOException {
      try {
        return super.read(target, from, n);
      } catch (EOFException e) {
        return -1;
      }
    }
  }

  private static InputStream decoders(InputStream body, String[] tokens) throws IOException {
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
        + ", but failed to decode it. (" + words(e) + ")");
  }

  /** As Python's zlib says it, where it is zlib's. */
  private static String words(Exception e) {
    String text = String.valueOf(e.getMessage());
    if (e instanceof EOFException) {
      return "Error -5 while decompressing data: incomplete or truncated stream";
    } else if (!(e instanceof ZipException)) {
      return text;
    }
    return "Error -3 while decompressing data: " + switch (text) {
      case "Not in GZIP format" -> "incorrect header check";
      case "Unsupported compression method" -> "unknown compression method";
      case "Corrupt GZIP trailer", "Corrupt GZIP header" -> "incorrect data check";
      default -> text;
    };
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
