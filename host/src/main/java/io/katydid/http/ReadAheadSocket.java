package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP connection that the {@link SocketLoop} reads, and at times writes; the streams block the calling thread, virtual or platform, as
 * those of any socket. It knows when what was read last had arrived.
 *
 * <p>One thread at a time reads and writes. {@link #close} is for any thread, never blocks, and ends what waits.
 * {@link #connectable}, {@link #arrived}, {@link #pause}, {@link #depart}, {@link #writable} and {@link #endReadIfOverdue}
 * are the loop's.
 */
final class ReadAheadSocket extends Socket {
  /** Shorter limits have a timer for each read; for others the loop looks, exact to a twentieth of a second. */
  private static final int LOOKED_AFTER_FROM_MS = 2000;
  /** More than this is left to the system's buffers until some of it has been read. */
  private static final int MOST_UNREAD_BYTES = 256 * 1024;
  /** Larger pieces are sent by the user's thread itself, which waits when they are too much for the system's buffers. */
  private static final int MOST_LEFT_TO_LOOP_BYTES = 16 * 1024;
  private static final long NO_LIMIT = 0;

  private final SocketLoop loop;
  private final SocketChannel channel;
  private final AtomicReference<Arrival> arrivals = new AtomicReference<>();
  private final AtomicInteger unread = new AtomicInteger();
  /** Pieces left to the loop that it has not sent yet. */
  private final AtomicInteger unsent = new AtomicInteger();
  /** The loop's own, as the two below: they wait for room. */
  private final ArrayDeque<Departure> leaving = new ArrayDeque<>(1);
  private long heldBackNanos;
  private int number = -1;
  private final InputStream in = new In();
  private final OutputStream out = new Out();
  private volatile SelectionKey key;
  private volatile boolean closed;
  private volatile boolean connecting;
  /** Written by the loop before it ends `connecting`. */
  private IOException connectFailure;
  private long connectedNanos;
  private volatile boolean paused;
  private volatile boolean writable;
  /** Who waits for an arrival or for room to write; null = nobody. */
  private volatile Thread waiting;
  /** When the read that waits has to end, on the scale of {@link System#nanoTime}; written by who waits. */
  private volatile long readEnds = NO_LIMIT;
  /** The reading thread's own. */
  private Arrival current;
  private long lastArrivalNanos;
  /** How long after what it waited for the thread went on; counts as soon as it sends something. */
  private long resumedLateNanos;
  /** Since when the next exchange could have begun, on the scale of {@link System#nanoTime}; 0 if it has. */
  private long couldBeginNanos;
  private long lateNanos;
  private volatile int timeoutMs;

  ReadAheadSocket(SocketLoop loop) throws IOException {
    // Everything goes to the channel: without what Socket would have for it, half a kilobyte.
    super((SocketImpl) null);
    this.loop = loop;
    this.channel = SocketChannel.open();
  }

  @Override
  public void connect(SocketAddress address, int limitMs) throws IOException {
    channel.configureBlocking(false);
    boolean at = channel.connect(address);
    connecting = !at;
    key = loop.add(channel, this, at ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    if (closed) {
      loop.wake();
    }
    if (!at) {
      awaitConnection(limitMs);
    }
  }

  private void awaitConnection(int limitMs) throws IOException {
    long ends = limitMs == 0 ? NO_LIMIT : System.nanoTime() + limitMs * 1_000_000L | 1;
    waiting = Thread.currentThread();
    try {
      while (connecting) {
        checkOpen();
        long left = ends == NO_LIMIT ? Long.MAX_VALUE : ends - System.nanoTime();
        if (left <= 0) {
          throw new SocketTimeoutException("Connect timed out");
        }
        LockSupport.parkNanos(this, left);
      }
    } finally {
      waiting = null;
    }
    if (connectFailure != null) {
      throw connectFailure;
    }
    resumedLateNanos = System.nanoTime() - connectedNanos;
  }

  /** The connection is there, or cannot be had. */
  void connectable(SelectionKey mine) {
    try {
      channel.finishConnect();
      mine.interestOps(SelectionKey.OP_READ);
    } catch (IOException e) {
      mine.cancel();
      connectFailure = e;
    }
    connectedNanos = System.nanoTime();
    connecting = false;
    wakeWaiting();
  }

  /** When the last of what has been read arrived, on the scale of {@link System#nanoTime}; 0 before anything has. */
  long lastArrivalNanos() {
    return lastArrivalNanos;
  }

  /** What is sent next answers nothing that has arrived, and could have been sent since `nanos`; 0 = only just. */
  void beginExchange(long nanos) {
    resumedLateNanos = 0;
    couldBeginNanos = nanos;
  }

  /**
   * How long the server has waited for us without need, all together: the user's thread could not go on when a connection
   * or a reply was there, or the loop had not come round to send. Valid once something has been read.
   */
  long heldBackNanos() {
    return heldBackNanos + lateNanos;
  }

  /** Whether nothing has arrived that has not been read, neither bytes nor the end. */
  boolean silent() {
    return !closed && current == null && arrivals.get() == null;
  }

  /** The same, but the system is asked too what the loop may not have come round to. */
  boolean silentFor(SocketLook look) {
    return silent() && look.silent(channel);
  }

  /** How many bytes have arrived of which some have not been read; 0 = all have. */
  int unreadBytes() {
    return unread.get();
  }

  /** The number by which the loop reads it. */
  int number(SystemSockets system) throws IOException {
    if (number < 0) {
      number = system.begin(channel);
    }
    return number;
  }

  /** Takes what the loop has read; false if there should be no more for now. */
  boolean arrived(Arrival arrival) {
    int most = arrival.bytes == null ? 0 : unread.addAndGet(arrival.bytes.length);
    Chained.push(arrivals, arrival);
    Thread thread = waiting;
    if (thread != null) {
      loop.wakeUps().add(thread);
    }
    return most <= MOST_UNREAD_BYTES;
  }

  /** The loop has stopped reading. */
  void pause() {
    paused = true;
    goOnIfUsed();
  }

  private void goOnIfUsed() {
    if (paused && unread.get() <= MOST_UNREAD_BYTES / 2) {
      paused = false;
      SelectionKey mine = key;
      if (mine != null && mine.isValid()) {
        mine.interestOpsOr(SelectionKey.OP_READ);
        loop.wake();
      }
    }
  }

  /** Sends what has been left to the loop, after what is still waiting. */
  void depart(Departure departure) {
    if (departure.first) {
      heldBackNanos += System.nanoTime() - departure.nanos;
    }
    leaving.add(departure);
    if (leaving.size() == 1) {
      departAll();
    }
  }

  private void departAll() {
    try {
      while (!leaving.isEmpty()) {
        ByteBuffer rest = leaving.peek().rest;
        loop.write(this, channel, rest);
        if (rest.hasRemaining()) {
          key.interestOpsOr(SelectionKey.OP_WRITE);
          return;
        }
        leaving.poll();
        unsent.decrementAndGet();
      }
    } catch (IOException | CancelledKeyException e) {
      leaving.clear();
      unsent.set(0);
      arrived(Arrival.end(new SocketException(String.valueOf(e.getMessage())), System.nanoTime()));
    }
  }

  void writable() {
    departAll();
    writable = true;
    wakeWaiting();
  }

  void endReadIfOverdue(long nowNanos) {
    long ends = readEnds;
    if (ends != NO_LIMIT && nowNanos - ends >= 0) {
      wakeWaiting();
    }
  }

  private void wakeWaiting() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  private int read(byte[] target, int from, int n) throws IOException {
    if (n == 0) {
      return 0;
    }
    Arrival arrival = next();
    if (arrival.bytes == null) {
      if (arrival.failure != null) {
        throw arrival.failure;
      }
      return -1;
    }
    int got = Math.min(n, arrival.bytes.length - arrival.used);
    System.arraycopy(arrival.bytes, arrival.used, target, from, got);
    use(arrival, got);
    return got;
  }

  /** What is to be read next; waits for it. */
  private Arrival next() throws IOException {
    checkOpen();
    if (current == null) {
      current = await();
    }
    lastArrivalNanos = current.nanos;
    return current;
  }

  private void use(Arrival arrival, int n) {
    arrival.used += n;
    if (arrival.used == arrival.bytes.length) {
      current = arrival.next;
      unread.addAndGet(-arrival.used);
      goOnIfUsed();
    }
  }

  /**
   * Reads the first of so many of `expected` that what has arrived next begins with, and tells its index; waits until something
   * has. Otherwise nothing is read, -1 is returned, and what went wrong is left to the next read.
   */
  int readIfNext(byte[][] expected, int tries) throws IOException {
    Arrival arrival = next();
    byte[] bytes = arrival.bytes;
    if (bytes != null) {
      int from = arrival.used;
      for (int i = 0; i < tries; i++) {
        byte[] one = expected[i];
        if (bytes.length - from >= one.length && Arrays.equals(bytes, from, from + one.length, one, 0, one.length)) {
          use(arrival, one.length);
          return i;
        }
      }
    }
    return -1;
  }

  /**
   * What has arrived next, up to and with the first `end`, without reading it; null if that is longer than `most` bytes or
   * has not come in one piece. Waits until something has come.
   */
  byte[] peekUntil(byte[] end, int most) throws IOException {
    Arrival arrival = next();
    byte[] bytes = arrival.bytes;
    if (bytes == null) {
      return null;
    }
    int last = Math.min(bytes.length, arrival.used + most) - end.length;
    for (int i = arrival.used; i <= last; i++) {
      if (bytes[i] == end[0] && Arrays.equals(bytes, i, i + end.length, end, 0, end.length)) {
        return Arrays.copyOfRange(bytes, arrival.used, i + end.length);
      }
    }
    return null;
  }

  /** The first of those that have come, the others behind it. */
  private Arrival await() throws IOException {
    Arrival newest = arrivals.getAndSet(null);
    return Chained.inOrder(newest == null ? awaitNewest() : newest);
  }

  private Arrival awaitNewest() throws IOException {
    int limitMs = timeoutMs;
    long began = System.nanoTime();
    long ends = limitMs == 0 ? NO_LIMIT : began + limitMs * 1_000_000L | 1;
    boolean lookedAfter = limitMs >= LOOKED_AFTER_FROM_MS;
    if (lookedAfter) {
      readEnds = ends;
      loop.lookAfterLimits();
    }
    waiting = Thread.currentThread();
    try {
      while (true) {
        Arrival newest = arrivals.getAndSet(null);
        if (newest != null) {
          // What the thread did before it waited is not lateness, even if this had arrived meanwhile.
          resumedLateNanos = System.nanoTime() - Math.max(newest.nanos, began);
          return newest;
        }
        checkOpen();
        if (ends == NO_LIMIT) {
          LockSupport.park(this);
          continue;
        }
        long left = ends - System.nanoTime();
        if (left <= 0) {
          throw new SocketTimeoutException("Read timed out");
        } else if (lookedAfter) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, left);
        }
      }
    } finally {
      waiting = null;
      readEnds = NO_LIMIT;
    }
  }

  private void checkOpen() throws SocketException {
    if (Thread.currentThread().isInterrupted()) {
      close();
      throw new SocketException("Closed by interrupt");
    } else if (closed) {
      throw new SocketException("Socket closed");
    }
  }

  private void write(byte[] source, int from, int n) throws IOException {
    boolean first = unsent.get() == 0;
    if (!first || n <= MOST_LEFT_TO_LOOP_BYTES && loop.busy()) {
      checkOpen();
      unsent.incrementAndGet();
      byte[] bytes = Arrays.copyOfRange(source, from, from + n);
      loop.send(new Departure(this, bytes, noteLateness(), first));
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(source, from, n);
    noteLateness();
    try {
      while (channel.write(rest) == 0 || rest.hasRemaining()) {
        awaitRoom();
      }
    } catch (ClosedChannelException e) {
      throw new SocketException("Socket closed");
    }
  }

  /**
   * Something is sent now, which is returned, on the scale of {@link System#nanoTime}. To be called when what it needs has been
   * allocated, which may mean a collection.
   */
  private long noteLateness() {
    long now = System.nanoTime();
    lateNanos += resumedLateNanos;
    resumedLateNanos = 0;
    if (couldBeginNanos != 0) {
      lateNanos += now - couldBeginNanos;
      couldBeginNanos = 0;
    }
    return now;
  }

  private void awaitRoom() throws IOException {
    writable = false;
    waiting = Thread.currentThread();
    try {
      SelectionKey mine = key;
      if (mine == null || !mine.isValid()) {
        throw new SocketException("Socket closed");
      }
      mine.interestOpsOr(SelectionKey.OP_WRITE);
      loop.wake();
      while (!writable) {
        checkOpen();
        LockSupport.park(this);
      }
    } finally {
      waiting = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // Whoever closes wants to be rid of it.
      assert !channel.isOpen();
    }
    if (key != null) {
      // The descriptor is given back when the loop notices.
      loop.wake();
    }
    wakeWaiting();
  }

  private final class In extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return ReadAheadSocket.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int n) throws IOException {
      return ReadAheadSocket.this.read(target, from, n);
    }

    @Override
    public int available() {
      return Math.max(0, unread.get());
    }

    @Override
    public void close() {
      ReadAheadSocket.this.close();
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      ReadAheadSocket.this.write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int n) throws IOException {
      ReadAheadSocket.this.write(source, from, n);
    }

    @Override
    public void close() {
      ReadAheadSocket.this.close();
    }
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  /** Limit of each read in milliseconds, 0 for none. */
  @Override
  public void setSoTimeout(int ms) {
    timeoutMs = ms;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMs;
  }

  @Override
  public SocketChannel getChannel() {
    return channel;
  }

  @Override
  public boolean isConnected() {
    return key != null;
  }

  @Override
  public boolean isBound() {
    return key != null;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public InetAddress getInetAddress() {
    return channel.socket().getInetAddress();
  }

  @Override
  public int getPort() {
    return channel.socket().getPort();
  }

  @Override
  public InetAddress getLocalAddress() {
    return channel.socket().getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return channel.socket().getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return channel.socket().getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return channel.socket().getLocalSocketAddress();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    channel.socket().setTcpNoDelay(on);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return channel.socket().getTcpNoDelay();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    channel.socket().setSoLinger(on, seconds);
  }

  @Override
  public int getSoLinger() throws SocketException {
    return channel.socket().getSoLinger();
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean isInputShutdown() {
    return channel.socket().isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return channel.socket().isOutputShutdown();
  }

  @Override
  public String toString() {
    return "ReadAheadSocket[" + channel + "]";
  }
}
