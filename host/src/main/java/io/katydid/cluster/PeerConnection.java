package io.katydid.cluster;

import io.katydid.cluster.zmtp.Greeting;
import io.katydid.cluster.zmtp.RouterStream;
import io.katydid.cluster.zmtp.ZmtpException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import jdk.net.ExtendedSocketOptions;

/**
 * One connection that a master has accepted: its channel, what it is in the middle of sending, and what it has not taken
 * yet. Owned by the socket's thread, except the count of its waiting messages.
 */
final class PeerConnection {
  /** As many as ZeroMQ keeps for a peer that does not read. */
  private static final int MOST_UNSENT_MESSAGES = 1_000;
  private static final int WRITTEN_AT_A_TIME = 128 << 10;
  private static final int KEEPALIVE_IDLE_SECONDS = 30;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final InetSocketAddress address;
  private final RouterStream stream;
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>(2);
  private final AtomicLong waiting = new AtomicLong();
  private final long acceptedAt;
  private byte[] identity;
  private long unsentBytes;
  private long unfinishedBytes;
  /** Since when what is unfinished, or unsent, has been so. */
  private long unfinishedSince;
  private long unsentSince;
  private long heardAt;
  private long dropped;
  private boolean deaf;
  private boolean tookOver;

  /** Takes over a channel that has been accepted, and greets. */
  PeerConnection(SocketChannel channel, Selector selector, long frameLimit, RouterStreamEvents events, long nanos)
      throws IOException {
    this.channel = channel;
    this.address = (InetSocketAddress) channel.getRemoteAddress();
    this.stream = new RouterStream(frameLimit, events.of(this));
    this.acceptedAt = nanos;
    this.heardAt = nanos;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
    }
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
    send(Greeting.ours(), Long.MAX_VALUE, nanos);
  }

  /** Makes the listener of a connection's stream. */
  @FunctionalInterface
  interface RouterStreamEvents {
    RouterStream.Events of(PeerConnection peer);
  }

  /** Where it comes from, without the port: what complaints are counted by. */
  String host() {
    return address.getAddress().getHostAddress();
  }

  /** For the log: where it comes from, and who it says it is. */
  @Override
  public String toString() {
    String from = "The connection from " + host() + ":" + address.getPort();
    return identity == null || identity.length == 0 ? from : from + " (" + name() + ")";
  }

  String name() {
    return new String(identity, StandardCharsets.UTF_8);
  }

  /** Its routing id; null until its handshake is done. */
  byte[] identity() {
    return identity;
  }

  void identity(byte[] routingId) {
    identity = routingId;
  }

  /** It takes the place of a connection that was alive. */
  void takesOver() {
    tookOver = true;
  }

  boolean tookOver() {
    return tookOver;
  }

  long acceptedAt() {
    return acceptedAt;
  }

  /** When the last bytes came. */
  long heardAt() {
    return heardAt;
  }

  /** What its messages that wait to be handled cost. Any thread. */
  AtomicLong waiting() {
    return waiting;
  }

  long unfinishedBytes() {
    return unfinishedBytes;
  }

  long unsentBytes() {
    return unsentBytes;
  }

  /** How much it holds of what it does not finish, for how long: byte seconds. */
  double unfinishedBurden(long nanos) {
    return (double) unfinishedBytes * (nanos - unfinishedSince);
  }

  /** How much is held for it that it does not take, for how long. */
  double unsentBurden(long nanos) {
    return (double) unsentBytes * (nanos - unsentSince);
  }

  /**
   * Reads once, as much as there is room for in the buffer.
   *
   * @return false at the end of the connection
   * @throws ZmtpException if the peer has to be disconnected for what it sent
   */
  boolean read(ByteBuffer buffer, long nanos) throws IOException {
    int number = channel.read(buffer);
    if (number <= 0) {
      return number == 0;
    }
    heardAt = nanos;
    buffer.flip();
    try {
      stream.read(buffer);
    } finally {
      long before = unfinishedBytes;
      unfinishedBytes = stream.unfinishedBytes();
      if (before == 0 || unfinishedBytes < before) {
        unfinishedSince = nanos; // another message
      }
    }
    return true;
  }

  /** Reads once and forgets it; false at the end of the connection. */
  boolean skip(ByteBuffer buffer) {
    try {
      return channel.read(buffer) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the selector looks for bytes from it. */
  void listen(boolean on) {
    interest(SelectionKey.OP_READ, on);
  }

  private void interest(int operation, boolean on) {
    if (key.isValid()) {
      int now = key.interestOps();
      int wanted = on ? now | operation : now & ~operation;
      if (wanted != now) {
        key.interestOps(wanted);
      }
    }
  }

  /**
   * Sends, or keeps until the peer takes it; drops it if the peer has left too much untaken.
   *
   * @param limit of the bytes that are kept, unless it is the only message
   */
  void send(byte[] bytes, long limit, long nanos) {
    if (deaf) {
      return;
    }
    if (!unsent.isEmpty() && (unsent.size() >= MOST_UNSENT_MESSAGES || unsentBytes + bytes.length > limit)) {
      dropped++;
      return;
    }
    if (unsent.isEmpty()) {
      unsentSince = nanos;
    }
    unsent.add(ByteBuffer.wrap(bytes));
    unsentBytes += bytes.length;
    if (unsent.size() == 1) {
      flush(nanos);
    }
  }

  /** Writes what the operating system takes. A peer that cannot be written to is heard to its end, then it is gone. */
  void flush(long nanos) {
    try {
      while (!unsent.isEmpty()) {
        ByteBuffer next = unsent.peek();
        int end = next.limit();
        next.limit(Math.min(end, next.position() + WRITTEN_AT_A_TIME));
        int written;
        try {
          written = channel.write(next);
        } finally {
          next.limit(end);
        }
        if (written == 0) {
          break;
        }
        unsentSince = nanos;
        unsentBytes -= written;
        if (!next.hasRemaining()) {
          unsent.remove();
        }
      }
    } catch (IOException e) {
      deaf = true;
      unsent.clear();
      unsentBytes = 0;
    }
    interest(SelectionKey.OP_WRITE, !unsent.isEmpty());
  }

  /** Messages that were dropped since the last call. */
  long takeDropped() {
    long number = dropped;
    dropped = 0;
    return number;
  }

  /** Says that nothing more is sent. */
  void finish() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      deaf = true;
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      deaf = true; // closing is all that was wanted
    }
  }
}
