package io.katydid.cluster;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Joins a master's protocol to its socket: frames become messages and back. Methods may be called by any thread.
 *
 * <p>Every message waits as the bytes it came as, a small part of what it takes when decoded, and is decoded when it is
 * its turn; while a lot is waiting the socket reads less of whoever sends it. Of a heartbeat only the sender is read on
 * the socket's thread, so that it is answered at once.
 */
public final class MasterEndpoint implements MasterLink, AutoCloseable {
  /** A longer one is answered in its turn. */
  private static final int LONGEST_HEARTBEAT = 64 << 10;

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
        new FromSocket(protocol), log);
    return socket.port();
  }

  private final class FromSocket implements MasterSocket.Receiver {
    private final MasterProtocol protocol;

    FromSocket(MasterProtocol protocol) {
      this.protocol = protocol;
    }

    @Override
    public void received(Incoming message) {
      byte[] frame = message.frame();
      try {
        String sender = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message.identity())).toString();
        String alive = frame.length > LONGEST_HEARTBEAT ? null : codec.sender(MasterProtocol.HEARTBEAT, frame);
        boolean answered = alive != null && protocol.answerAtOnce(alive);
        protocol.received(sender, answered, () -> {
          message.handled();
          return codec.decode(frame);
        });
      } catch (CharacterCodingException e) {
        protocol.received(null, false, () -> {
          message.handled();
          throw new WireException("The sender's identity is not UTF-8.", e);
        });
      }
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

  /** Why workers are not heard any more, as a sentence; null while they are, or before it has been opened. */
  public String deafness() {
    MasterSocket open = socket;
    return open == null ? null : open.deafness();
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
