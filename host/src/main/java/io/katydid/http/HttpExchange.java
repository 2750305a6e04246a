package io.katydid.http;

import java.util.List;

/**
 * What came of one {@link HttpCall}: a reply, or a {@link Failure}, or both if it failed after the headers. Belongs to
 * the thread that made the call. Only a streamed exchange has anything left to do: {@link #read} to its end, or
 * {@link #close}.
 */
public final class HttpExchange {
  private final HttpReply reply;
  private final List<HttpReply> history;
  private final double startTime;
  private final long responseNanos;
  private final String url;
  private final BodyStream stream;
  private final boolean sentAgain;
  private Failure failure;

  HttpExchange(HttpReply reply, List<HttpReply> history, Failure failure, double startTime, long responseNanos,
      String url, BodyStream stream, boolean sentAgain) {
    this.reply = reply;
    this.history = history;
    this.failure = failure;
    this.startTime = startTime;
    this.responseNanos = responseNanos;
    this.url = url;
    this.stream = stream;
    this.sentAgain = sentAgain;
  }

  /** Why there is no proper reply, or null. A streamed exchange may get one while it is read. */
  public Failure failure() {
    return failure;
  }

  /** The final reply; null if the exchange failed before its headers. */
  public HttpReply reply() {
    return reply;
  }

  /** The redirects that were followed, oldest first. */
  public List<HttpReply> history() {
    return history;
  }

  /** When the first request was sent, in epoch seconds. */
  public double startTime() {
    return startTime;
  }

  /**
   * Nanoseconds from then (connecting included) until the last body was read, or its headers if it is streamed.
   * Decompression is not counted.
   */
  public long responseNanos() {
    return responseNanos;
  }

  /** Quoted URL of the first request, before redirects; as given if it could not be parsed. */
  public String url() {
    return url;
  }

  /** Whether one of the requests was sent twice: the server had closed a connection that it had kept open, without a reply. */
  public boolean sentAgain() {
    return sentAgain;
  }

  /** Whether the body is still to be read. */
  public boolean streaming() {
    return stream != null && !stream.ended();
  }

  /**
   * The next decoded bytes of a streamed body, at most `n` and at least one; waits for them.
   *
   * @return an empty array at the end, or null if the body broke: then {@link #failure} says why
   */
  public byte[] read(int n) {
    return read(n, true);
  }

  /** As {@link #read(int)}, with the choice to leave the bytes compressed. The first call decides. */
  public byte[] read(int n, boolean decode) {
    if (stream == null) {
      return new byte[0];
    } else if (failure != null) {
      return null;
    }
    byte[] bytes = stream.read(n, decode);
    failure = stream.failure();
    return bytes;
  }

  /** All that is left of a streamed body, decoded; null if it broke or is too large: then {@link #failure} says why. */
  public byte[] readRest() {
    if (stream == null) {
      return new byte[0];
    } else if (failure != null) {
      return null;
    }
    byte[] bytes = stream.readRest();
    failure = stream.failure();
    return bytes;
  }

  /** Gives up the rest of a streamed body; its connection is closed unless the body had been read to its end. */
  public void close() {
    if (stream != null) {
      stream.close();
    }
  }
}
