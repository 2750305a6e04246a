package io.katydid.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads what arrives on many connections, on one thread that does nothing else, and notes when it arrived, by the system's own
 * note of it where that can be had ({@link SystemSockets}). So a response time does not contain how long it took until the thread
 * here, or the user's, could run again, and a reply costs one system call: the user's thread need not try, find nothing, and ask
 * to be woken.
 *
 * <p>While much arrives ({@link TrafficGauge}) it looks only every 70 microseconds or so, and also sends what users have for
 * their servers, many pieces after each other. Waking the other side, or being woken by it, for each single piece costs
 * more than sending and reading it does. Users' threads send by themselves otherwise. Those whose replies one round brings are
 * woken together ({@link WakeUps}).
 *
 * <p>The thread starts with the first connection and also ends reads that have waited for longer than their limit. Shared
 * by the sessions of a context. {@link #add}, {@link #send}, {@link #wake} and {@link #close} are for any thread.
 */
public final class SocketLoop implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The system adds its own slack of 50 microseconds. */
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  /** With what is sent for them these take longer than a nap. */
  private static final int READS_OF_LONG_ROUND = 8;

  private volatile Selector selector;
  private volatile boolean closed;
  private volatile boolean limits;
  private volatile boolean busy;
  private final AtomicReference<Departure> departures = new AtomicReference<>();
  /** The thread's own, as what follows. */
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  /** Null where the system or the JVM does not do that. */
  private SystemSockets system;
  private final TrafficGauge gauge;
  private final KeptHeads heads = new KeptHeads();
  private final BodyMemory bodyMemory = new BodyMemory();
  private final SocketBudget budget = new SocketBudget();
  private final WakeUps wakeUps = new WakeUps();
  private int reads;

  public SocketLoop() {
    this(new TrafficGauge(System.nanoTime()));
  }

  SocketLoop(TrafficGauge gauge) {
    this.gauge = gauge;
  }

  /** Of threads that wait for what the thread here does. The thread's. */
  WakeUps wakeUps() {
    return wakeUps;
  }

  /** What replies on the connections read here have begun with. */
  KeptHeads heads() {
    return heads;
  }

  /** How many sockets there may be. */
  SocketBudget budget() {
    return budget;
  }

  /** What large bodies of the connections read here may take. */
  BodyMemory bodyMemory() {
    return bodyMemory;
  }

  /** From now on reads what arrives on a channel that does not block. `ops`: OP_READ, or OP_CONNECT if it is not connected. */
  SelectionKey add(SocketChannel channel, ReadAheadSocket socket, int ops) throws IOException {
    try {
      SelectionKey key = channel.register(open(), ops, socket);
      wake();
      if (closed) {
        socket.close();
      }
      return key;
    } catch (ClosedSelectorException e) {
      throw new ClosedChannelException();
    }
  }

  private synchronized Selector open() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (selector == null) {
      Selector mine = Selector.open();
      selector = mine;
      Thread.ofPlatform().name("http-sockets").daemon().start(() -> run(mine));
    }
    return selector;
  }

  /** Whether what is to be sent should be left to {@link #send}. */
  boolean busy() {
    return busy;
  }

  /** Sends a piece as soon as the thread comes round. */
  void send(Departure departure) {
    Chained.push(departures, departure);
    if (!busy) {
      wake();
    }
  }

  /** There are reads with a limit that the thread has to look after. */
  void lookAfterLimits() {
    if (!limits) {
      limits = true;
      wake();
    }
  }

  /** Makes the thread notice what has changed: a key, or a channel that has been closed. */
  void wake() {
    Selector mine = selector;
    if (mine != null) {
      mine.wakeup();
    }
  }

  private void run(Selector mine) {
    try (mine; wakeUps; SystemSockets own = SystemSockets.with(buffer).orElse(null)) {
      system = own;
      try {
        goRound(mine);
      } finally {
        // Also when something has gone wrong: nobody else would wake who waits.
        closed = true;
        mine.keys().forEach(key -> socketOf(key).close());
      }
      mine.selectNow();
    } catch (IOException | ClosedSelectorException e) {
      throw new IllegalStateException("Reading from sockets has ended: " + e, e);
    }
  }

  /** Until it is closed. */
  private void goRound(Selector mine) throws IOException {
    long looked = System.nanoTime();
    while (!closed) {
      int lastReads = reads;
      reads = 0;
      sendDepartures();
      wakeUps.flush();
      if (busy) {
        letOthersOn(lastReads);
        mine.selectNow(this::ready);
      } else {
        mine.select(this::ready, limits ? TimeUnit.NANOSECONDS.toMillis(LOOK_EVERY_NANOS) : 0);
      }
      wakeUps.flush();
      long now = System.nanoTime();
      busy = gauge.isHeavy(reads, mine.keys().size(), now);
      if (limits && now - looked >= LOOK_EVERY_NANOS) {
        looked = now;
        mine.keys().forEach(key -> socketOf(key).endReadIfOverdue(now));
      }
    }
  }

  private void sendDepartures() {
    Departure departure = Chained.inOrder(departures.getAndSet(null));
    while (departure != null) {
      Departure next = departure.next;
      departure.socket.depart(departure);
      departure = next;
    }
  }

  /**
   * Lets go of the processor for a moment, in which more arrives. After a round that took longer than that moment whoever waits for the
   * processor gets it, without a timer; if nobody does, the next round begins at once.
   */
  private void letOthersOn(int lastReads) {
    if (lastReads >= READS_OF_LONG_ROUND) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(this, NAP_NANOS);
    }
  }

  /** Sends what the system takes at once of a departure's rest. The thread's. */
  void write(ReadAheadSocket socket, SocketChannel channel, ByteBuffer rest) throws IOException {
    if (system == null) {
      channel.write(rest);
    } else if (channel.isOpen()) {
      system.send(socket.number(system), rest);
    } else {
      throw new ClosedChannelException();
    }
  }

  private static ReadAheadSocket socketOf(SelectionKey key) {
    return (ReadAheadSocket) key.attachment();
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isConnectable()) {
        socketOf(key).connectable(key);
      }
      if (key.isWritable()) {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        socketOf(key).writable();
      }
      if (key.isValid() && key.isReadable()) {
        read(socketOf(key), key);
      }
    } catch (CancelledKeyException e) {
      // It has been closed a moment ago.
      assert !key.isValid();
    }
  }

  private void read(ReadAheadSocket socket, SelectionKey key) {
    int n;
    long at;
    try {
      if (system == null) {
        n = ((SocketChannel) key.channel()).read(buffer.clear());
        buffer.flip();
        at = System.nanoTime();
      } else if (key.channel().isOpen()) {
        if (reads == 0) {
          system.lookAtClocks();
        }
        n = system.read(socket.number(system));
        at = system.arrivedNanos();
      } else {
        return;
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      key.interestOpsAnd(~SelectionKey.OP_READ);
      socket.arrived(Arrival.end(e, System.nanoTime()));
      return;
    }
    reads++;
    if (n < 0) {
      key.interestOpsAnd(~SelectionKey.OP_READ);
      socket.arrived(Arrival.end(null, at));
    } else if (n > 0) {
      byte[] bytes = new byte[n];
      buffer.get(bytes);
      if (!socket.arrived(new Arrival(bytes, at))) {
        key.interestOpsAnd(~SelectionKey.OP_READ);
        socket.pause();
      }
    }
  }

  /** Closes the connections, and so ends reads that still wait. */
  @Override
  public void close() {
    closed = true;
    wake();
  }
}
