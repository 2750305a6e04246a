package io.katydid.cluster;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;

/** Joins a worker's protocol to its socket: frames become messages and back. Methods may be called by any thread. */
public final class WorkerEndpoint implements WorkerLink, AutoCloseable {
  private final MessageCodec codec;
  private final ClusterLog log;
  private final Complaints complaints = new Complaints();
  private volatile WorkerSocket socket;

  public WorkerEndpoint(MessageCodec codec, ClusterLog log) {
    this.codec = codec;
    this.log = log;
  }

  /** Begins to connect; {@link WorkerProtocol#connect} then announces the worker. */
  public void open(String host, int port, String clientId, WorkerProtocol protocol) {
    socket = WorkerSocket.connect(host, port, clientId, codec.limits().frameBytes(), new WorkerSocket.Listener() {
      @Override
      public void received(byte[] frame) {
        try {
          protocol.received(codec.decode(frame));
        } catch (WireException e) {
          complaints.about("corrupted messages of the master", "RPCError found when receiving from master: "
              + e.getMessage(), System.nanoTime(), log::error);
        }
      }

      @Override
      public void connected(boolean again) {
        if (again) {
          protocol.reconnected();
        }
      }
    }, log);
  }

  @Override
  public void send(Message message) {
    WorkerSocket open = socket;
    if (open != null) {
      try {
        open.send(codec.encode(message));
      } catch (WireException e) {
        log.error(e.getMessage());
      }
    }
  }

  @Override
  public void reset() {
    WorkerSocket open = socket;
    if (open != null) {
      open.reset();
    }
  }

  /** Sends what is waiting, then closes the socket. */
  @Override
  public void close() {
    WorkerSocket open = socket;
    if (open != null) {
      open.close();
      complaints.tellTheRest(log::warning);
    }
  }
}
