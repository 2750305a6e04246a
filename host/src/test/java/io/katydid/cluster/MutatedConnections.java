package io.katydid.cluster;

import io.katydid.cluster.zmtp.Command;
import io.katydid.cluster.zmtp.Frames;
import io.katydid.cluster.zmtp.Greeting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A number of connections to a master, some of whose bytes are wrong at every level; one that the master has ended is
 * replaced by the next. Nothing that the master says is read. The same choices for the same seed.
 */
final class MutatedConnections implements AutoCloseable {
  private final int port;
  private final Socket[] sockets;
  private final List<byte[]> messages;
  private final Random random;
  private int opened;

  /** @param messages mutated already */
  MutatedConnections(int port, int number, List<byte[]> messages, long seed) {
    this.port = port;
    this.sockets = new Socket[number];
    this.messages = messages;
    this.random = new Random(seed);
  }

  /** How many there have been. */
  int connections() {
    return opened;
  }

  void send(int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      int which = random.nextInt(sockets.length);
      byte[] frame = frame();
      byte[] hello = hello();
      try {
        if (sockets[which] == null) {
          sockets[which] = new Socket(InetAddress.getLoopbackAddress(), port);
          opened++;
          sockets[which].getOutputStream().write(hello);
        }
        sockets[which].getOutputStream().write(frame);
        if (i % 50 == 0) {
          throw new IOException("One goes by itself.");
        }
      } catch (IOException e) {
        if (sockets[which] != null) {
          sockets[which].close();
          sockets[which] = null;
        }
      }
    }
  }

  private byte[] hello() {
    byte[] ready = Command.ready("DEALER", ("h_evil" + random.nextInt(1_000)).getBytes(StandardCharsets.UTF_8)).frame();
    ByteBuffer both = ByteBuffer.allocate(Greeting.BYTES + ready.length).put(Greeting.ours()).put(ready);
    return random.nextInt(5) == 0 ? mutated(both.array()) : both.array();
  }

  private byte[] frame() {
    byte[] message = messages.get(random.nextInt(messages.size()));
    byte[] whole = Frames.message(message);
    return switch (random.nextInt(12)) {
      case 0 -> mutated(whole);
      case 1 -> mutatedHead(whole);
      case 2 -> random.nextInt(8) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole;
      case 3 -> ByteBuffer.allocate(9).put((byte) Frames.LONG)
          .putLong(random.nextInt(4) == 0 ? 1L << random.nextInt(64) : 0).array();
      case 4 -> new Command("PING", new byte[random.nextInt(40)]).frame();
      case 5 -> more(whole);
      default -> whole;
    };
  }

  /** Says that another frame of the same message follows, whatever does. */
  private static byte[] more(byte[] whole) {
    whole[0] |= Frames.MORE;
    return whole;
  }

  private byte[] mutatedHead(byte[] bytes) {
    bytes[random.nextInt(Math.min(9, bytes.length))] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private byte[] mutated(byte[] bytes) {
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      if (socket != null) {
        socket.close();
      }
    }
  }
}
