package io.katydid.http;

import java.io.IOException;

/**
 * What one read of a socket brought, and when. Made by the {@link SocketLoop}, then of the connection's reading thread
 * alone.
 */
final class Arrival extends Chained<Arrival> {
  /** Null for the end. */
  final byte[] bytes;
  /** What ended it; null if the server closed, and for bytes. */
  final IOException failure;
  /** On the scale of {@link System#nanoTime}. */
  final long nanos;
  /** How much of the bytes has been used. */
  int used;

  Arrival(byte[] bytes, long nanos) {
    this(bytes, null, nanos);
  }

  private Arrival(byte[] bytes, IOException failure, long nanos) {
    this.bytes = bytes;
    this.failure = failure;
    this.nanos = nanos;
  }

  /** The last one. */
  static Arrival end(IOException failure, long nanos) {
    return new Arrival(null, failure, nanos);
  }
}
