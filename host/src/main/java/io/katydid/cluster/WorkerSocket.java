package io.katydid.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A worker's end: a connection to the master that carries the worker's id, made again whenever it is lost (spec
 * wire-protocol, section 1). Messages wait meanwhile and go out in their order.
 *
 * <p>Two threads: `zmq-worker` connects and reads, `zmq-worker-send` writes. {@link #send} may be called by any thread
 * and never blocks.
 */
public final class WorkerSocket implements AutoCloseable {
  /** Told what happens on the connection. Called on the reading thread; must neither block nor run user code. */
  public interface Listener {
    void received(byte[] frame);

    /** A connection stands. @param again false for the first one */
    void connected(boolean again);
  }

  private static final int QUEUE_CAPACITY = 20_000;
  private static final long RECONNECT_MS = 100;
  /** How long messages may take to leave after close. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final byte[] WAKE_UP = new byte[0];

  private final String host;
  private final int port;
  private final byte[] identity;
  private final long maxFrameBytes;
  private final Listener listener;
  private final ClusterLog log;
  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(QUEUE_CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final Object connectionChanged = new Object();
  private final Thread reader;
  private final Thread writer;
  /** Written by the reader under {@link #connectionChanged}. */
  private ZmtpConnection connection;
  private volatile boolean closing;
  private volatile long closeDeadline;
  private volatile boolean resetWanted;

  private WorkerSocket(
      String host, int port, String identity, long maxFrameBytes, Listener listener, ClusterLog log) {
    this.host = host;
    this.port = port;
    this.identity = identity.getBytes(StandardCharsets.UTF_8);
    this.maxFrameBytes = maxFrameBytes;
    this.listener = listener;
    this.log = log;
    this.reader = Thread.ofPlatform().name("zmq-worker").daemon().unstarted(this::readUntilClosed);
    this.writer = Thread.ofPlatform().name("zmq-worker-send").daemon().unstarted(this::writeUntilClosed);
  }

  /**
   * Begins to connect; returns at once.
   *
   * @param identity the worker's id
   * @param maxFrameBytes a master that sends more is disconnected
   */
  public static WorkerSocket connect(
      String host, int port, String identity, long maxFrameBytes, Listener listener, ClusterLog log) {
    WorkerSocket socket = new WorkerSocket(host, port, identity, maxFrameBytes, listener, log);
    socket.reader.start();
    socket.writer.start();
    return socket;
  }

  /** Sends a frame; it is dropped, with a warning at the first and at the end, if twenty thousand are waiting already. */
  public void send(byte[] frame) {
    if (closing) {
      return;
    }
    if (!queue.offer(frame) && dropped.getAndIncrement() == 0) {
      log.warning("The master does not take messages any more; " + QUEUE_CAPACITY
          + " are waiting and further ones are dropped.");
    }
  }

  /** Opens a new connection under the same identity after what is queued has been sent. */
  public void reset() {
    resetWanted = true;
    wakeWriter();
  }

  private void wakeWriter() {
    // a full queue wakes the writer anyway
    boolean accepted = queue.offer(WAKE_UP);
    if (!accepted) {
      log.debug("The queue to the master is full.");
    }
  }

  private void readUntilClosed() {
    boolean again = false;
    String lastProblem = "";
    while (!closing) {
      try (ZmtpConnection open = open()) {
        publish(open);
        listener.connected(again);
        again = true;
        lastProblem = "";
        while (true) {
          handOn(open.read());
        }
      } catch (IOException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(lastProblem) && !closing) {
          log.debug("No connection to the master at " + host + ":" + port + ": " + problem);
          lastProblem = problem;
        }
      } catch (RuntimeException e) {
        log.error("Exception in the thread of the worker's socket", e);
      } finally {
        publish(null);
      }
      pause();
    }
  }

  private void handOn(byte[] frame) {
    try {
      listener.received(frame);
    } catch (RuntimeException e) {
      log.error("A message from the master could not be handled", e);
    }
  }

  /** Tries every address of the master's name. */
  private ZmtpConnection open() throws IOException {
    IOException problem = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      try {
        return ZmtpConnection.open(new InetSocketAddress(address, port), identity, maxFrameBytes);
      } catch (IOException e) {
        problem = e;
      }
    }
    throw problem == null ? new IOException("The name has no address.") : problem;
  }

  private void publish(ZmtpConnection newOne) {
    synchronized (connectionChanged) {
      connection = newOne;
      connectionChanged.notifyAll();
    }
  }

  private void pause() {
    synchronized (connectionChanged) {
      if (!closing) {
        try {
          connectionChanged.wait(RECONNECT_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private void writeUntilClosed() {
    try {
      byte[] frame = null;
      while (true) {
        if (frame == null) {
          frame = queue.take();
        }
        if (frame == WAKE_UP) {
          frame = null;
        }
        if (closing && frame == null && queue.isEmpty()) {
          finish();
          return;
        }
        ZmtpConnection current = awaitConnection();
        if (current == null) { // closing, and nobody to send to
          if (frame != null) {
            dropped.incrementAndGet();
          }
          return;
        }
        try {
          if (frame != null) {
            current.write(frame, queue.isEmpty());
            frame = null;
            tellWhatWasDropped();
          }
          if (resetWanted && queue.isEmpty()) {
            resetWanted = false;
            endConnection(current);
          }
        } catch (IOException e) {
          log.debug("The connection to the master broke: " + e.getMessage());
          current.close();
          forget(current);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellWhatWasDropped() {
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.warning(lost + " messages to the master were dropped; what they reported is not in its statistics.");
    }
  }

  private ZmtpConnection awaitConnection() throws InterruptedException {
    synchronized (connectionChanged) {
      while (connection == null) {
        if (closing && System.nanoTime() - closeDeadline > 0) {
          return null;
        }
        connectionChanged.wait(50);
      }
      return connection;
    }
  }

  /** Lets the reader notice the end before anything is written to the next connection. */
  private void endConnection(ZmtpConnection current) throws IOException, InterruptedException {
    current.finishWriting();
    awaitEnd(current);
    current.close();
    forget(current);
  }

  private void awaitEnd(ZmtpConnection current) throws InterruptedException {
    long deadline = System.nanoTime() + LINGER_NANOS;
    synchronized (connectionChanged) {
      while (connection == current && System.nanoTime() - deadline < 0) {
        connectionChanged.wait(50);
      }
    }
  }

  private void forget(ZmtpConnection broken) {
    synchronized (connectionChanged) {
      if (connection == broken) {
        connection = null;
      }
    }
  }

  private void finish() throws InterruptedException {
    ZmtpConnection current;
    synchronized (connectionChanged) {
      current = connection;
    }
    if (current != null) {
      try {
        current.finishWriting();
        awaitEnd(current);
      } catch (IOException e) {
        log.debug("The connection to the master broke while closing: " + e.getMessage());
      }
      current.close();
    }
  }

  private void tellWhatIsLeft() {
    long left = queue.stream().filter(frame -> frame != WAKE_UP).count() + dropped.get();
    if (left > 0) {
      log.warning(left + " messages to the master could not be delivered; what they reported is not in its statistics.");
    }
  }

  /** Sends what is waiting, then closes. Returns when that is done, at the latest after a few seconds. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closeDeadline = System.nanoTime() + LINGER_NANOS;
    closing = true;
    wakeWriter();
    try {
      if (Thread.currentThread() != reader) {
        writer.join(TimeUnit.NANOSECONDS.toMillis(2 * LINGER_NANOS));
        tellWhatIsLeft();
        synchronized (connectionChanged) {
          if (connection != null) {
            connection.close();
          }
          connectionChanged.notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
