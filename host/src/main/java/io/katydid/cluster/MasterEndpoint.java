package io.katydid.cluster;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Joins a master's protocol to its socket: frames become messages and back. Methods may be called by any thread.
 *
 * <p>Only heartbeats are decoded on the socket's thread. Whatever else comes waits as the bytes it came as, a small part
 * of what it takes when decoded, and when a lot is waiting the socket is not read until that is worked off: workers are
 * slowed down, memory is not filled.
 */
public final class MasterEndpoint implements MasterLink, AutoCloseable {
  private static final long MOST_WAITING_BYTES = 64L << 20;

  private final MessageCodec codec;
  private final ClusterLog log;
  /** Bytes of the frames that wait for the protocol. */
  private final AtomicLong waiting = new AtomicLong();
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
    public boolean full() {
      return waiting.get() > MOST_WAITING_BYTES;
    }

    @Override
    public void received(byte[] identity, byte[] frame) {
      String sender = null;
      try {
        sender = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(identity)).toString();
        if (MasterProtocol.HEARTBEAT.equals(codec.typeOf(frame))) {
          protocol.received(sender, codec.decode(frame));
        } else {
          waiting.addAndGet(frame.length);
          protocol.received(sender, () -> {
            waiting.addAndGet(-frame.length);
            return codec.decode(frame);
          });
        }
      } catch (CharacterCodingException e) {
        protocol.corrupted(null, new WireException("The sender's identity is not UTF-8.", e));
      } catch (WireException e) {
        protocol.corrupted(sender, e);
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

  /** Sends what is waiting, then closes the socket. */
  @Override
  public void close() {
    MasterSocket open = socket;
    if (open != null) {
      open.close();
    }
  }
}
