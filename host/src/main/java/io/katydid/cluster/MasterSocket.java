package io.katydid.cluster;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The master's end: a bound ROUTER (spec wire-protocol, section 1). One thread owns it and its connections; the others
 * put messages into a queue and wake it.
 *
 * <p>A worker that connects again under its old identity takes over at once, even if its old connection still looks
 * alive. Messages to workers that are gone vanish, those that a worker does not take are counted. No error ends the
 * thread before {@link #close}: it is logged and the loop goes on. {@link #deafness} tells whether it does.
 */
public final class MasterSocket implements AutoCloseable {
  /** Takes what the socket receives. Called on the socket's thread, so it must neither block nor run user code. */
  @FunctionalInterface
  public interface Receiver {
    /** @param message counts as waiting until it says that it is {@link Incoming#handled} */
    void received(Incoming message);
  }

  /** How long messages may take to leave after close. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
  /** How long peers may then take to close as well. What they have not read by then may be lost. */
  private static final long FAREWELL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_WAIT_MS = 1_000;
  private static final long PAUSE_AFTER_ERROR_MS = 200;
  /** A loop that has not come round for so long hears nobody. */
  private static final long DEAF_NANOS = TimeUnit.SECONDS.toNanos(20);

  private record Outgoing(byte[] identity, byte[] frame) {}

  private final RouterLimits limits;
  private final Receiver receiver;
  private final ClusterLog log;
  private final Complaints complaints = new Complaints();
  private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicBoolean wakeUpSent = new AtomicBoolean();
  private final CompletableFuture<Router> bound = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closing;
  /** When the loop last came round. */
  private volatile long turnedAt = System.nanoTime();

  private MasterSocket(String host, int port, RouterLimits limits, Receiver receiver, ClusterLog log) {
    this.limits = limits;
    this.receiver = receiver;
    this.log = log;
    this.thread = Thread.ofPlatform().name("zmq-master").daemon().unstarted(() -> run(host, port));
  }

  /**
   * @param host address to listen on, or `*` for all
   * @param port 0 = any free one, see {@link #port()}
   * @param maxFrameBytes peers that send more are disconnected
   * @throws ClusterException if the port is taken or the address is not ours
   */
  public static MasterSocket bind(String host, int port, long maxFrameBytes, Receiver receiver, ClusterLog log)
      throws ClusterException {
    return bind(host, port, RouterLimits.ofThisProcess(maxFrameBytes), receiver, log);
  }

  static MasterSocket bind(String host, int port, RouterLimits limits, Receiver receiver, ClusterLog log)
      throws ClusterException {
    MasterSocket socket = new MasterSocket(host, port, limits, receiver, log);
    socket.thread.start();
    try {
      socket.bound.join();
      return socket;
    } catch (CompletionException e) {
      socket.close();
      Throwable cause = e.getCause();
      String why = cause instanceof UnknownHostException ? "there is no such address" : cause.getMessage();
      throw new ClusterException("Could not listen for workers on " + host + ":" + port + " (" + why
          + "). If another program has the port, stop it or choose another one with --master-bind-port.", cause);
    }
  }

  /** The port it listens on. */
  public int port() {
    return bound.join().port();
  }

  /**
   * Why workers are not heard any more, as a sentence; null while they are. A master of which this can be said needs a
   * restart. Any thread.
   */
  public String deafness() {
    return deafness(System.nanoTime());
  }

  String deafness(long nanos) {
    if (closing) {
      return null;
    }
    if (!thread.isAlive()) {
      return "The thread that hears the workers has ended.";
    }
    long silence = nanos - turnedAt;
    return silence < DEAF_NANOS ? null
        : "The thread that hears the workers has stood still for " + TimeUnit.NANOSECONDS.toSeconds(silence) + " s.";
  }

  /** Sends a frame to the worker with this routing id. Any thread. */
  public void send(byte[] identity, byte[] frame) {
    if (closing) {
      return;
    }
    if (queuedBytes.get() > limits.unsentBytes()) {
      complaints.about("messages to workers that wait", "Messages to workers are dropped: " + queuedBytes.get()
          + " bytes wait to be sent.", System.nanoTime(), log::error);
      return;
    }
    queuedBytes.addAndGet(cost(frame));
    queue.add(new Outgoing(identity, frame));
    wakeUp();
  }

  private static long cost(byte[] frame) {
    return frame.length + (long) RouterLimits.MESSAGE_OVERHEAD;
  }

  /** Sends a frame to the worker with this id. Any thread. */
  public void send(String workerId, byte[] frame) {
    send(workerId.getBytes(StandardCharsets.UTF_8), frame);
  }

  private void wakeUp() {
    if (bound.isDone() && !bound.isCompletedExceptionally() && wakeUpSent.compareAndSet(false, true)) {
      bound.join().wakeUp();
    }
  }

  private void run(String host, int port) {
    Router router;
    try {
      router = new Router(host, port, limits, receiver, log);
    } catch (IOException | RuntimeException e) {
      bound.completeExceptionally(e);
      return;
    }
    try (router) {
      bound.complete(router);
      serve(router);
      sayFarewell(router);
    } catch (IOException e) {
      log.error("The socket for workers did not close in order", e);
    } finally {
      complaints.tellTheRest(log::warning);
    }
  }

  private void serve(Router router) {
    boolean last = false;
    while (!last) {
      try {
        router.turn(closing || !queue.isEmpty() ? 0 : LONGEST_WAIT_MS);
        turnedAt = System.nanoTime();
        last = closing;
        wakeUpSent.set(false);
        for (Outgoing next = queue.poll(); next != null; next = queue.poll()) {
          queuedBytes.addAndGet(-cost(next.frame()));
          router.send(next.identity(), next.frame());
        }
      } catch (RuntimeException | IOException | OutOfMemoryError e) {
        log.error("Exception in the thread of the master's socket", e);
        pauseAfterError();
      }
    }
  }

  /** Lets peers take what is theirs, then waits for them to close: closing first could take it from them again. */
  private static void sayFarewell(Router router) throws IOException {
    long deadline = System.nanoTime() + LINGER_NANOS;
    while (!router.sentEverything() && System.nanoTime() - deadline < 0) {
      router.turn(PAUSE_AFTER_ERROR_MS);
    }
    router.finish();
    deadline = System.nanoTime() + FAREWELL_NANOS;
    for (long left = FAREWELL_NANOS; left > 0 && router.hasPeers(); left = deadline - System.nanoTime()) {
      router.awaitEnds(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
    }
  }

  private static void pauseAfterError() {
    try {
      Thread.sleep(PAUSE_AFTER_ERROR_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what is waiting, then closes. Returns when that is done, at the latest after the linger time. */
  @Override
  public void close() {
    closing = true;
    wakeUpSent.set(false);
    wakeUp();
    if (Thread.currentThread() != thread) {
      try {
        thread.join(TimeUnit.NANOSECONDS.toMillis(2 * LINGER_NANOS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
