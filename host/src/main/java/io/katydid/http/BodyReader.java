package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hc.core5.http.ContentLengthStrategy;

/**
 * Reads one body off its connection and knows, if that breaks, how much had come and what broke. Belongs to the thread
 * that holds the connection.
 */
final class BodyReader extends InputStream {
  private static final byte[] EMPTY = {};
  private static final int FIRST_BUFFER_BYTES = 8 * 1024;
  private static final int MAX_TRUSTED_LENGTH_BYTES = 4 * 1024 * 1024;

  private final HttpConnection connection;
  private final RawReply reply;
  private final long length;
  private final int maxBytes;
  private InputStream framed;
  private long bytesRead;
  private IOException broken;

  BodyReader(HttpConnection connection, RawReply reply, int maxBytes) {
    this.connection = connection;
    this.reply = reply;
    this.length = connection.bodyLength(reply);
    this.maxBytes = maxBytes;
  }

  /** The whole body, still compressed. */
  byte[] readAll() throws IOException {
    if (length == 0) {
      return EMPTY;
    } else if (length > maxBytes) {
      throw tooLarge();
    }
    byte[] buffer = new byte[length > 0 ? (int) Math.min(length, MAX_TRUSTED_LENGTH_BYTES) : FIRST_BUFFER_BYTES];
    int size = 0;
    while (length < 0 || size < length) {
      if (size == buffer.length) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, length > 0 ? length : maxBytes + 1L));
      }
      int n = read(buffer, size, buffer.length - size);
      if (n < 0) {
        break;
      }
      size += n;
      if (size > maxBytes) {
        throw tooLarge();
      }
    }
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  private CallFailed tooLarge() {
    return new CallFailed(Failure.Kind.BODY_TOO_LARGE,
        "The body is larger than " + maxBytes + " bytes, the limit of this session.");
  }

  @Override
  public int read(byte[] target, int from, int n) throws IOException {
    if (length == 0) {
      return -1;
    }
    try {
      if (framed == null) {
        framed = connection.body(reply);
      }
      int got = framed.read(target, from, n);
      bytesRead += Math.max(got, 0);
      return got;
    } catch (IOException e) {
      broken = e;
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Reads what a decoder has left, so that the connection can be used again. */
  void drain() throws IOException {
    byte[] rest = new byte[FIRST_BUFFER_BYTES];
    while (read(rest, 0, rest.length) >= 0) {
      // Only the position matters.
    }
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Bytes that were announced and have not come, or -1 if no length was announced. */
  long bytesMissing() {
    return length >= 0 ? length - bytesRead : -1;
  }

  boolean chunked() {
    return length == ContentLengthStrategy.CHUNKED;
  }

  /** The error of the network that ended the body, or null. */
  IOException broken() {
    return broken;
  }
}
