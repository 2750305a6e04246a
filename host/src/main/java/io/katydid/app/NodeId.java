package io.katydid.app;

import io.katydid.log.HostName;
import java.util.UUID;

/** Makes the id a node has on the wire: `<hostname>_<32 hex digits>` (wire-protocol.md section 1). */
final class NodeId {
  private NodeId() {}

  static String create() {
    return HostName.local() + "_" + UUID.randomUUID().toString().replace("-", "");
  }
}
