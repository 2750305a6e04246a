package io.katydid.cluster;

import io.katydid.wire.Message;

/** The way from a worker's protocol to its master. Any thread; never blocks. */
public interface WorkerLink {
  void send(Message message);

  /** Opens a new connection under the same identity. */
  void reset();
}
