package io.katydid.cluster;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A message that has come to the master's socket. It counts as waiting, for its peer and for all of them, until
 * somebody says that it is handled: what waits is bounded, so whoever takes one must say so. Any thread.
 */
public final class Incoming {
  private final byte[] identity;
  private final byte[] frame;
  private final AtomicLong waitingOfPeer;
  private final AtomicLong waitingOfAll;
  private final AtomicBoolean waits = new AtomicBoolean(true);

  Incoming(byte[] identity, byte[] frame, AtomicLong waitingOfPeer, AtomicLong waitingOfAll) {
    this.identity = identity;
    this.frame = frame;
    this.waitingOfPeer = waitingOfPeer;
    this.waitingOfAll = waitingOfAll;
    add(cost());
  }

  private long cost() {
    return frame.length + (long) RouterLimits.MESSAGE_OVERHEAD;
  }

  private void add(long bytes) {
    waitingOfPeer.addAndGet(bytes);
    waitingOfAll.addAndGet(bytes);
  }

  /** Routing id of the sender; not copied. */
  public byte[] identity() {
    return identity;
  }

  /** The payload, empty if there was none; not copied. */
  public byte[] frame() {
    return frame;
  }

  /** Makes room for the next ones. Further calls change nothing. */
  public void handled() {
    if (waits.compareAndSet(true, false)) {
      add(-cost());
    }
  }
}
