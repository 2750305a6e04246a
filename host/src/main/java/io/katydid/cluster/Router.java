package io.katydid.cluster;

import io.katydid.cluster.zmtp.Frames;
import io.katydid.cluster.zmtp.RouterStream;
import io.katydid.cluster.zmtp.ZmtpException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A ROUTER: accepts connections, reads them, and sends to peers by their routing ids. Everything runs on the socket's
 * thread; {@link Incoming} messages are handled by any.
 *
 * <p>What peers may cost is bounded for each and for all ({@link RouterLimits}). A peer whose messages wait is read
 * less the more there are; some room is always left for the others. When too much is
 * unfinished or untaken, the peer goes that has held most of it for the longest. Whoever is disconnected is named.
 */
final class Router implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final int READ_BYTES = 64 << 10;
  private static final int SMALLEST_READ = 64;
  /** The most that a byte on the wire can cost while it waits: an empty message has two. */
  private static final long DEAREST_BYTE = RouterLimits.MESSAGE_OVERHEAD / 2;
  private static final int ACCEPTED_PER_TURN = 100;
  private static final int READS_BEFORE_TAKEOVER = 1_000;
  private static final long PAUSE_WITHOUT_ROOM_MS = 20;
  private static final long PAUSE_WITHOUT_FILES_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  /** Workers send something every second. */
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LIVELY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RouterLimits limits;
  private final MasterSocket.Receiver receiver;
  private final ClusterLog log;
  private final Complaints complaints = new Complaints();
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final SelectionKey accepting;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Map<String, PeerConnection> byIdentity = new HashMap<>();
  /** Connections without a handshake, the oldest first. */
  private final Set<PeerConnection> shakingHands = new LinkedHashSet<>();
  private final Set<PeerConnection> all = new LinkedHashSet<>();
  /** Peers that have sent something and for whose messages there is no room, in the order in which they get it. */
  private final Deque<PeerConnection> withoutRoom = new ArrayDeque<>();
  /** What all messages cost that wait to be handled. */
  private final AtomicLong waiting = new AtomicLong();
  private long unfinishedBytes;
  private long unsentBytes;
  private long anonymous;
  private long acceptAgainAt;
  private long now = System.nanoTime();

  /** @throws IOException if it cannot listen there */
  Router(String host, int port, RouterLimits limits, MasterSocket.Receiver receiver, ClusterLog log)
      throws IOException {
    this.limits = limits;
    this.receiver = receiver;
    this.log = log;
    this.selector = Selector.open();
    try {
      this.listener = ServerSocketChannel.open();
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(host.equals("*") ? new InetSocketAddress(port)
          : new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
      listener.configureBlocking(false);
      this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  /** Ends a {@link #turn} that waits. Any thread. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Waits until there is something to do, at most so long, and does it. */
  void turn(long milliseconds) throws IOException {
    long longest = withoutRoom.isEmpty() ? milliseconds : Math.min(milliseconds, PAUSE_WITHOUT_ROOM_MS);
    if (longest <= 0) {
      selector.selectNow();
    } else {
      selector.select(longest);
    }
    now = System.nanoTime();
    giveRoom();
    Iterator<SelectionKey> selected = selector.selectedKeys().iterator();
    while (selected.hasNext()) {
      SelectionKey key = selected.next();
      selected.remove();
      if (key == accepting) {
        accept();
      } else if (key.isValid()) {
        PeerConnection peer = (PeerConnection) key.attachment();
        try {
          serve(peer, key.readyOps());
        } catch (RuntimeException e) { // our own mistake must not cost the others
          log.error(peer + " was closed", e);
          close(peer);
        }
      }
    }
    endOverdueHandshakes();
    if (accepting.isValid() && accepting.interestOps() == 0 && now - acceptAgainAt >= 0) {
      accepting.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void serve(PeerConnection peer, int operations) {
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      counted(peer, () -> peer.flush(now));
    }
    if ((operations & SelectionKey.OP_READ) != 0) {
      if (hasRoom(peer)) {
        read(peer);
      } else {
        peer.listen(false);
        withoutRoom.add(peer);
      }
    }
  }

  /**
   * How much its further messages may take. Half of the room is for whoever needs it, and leaves some however many take
   * of it; the other half is every peer's own share. So a peer whose messages have been handled is always read, whatever
   * the others do.
   */
  private long room(PeerConnection peer) {
    long its = peer.waiting().get();
    long left = limits.waitingBytes() / 2 - waiting.get();
    long share = Math.max(limits.waitingBytes() / 2 / Math.max(1, all.size()), SMALLEST_READ * DEAREST_BYTE);
    return Math.max(share - its, (left - its) / 2);
  }

  private boolean hasRoom(PeerConnection peer) {
    return room(peer) >= SMALLEST_READ * DEAREST_BYTE;
  }

  private void giveRoom() {
    for (int i = withoutRoom.size(); i > 0; i--) {
      PeerConnection peer = withoutRoom.remove();
      if (!all.contains(peer)) {
        continue; // it has been closed
      }
      if (hasRoom(peer)) {
        peer.listen(true);
        read(peer);
      } else {
        withoutRoom.add(peer);
      }
    }
  }

  private void read(PeerConnection peer) {
    buffer.clear().limit((int) Math.clamp(room(peer) / DEAREST_BYTE, SMALLEST_READ, READ_BYTES));
    if (!readOnce(peer, buffer)) {
      close(peer);
    }
    boolean closed = true;
    while (closed && unfinishedBytes > limits.unfinishedBytes()) {
      closed = closeWorst(PeerConnection::unfinishedBurden, PeerConnection::unfinishedBytes, bytes ->
          "did not finish a message; " + bytes + " bytes of it were kept when memory for such messages ran out");
    }
  }

  /** False if the connection is at its end or has to be ended. */
  private boolean readOnce(PeerConnection peer, ByteBuffer into) {
    long before = peer.unfinishedBytes();
    try {
      return peer.read(into, now);
    } catch (ZmtpException e) {
      complainAbout(peer, e.getMessage());
      return false;
    } catch (IOException e) {
      log.debug(peer + " broke: " + e.getMessage());
      return false;
    } catch (OutOfMemoryError e) {
      complainAbout(peer, "sent something for which there is no memory");
      return false;
    } finally {
      if (all.contains(peer)) {
        unfinishedBytes += peer.unfinishedBytes() - before;
      }
    }
  }

  private void complainAbout(PeerConnection peer, String what) {
    // Numbers vary, but it is the same complaint; and a peer may come from ever new ports.
    complaints.about("connections from " + peer.host() + ": " + what.replaceAll("[0-9]+", "N"),
        peer + " was closed: it " + what + ".", System.nanoTime(), log::warning);
  }

  /** Something that changes how much waits to be sent. */
  private void counted(PeerConnection peer, Runnable work) {
    long before = peer.unsentBytes();
    work.run();
    unsentBytes += peer.unsentBytes() - before;
  }

  /** The peer that has held most for the longest has to go; false if nobody holds anything. */
  private boolean closeWorst(Burden burden, ToLongFunction<PeerConnection> bytes, Accusation accusation) {
    PeerConnection worst = null;
    double most = -1;
    for (PeerConnection peer : all) {
      double its = burden.of(peer, now);
      if (its > most && bytes.applyAsLong(peer) > 0) {
        most = its;
        worst = peer;
      }
    }
    if (worst != null) {
      complainAbout(worst, accusation.of(bytes.applyAsLong(worst)));
      close(worst);
    }
    return worst != null;
  }

  @FunctionalInterface
  private interface Burden {
    double of(PeerConnection peer, long nanos);
  }

  @FunctionalInterface
  private interface Accusation {
    String of(long bytes);
  }

  private void accept() {
    for (int i = 0; i < ACCEPTED_PER_TURN; i++) {
      SocketChannel channel = null;
      try {
        channel = listener.accept();
        if (channel == null) {
          return;
        }
        enter(channel);
      } catch (IOException e) {
        closeQuietly(channel);
        if (channel == null) {
          cannotAccept(e);
          return;
        }
        log.debug("A connection broke before its handshake: " + e.getMessage());
      }
    }
  }

  /** As a rule there are no more files: somebody has to go, and the next try is a little later. */
  private void cannotAccept(IOException why) {
    complaints.about("connections that cannot be accepted", "A connection of a worker cannot be accepted ("
        + why.getMessage() + "). If there are too many open files, raise 'ulimit -n'.", System.nanoTime(), log::error);
    PeerConnection dispensable = dispensable();
    if (dispensable != null) {
      complainAbout(dispensable, "was the one that could be spared when the system had no files left");
      close(dispensable);
    }
    acceptAgainAt = now + PAUSE_WITHOUT_FILES_NANOS;
    accepting.interestOps(0);
  }

  private void enter(SocketChannel channel) throws IOException {
    if (all.size() >= limits.connections()) {
      PeerConnection dispensable = dispensable();
      if (dispensable == null) {
        String host = ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
        complaints.about("refused connections from " + host, "A connection from " + host + " was refused: this master "
            + "has " + all.size() + " connections, which is as many as it takes.", System.nanoTime(), log::warning);
        channel.close();
        return;
      }
      complainAbout(dispensable, "was the one that could be spared when there were as many connections as this master "
          + "takes");
      close(dispensable);
    }
    PeerConnection peer = new PeerConnection(channel, selector, limits.frameBytes(), FromPeer::new, now);
    all.add(peer);
    shakingHands.add(peer);
    unsentBytes += peer.unsentBytes();
    if (shakingHands.size() > limits.handshakes()) {
      PeerConnection oldest = shakingHands.iterator().next();
      complainAbout(oldest, "was the oldest of " + shakingHands.size() + " without a handshake");
      close(oldest);
    }
  }

  /** The oldest connection without a handshake, else the one that has been silent longest, if that is long; or null. */
  private PeerConnection dispensable() {
    if (!shakingHands.isEmpty()) {
      return shakingHands.iterator().next();
    }
    PeerConnection silent = null;
    for (PeerConnection peer : all) {
      if (now - peer.heardAt() > SILENT_NANOS && (silent == null || peer.heardAt() - silent.heardAt() < 0)) {
        silent = peer;
      }
    }
    return silent;
  }

  private void endOverdueHandshakes() {
    long allowed = TimeUnit.SECONDS.toNanos(limits.handshakeSeconds());
    while (!shakingHands.isEmpty() && now - shakingHands.iterator().next().acceptedAt() > allowed) {
      PeerConnection overdue = shakingHands.iterator().next();
      complainAbout(overdue, "has not shaken hands within " + limits.handshakeSeconds() + " s");
      close(overdue);
    }
  }

  /** What one peer sends. */
  private final class FromPeer implements RouterStream.Events {
    private final PeerConnection peer;

    FromPeer(PeerConnection peer) {
      this.peer = peer;
    }

    @Override
    public void ready(byte[] wanted) {
      shakingHands.remove(peer);
      byte[] identity = wanted.length > 0 ? wanted
          : ("\0" + ++anonymous).getBytes(StandardCharsets.US_ASCII); // peers may not begin theirs with a zero
      peer.identity(identity);
      PeerConnection earlier = byIdentity.get(key(identity));
      if (earlier != null) {
        takeOver(earlier);
      }
      byIdentity.put(key(identity), peer);
    }

    /**
     * Whatever has come on the earlier connection is read before anything of the later one. That happens once to a worker
     * that connects again before its last connection is closed; two that have the same id go on taking over.
     */
    private void takeOver(PeerConnection earlier) {
      boolean lively = now - earlier.heardAt() < LIVELY_NANOS;
      ByteBuffer rest = ByteBuffer.allocate(READ_BYTES);
      boolean open = true;
      for (int i = 0; i < READS_BEFORE_TAKEOVER && open && hasRoom(earlier); i++) {
        open = readOnce(earlier, rest.clear());
        if (rest.position() == 0) {
          break;
        }
      }
      close(earlier);
      if (!open || !lively) {
        return;
      }
      peer.takesOver();
      if (earlier.tookOver()) {
        complaints.about("second connections of workers from " + peer.host(), earlier + " was closed because another "
            + "one, from " + peer.host() + ", has the same id. Only one of them can be used.", System.nanoTime(),
            log::warning);
      }
    }

    @Override
    public void message(byte[] frame) {
      long lost = peer.takeDropped();
      if (lost > 0) { // a worker that is just leaving takes nothing either; one that still speaks ought to have
        complaints.about("messages that worker " + peer.name() + " does not take", "Worker " + peer.name()
            + " does not take its messages in time; " + lost + " have been dropped.", System.nanoTime(), log::warning);
      }
      Incoming message = new Incoming(peer.identity(), frame, peer.waiting(), waiting);
      try {
        receiver.received(message);
      } catch (RuntimeException e) {
        message.handled();
        log.error("A message from " + peer.name() + " could not be handed on", e);
      }
    }

    @Override
    public void answer(byte[] bytes) {
      sendTo(peer, bytes);
    }
  }

  private static String key(byte[] identity) {
    return new String(identity, StandardCharsets.ISO_8859_1);
  }

  /** Sends a message to the peer with this routing id; it vanishes if there is none. */
  void send(byte[] identity, byte[] frame) {
    PeerConnection peer = byIdentity.get(key(identity));
    if (peer != null) {
      sendTo(peer, Frames.message(frame));
      boolean closed = true;
      while (closed && unsentBytes > limits.unsentBytes()) {
        closed = closeWorst(PeerConnection::unsentBurden, PeerConnection::unsentBytes, bytes ->
            "did not take its messages; " + bytes + " bytes were kept for it when memory for such messages ran out");
      }
    }
  }

  private void sendTo(PeerConnection peer, byte[] bytes) {
    counted(peer, () -> peer.send(bytes, limits.unsentBytesOfOne(), now));
  }

  private void close(PeerConnection peer) {
    if (all.remove(peer)) {
      peer.close();
      shakingHands.remove(peer);
      unfinishedBytes -= peer.unfinishedBytes();
      unsentBytes -= peer.unsentBytes();
      if (peer.identity() != null) {
        byIdentity.remove(key(peer.identity()), peer);
      }
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        return; // closing is all that was wanted
      }
    }
  }

  /** Whether peers have everything that was sent to them. */
  boolean sentEverything() {
    return unsentBytes == 0;
  }

  boolean hasPeers() {
    return !all.isEmpty();
  }

  /** Accepts and hands on nothing any more, and tells the peers that no more comes: they close in their turn. */
  void finish() throws IOException {
    listener.close();
    all.forEach(PeerConnection::finish);
  }

  /** As {@link #turn}, but only looks for the ends of connections: what peers still say is not read. */
  void awaitEnds(long milliseconds) throws IOException {
    selector.select(milliseconds);
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.attachment() instanceof PeerConnection peer && !peer.skip(buffer.clear())) {
        close(peer);
      }
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() {
    complaints.tellTheRest(log::warning);
    List.copyOf(all).forEach(this::close);
    try {
      if (listener != null) {
        listener.close();
      }
      selector.close();
    } catch (IOException e) {
      log.debug("The socket for workers did not close: " + e.getMessage());
    }
  }
}
