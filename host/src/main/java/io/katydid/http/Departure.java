package io.katydid.http;

import java.nio.ByteBuffer;

/** A piece that a user's thread has left to the {@link SocketLoop} to send. Of the user's thread first, then the loop's. */
final class Departure extends Chained<Departure> {
  final ReadAheadSocket socket;
  final ByteBuffer rest;
  /** When it was handed over, on the scale of {@link System#nanoTime}. */
  final long nanos;
  /** Whether nothing of the same socket was to be sent before it. */
  final boolean first;

  Departure(ReadAheadSocket socket, byte[] bytes, long nanos, boolean first) {
    this.socket = socket;
    this.rest = ByteBuffer.wrap(bytes);
    this.nanos = nanos;
    this.first = first;
  }
}
