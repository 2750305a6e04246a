package io.katydid.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The master's end: a bound ROUTER socket (spec wire-protocol, section 1). One thread owns the ZeroMQ socket; the
 * others put messages into a queue and wake it through a pipe, which is polled together with the socket.
 *
 * <p>A worker that connects again under its old identity takes over at once, even if its old connection still looks
 * alive. Messages to workers that are gone vanish, those that a worker does not take are counted. No error ends the thread before {@link #close}: it is logged and the
 * loop goes on.
 */
public final class MasterSocket implements AutoCloseable {
  /** Takes what the socket receives. Called on the socket's thread, so it must neither block nor run user code. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * @param identity routing id of the sender
     * @param frame the payload, empty if there was none
     */
    void received(byte[] identity, byte[] frame);

    /** Whether it has as much to do as it can hold: nothing is read until it has not. */
    default boolean full() {
      return false;
    }
  }

  /** How long messages may take to leave after close, in milliseconds. */
  private static final int LINGER_MS = 2_000;
  private static final int RECEIVED_PER_ROUND = 500;
  private static final int KEEPALIVE_IDLE_SECONDS = 30;
  private static final int LONGEST_POLL_MS = 1_000;
  private static final int PAUSE_WHEN_FULL_MS = 20;
  private static final long PAUSE_AFTER_ERROR_MS = 200;
  private static final int MOST_REFUSING = 10_000;

  private record Outgoing(byte[] identity, byte[] frame) {}

  private final Receiver receiver;
  private final ClusterLog log;
  private final Complaints complaints = new Complaints();
  /** Messages by worker that found its queue full. Owned by the socket's thread. */
  private final Map<String, Long> refused = new HashMap<>();
  private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
  private final Pipe wakeUps;
  private final AtomicBoolean wakeUpSent = new AtomicBoolean();
  private final CompletableFuture<Integer> boundPort = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closing;

  private MasterSocket(String host, int port, long maxFrameBytes, Receiver receiver, ClusterLog log) {
    this.receiver = receiver;
    this.log = log;
    try {
      this.wakeUps = Pipe.open();
      wakeUps.source().configureBlocking(false);
      wakeUps.sink().configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.thread = Thread.ofPlatform().name("zmq-master").daemon().unstarted(() -> run(host, port, maxFrameBytes));
  }

  /**
   * @param host address to listen on, or `*` for all
   * @param port 0 = any free one, see {@link #port()}
   * @param maxFrameBytes peers that send more are disconnected
   * @throws ClusterException if the port is taken or the address is not ours
   */
  public static MasterSocket bind(String host, int port, long maxFrameBytes, Receiver receiver, ClusterLog log)
      throws ClusterException {
    MasterSocket socket = new MasterSocket(host, port, maxFrameBytes, receiver, log);
    socket.thread.start();
    try {
      socket.boundPort.join();
      return socket;
    } catch (CompletionException e) {
      socket.close();
      throw new ClusterException("Could not listen for workers on " + host + ":" + port + " ("
          + e.getCause().getMessage() + "). If another program has the port, stop it or choose another one with "
          + "--master-bind-port.", e.getCause());
    }
  }

  /** The port it listens on. */
  public int port() {
    return boundPort.join();
  }

  /** Sends a frame to the worker with this routing id. Any thread. */
  public void send(byte[] identity, byte[] frame) {
    if (!closing) {
      queue.add(new Outgoing(identity, frame));
      wakeUp();
    }
  }

  /** Sends a frame to the worker with this id. Any thread. */
  public void send(String workerId, byte[] frame) {
    send(workerId.getBytes(StandardCharsets.UTF_8), frame);
  }

  private void wakeUp() {
    if (wakeUpSent.compareAndSet(false, true)) {
      try {
        wakeUps.sink().write(ByteBuffer.allocate(1));
      } catch (IOException e) {
        log.debug("A message came after its socket was closed.");
      }
    }
  }

  private void run(String host, int port, long maxFrameBytes) {
    ZMQ.Context context = ZMQ.context(1);
    ZMQ.Socket socket = context.socket(SocketType.ROUTER);
    try {
      open(socket, host, port, maxFrameBytes);
      String endpoint = socket.getLastEndpoint();
      boundPort.complete(Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
      try (ZMQ.Poller both = context.poller(2); ZMQ.Poller wakeUpsOnly = context.poller(1)) {
        both.register(socket, ZMQ.Poller.POLLIN);
        both.register(wakeUps.source(), ZMQ.Poller.POLLIN);
        wakeUpsOnly.register(wakeUps.source(), ZMQ.Poller.POLLIN);
        serve(socket, both, wakeUpsOnly);
      }
    } catch (ZMQException | IllegalArgumentException e) {
      socket.setLinger(0);
      boundPort.completeExceptionally(e);
    } finally {
      complaints.tellTheRest(log::warning);
      socket.close();
      context.close();
      closePipe();
    }
  }

  private static void open(ZMQ.Socket socket, String host, int port, long maxFrameBytes) {
    socket.setTCPKeepAlive(1);
    socket.setTCPKeepAliveIdle(KEEPALIVE_IDLE_SECONDS);
    socket.setLinger(LINGER_MS);
    socket.setMaxMsgSize(maxFrameBytes);
    socket.setRouterHandover(true);
    socket.setRouterMandatory(true); // tells us what could not be delivered
    socket.setIPv6(needsIpv6(host));
    String address = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    socket.bind("tcp://" + address + ":" + (port == 0 ? "*" : port));
  }

  /**
   * To listen everywhere IPv6 is used if this machine has any such address (the socket then takes IPv4 too); otherwise
   * only for a host without an IPv4 address.
   */
  private static boolean needsIpv6(String host) {
    try {
      if (host.equals("*")) {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
            .anyMatch(Inet6Address.class::isInstance);
      }
      return Arrays.stream(InetAddress.getAllByName(host)).noneMatch(Inet4Address.class::isInstance);
    } catch (UnknownHostException | SocketException e) {
      return false; // binding will say what is wrong with the host
    }
  }

  private void serve(ZMQ.Socket socket, ZMQ.Poller both, ZMQ.Poller wakeUpsOnly) {
    boolean last = false;
    while (!last) {
      try {
        if (receiver.full()) {
          wakeUpsOnly.poll(PAUSE_WHEN_FULL_MS);
        } else {
          both.poll(closing ? 0 : LONGEST_POLL_MS);
        }
        last = closing;
        takeWakeUps();
        for (int i = 0; i < RECEIVED_PER_ROUND && !receiver.full() && receive(socket); i++) {
          // handed on
        }
        for (Outgoing next = queue.poll(); next != null; next = queue.poll()) {
          deliver(socket, next);
        }
      } catch (RuntimeException | IOException e) {
        log.error("Exception in the thread of the master's socket", e);
        pauseAfterError();
      }
    }
  }

  /** What is for a worker that is gone vanishes; what a worker has no room for is counted until it is heard again. */
  private void deliver(ZMQ.Socket socket, Outgoing message) {
    try {
      if (socket.send(message.identity(), ZMQ.SNDMORE | ZMQ.DONTWAIT)) {
        socket.send(message.frame(), ZMQ.DONTWAIT);
      } else if (refused.size() < MOST_REFUSING) {
        refused.merge(new String(message.identity(), StandardCharsets.UTF_8), 1L, Long::sum);
      }
    } catch (ZMQException e) {
      if (e.getErrorCode() != ZMQ.Error.EHOSTUNREACH.getCode()) {
        throw e;
      }
    }
  }

  /** A worker that is just leaving refuses messages too; one that still speaks ought to have read them. */
  private void sayWhatWasRefused(byte[] identity) {
    if (refused.isEmpty()) {
      return;
    }
    String worker = new String(identity, StandardCharsets.UTF_8);
    Long number = refused.remove(worker);
    if (number != null) {
      complaints.about("messages that worker " + worker + " does not take", "Worker " + worker + " does not take its "
          + "messages in time; " + number + " have been dropped.", System.nanoTime(), log::warning);
    }
  }

  private void takeWakeUps() throws IOException {
    wakeUpSent.set(false);
    ByteBuffer bytes = ByteBuffer.allocate(64);
    while (wakeUps.source().read(bytes) > 0) {
      bytes.clear();
    }
  }

  private boolean receive(ZMQ.Socket socket) {
    byte[] identity = socket.recv(ZMQ.DONTWAIT);
    if (identity == null) {
      return false;
    }
    sayWhatWasRefused(identity);
    byte[] frame = socket.hasReceiveMore() ? socket.recv(ZMQ.DONTWAIT) : null;
    while (socket.hasReceiveMore()) {
      socket.recv(ZMQ.DONTWAIT);
    }
    receiver.received(identity, frame == null ? new byte[0] : frame);
    return true;
  }

  private static void pauseAfterError() {
    try {
      Thread.sleep(PAUSE_AFTER_ERROR_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closePipe() {
    try {
      wakeUps.sink().close();
      wakeUps.source().close();
    } catch (IOException e) {
      log.debug("The wake-up pipe did not close: " + e.getMessage());
    }
  }

  /** Sends what is waiting, then closes. Returns when that is done, at the latest after the linger time. */
  @Override
  public void close() {
    closing = true;
    wakeUp();
    if (Thread.currentThread() != thread) {
      try {
        thread.join(2L * LINGER_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
