package io.katydid.cluster;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection to a master that says what a test wants, decent or not, and keeps the answers. */
final class RawPeer implements AutoCloseable {
  private final MessageCodec codec = new MessageCodec();
  private final List<Message> answers = new CopyOnWriteArrayList<>();
  private final String identity;
  private final WorkerSocket socket;

  RawPeer(String identity, int port) {
    this.identity = identity;
    this.socket = WorkerSocket.connect("127.0.0.1", port, identity, 256 << 20, new WorkerSocket.Listener() {
      @Override
      public void received(byte[] frame) {
        try {
          answers.add(codec.decode(frame));
        } catch (WireException e) {
          throw new AssertionError(e);
        }
      }

      @Override
      public void connected(boolean again) {
        // of no interest here
      }
    }, new RecordingLog());
  }

  void say(String type, Object data) throws WireException {
    socket.send(codec.encode(new Message(type, data, identity)));
  }

  void send(byte[] frame) {
    socket.send(frame);
  }

  void sendHex(String hex) {
    send(HexFormat.of().parseHex(hex));
  }

  /** Types of what the master has answered. */
  List<String> answers() {
    return answers.stream().map(Message::type).toList();
  }

  @Override
  public void close() {
    socket.close();
  }
}
