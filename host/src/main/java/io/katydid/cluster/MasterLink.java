package io.katydid.cluster;

import io.katydid.wire.Message;

/** The way from a master's protocol to its workers. Any thread; never blocks. */
@FunctionalInterface
public interface MasterLink {
  /** Sends a message to the worker with this routing id; it vanishes if there is none. */
  void send(String workerId, Message message);
}
