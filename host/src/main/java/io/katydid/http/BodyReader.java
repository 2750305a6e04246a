package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads one body off its connection and knows, if that breaks, how much had come and what broke. Belongs to the thread
 * that holds the connection.
 */
final class BodyReader extends InputStream {
  private static final byte[] EMPTY = {};
  private static final int FIRST_BUFFER_BYTES = 8 * 1024;

  private final HttpConnection connection;
  private final RawReply reply;
  private final long length;
  private final BodyLimit limit;
  private InputStream framed;
  private long bytesRead;
  private byte[] partial = EMPTY;
  private IOException broken;

  BodyReader(HttpConnection connection, RawReply reply, BodyLimit limit) {
    this.connection = connection;
    this.reply = reply;
    this.length = connection.bodyLength(reply);
    this.limit = limit;
  }

  /** The whole body, still compressed. */
  byte[] readAll() throws IOException {
    if (length > limit.maxBytes()) {
      throw LargeBody.tooLarge(limit.maxBytes());
    }
    if (length == 0) {
      return EMPTY;
    }
    byte[] buffer = new byte[length > 0 ? (int) Math.min(length, LargeBody.FROM_BYTES) : FIRST_BUFFER_BYTES];
    int size = 0;
    while (length < 0 || size < length) {
      if (size == buffer.length) {
        if (size >= LargeBody.FROM_BYTES) {
          return readLarge(buffer, size);
        }
        buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, LargeBody.FROM_BYTES));
      }
      int n;
      try {
        n = read(buffer, size, buffer.length - size);
      } catch (IOException e) {
        partial = Arrays.copyOf(buffer, size);
        throw e;
      }
      if (n < 0) {
        break;
      }
      size += n;
      if (size > limit.maxBytes()) {
        throw LargeBody.tooLarge(limit.maxBytes());
      }
    }
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  private byte[] readLarge(byte[] first, int size) throws IOException {
    try (LargeBody all = new LargeBody(limit)) {
      all.begin(first, size);
      all.readAll(this);
      return all.toArray();
    }
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

  /** What had come when {@link #readAll} failed; nothing of a large body. */
  byte[] partial() {
    return partial;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Bytes that were announced and have not come, or -1 if no length was announced. */
  long bytesMissing() {
    return length >= 0 ? length - bytesRead : -1;
  }

  /** The error of the network that ended the body, or null. */
  IOException broken() {
    return broken;
  }
}
