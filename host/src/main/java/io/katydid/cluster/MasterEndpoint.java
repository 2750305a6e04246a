package io.katydid.cluster;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Joins a master's protocol to its socket: frames become messages and back. Methods may be called by any thread. */
public final class MasterEndpoint implements MasterLink, AutoCloseable {
  private final MessageCodec codec;
  private final ClusterLog log;
  private volatile MasterSocket socket;

  public MasterEndpoint(MessageCodec codec, ClusterLog log) {
    this.codec = codec;
    this.log = log;
  }

  /**
   * Begins to listen.
   *
   * @return the port, also if 0 = any was asked for
   * @throws ClusterException if it cannot listen there
   */
  public int open(String host, int port, MasterProtocol protocol) throws ClusterException {
    socket = MasterSocket.bind(host, port, codec.limits().frameBytes(),
        (identity, frame) -> received(identity, frame, protocol), log);
    return socket.port();
  }

  private void received(byte[] identity, byte[] frame, MasterProtocol protocol) {
    String sender = null;
    try {
      sender = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(identity)).toString();
      protocol.received(sender, codec.decode(frame));
    } catch (CharacterCodingException e) {
      protocol.corrupted(null, new WireException("The sender's identity is not UTF-8.", e));
    } catch (WireException e) {
      protocol.corrupted(sender, e);
    }
  }

  @Override
  public void send(String workerId, Message message) {
    MasterSocket open = socket;
    if (open != null) {
      try {
        open.send(workerId, codec.encode(message));
      } catch (WireException e) {
        log.error(e.getMessage());
      }
    }
  }

  /** Sends what is waiting, then closes the socket. */
  @Override
  public void close() {
    MasterSocket open = socket;
    if (open != null) {
      open.close();
    }
  }
}
