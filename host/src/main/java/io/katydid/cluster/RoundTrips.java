package io.katydid.cluster;

import java.util.ArrayDeque;

/**
 * How long heartbeats take to the master and back. Masters answer in order, so an answer belongs to the oldest heartbeat
 * that is under way. Heartbeats are sent by the heartbeat thread, answers come on the socket's.
 */
final class RoundTrips {
  /** More than these under way, and it is not known any more which one an answer belongs to. */
  private static final int MOST_UNDER_WAY = 10;

  private final ArrayDeque<Long> underWay = new ArrayDeque<>();
  private double lastMillis = Double.NaN;

  synchronized void sent(long nanos) {
    if (underWay.size() == MOST_UNDER_WAY) {
      forget();
    }
    underWay.add(nanos);
  }

  synchronized void answered(long nanos) {
    Long sent = underWay.poll();
    if (sent != null) {
      lastMillis = (nanos - sent) / 1e6;
    }
  }

  /** The connection or the master is another one: what was under way will not be answered. */
  synchronized void forget() {
    underWay.clear();
    lastMillis = Double.NaN;
  }

  /** The last round trip in milliseconds, NaN before the first. */
  synchronized double lastMillis() {
    return lastMillis;
  }
}
