package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The body of a streamed reply and the connection it occupies. Belongs to the reading thread. */
final class BodyStream {
  private static final int FIRST_BUFFER_BYTES = 16 * 1024;

  private final HttpSession session;
  private final HttpCall call;
  private final Url url;
  private final HttpConnection connection;
  private final RawReply reply;
  private final BodyReader body;
  private InputStream decoded;
  private Failure failure;
  private boolean ended;

  BodyStream(HttpSession session, HttpCall call, Url url, HttpConnection connection, RawReply reply, BodyReader body) {
    this.session = session;
    this.call = call;
    this.url = url;
    this.connection = connection;
    this.reply = reply;
    this.body = body;
  }

  /** See {@link HttpExchange#read(int, boolean)}. */
  byte[] read(int n, boolean decode) {
    if (ended) {
      return failure == null ? new byte[0] : null;
    }
    byte[] buffer = new byte[Math.min(n, LargeBody.FROM_BYTES)];
    try {
      int got = source(decode).read(buffer, 0, buffer.length);
      if (got < 0) {
        finish();
        return new byte[0];
      }
      return got == buffer.length ? buffer : Arrays.copyOf(buffer, got);
    } catch (IOException | RuntimeException e) {
      fail(e);
      return null;
    }
  }

  /** All that is left, decoded; null if it broke or is too large. */
  byte[] readRest() {
    if (ended) {
      return failure == null ? new byte[0] : null;
    }
    try {
      byte[] rest = ContentDecoding.readAll(source(true), FIRST_BUFFER_BYTES, session.bodyLimit());
      finish();
      return rest;
    } catch (IOException | RuntimeException e) {
      fail(e);
      return null;
    }
  }

  private InputStream source(boolean decode) throws IOException {
    if (decoded == null) {
      String encoding = reply.contentEncoding();
      boolean plain = !decode || encoding == null || connection.bodyLength(reply) == 0;
      decoded = plain ? body : ContentDecoding.stream(body, encoding, session.rules());
    }
    return decoded;
  }

  private void finish() throws IOException {
    body.drain();
    ended = true;
    session.release(call, connection, reply);
  }

  private void fail(Exception e) {
    ended = true;
    connection.close();
    IOException cause = body.broken() != null ? body.broken() : e instanceof CallFailed known ? known
        : ContentDecoding.broken(reply.contentEncoding(), e);
    failure = Failures.of(cause, call, url, connection.route, body);
  }

  boolean ended() {
    return ended;
  }

  Failure failure() {
    return failure;
  }

  void close() {
    if (!ended) {
      ended = true;
      connection.close();
    }
  }
}
