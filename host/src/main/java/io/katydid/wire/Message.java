package io.katydid.wire;

import java.util.Objects;

/**
 * One message between master and worker.
 *
 * @param type what it is about, for instance `heartbeat`
 * @param data plain data or null: String, Long, java.math.BigInteger (beyond 63 bits), Double, Boolean, byte[], List,
 *     Map; when encoding also the other number types of java.lang. A Python datetime is the map it travels as.
 * @param nodeId id of the worker that sends it, or that it is meant for; empty if there was none
 */
public record Message(String type, Object data, String nodeId) {
  public Message {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(nodeId, "nodeId");
  }
}
