package io.katydid.graalpy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that wait for channels, and the one thread that watches all channels for them. One per context; the watching
 * thread starts with the first wait. It alone touches the selector's keys; whoever waits gives it orders, and parks.
 *
 * <p>A channel stays registered until it is told to {@link #forget} it: then its file is closed at once by whoever closes.
 */
final class SocketWaits implements AutoCloseable {
  /** What somebody waits for: operations of {@link SelectionKey} on a channel that does not block. */
  record Interest(SelectableChannel channel, int operations) {}

  /** One thread's wait for any of several interests. Made by the thread that waits. */
  static final class Wait {
    private final Thread waiter = Thread.currentThread();
    private final List<Interest> interests;
    private final int[] ready;
    /** Written by the watching thread after {@link #ready}. */
    private volatile boolean anyReady;
    /** The watching thread has looked at all channels at least once. */
    private volatile boolean lookedAt;

    private Wait(List<Interest> interests) {
      this.interests = interests;
      this.ready = new int[interests.size()];
    }

    /** Whether something is ready, or cannot be waited for (so that whoever tries it sees why). */
    boolean anyReady() {
      return anyReady;
    }

    boolean lookedAt() {
      return lookedAt;
    }

    /** The operations that the interest with this index is ready for. Asked once {@link #anyReady}. */
    int ready(int index) {
      return ready[index];
    }

    private void found(SelectableChannel channel, int operations) {
      for (int i = 0; i < ready.length; i++) {
        Interest interest = interests.get(i);
        if (interest.channel() == channel) {
          ready[i] |= interest.operations() & operations;
        }
      }
      anyReady = true;
    }

    private int operationsOn(SelectableChannel channel) {
      return interests.stream().filter(one -> one.channel() == channel).mapToInt(Interest::operations)
          .reduce(0, (a, b) -> a | b);
    }
  }

  private static final int ALL = SelectionKey.OP_READ | SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT | SelectionKey.OP_ACCEPT;

  /** Guarded by this object's monitor, as are {@link #selector} and {@link #closed}. */
  private final ArrayDeque<Runnable> orders = new ArrayDeque<>();
  private Selector selector;
  private boolean closed;
  /** Waits for one look that has not been made yet. The watching thread's own. */
  private final List<Wait> forOneLook = new ArrayList<>();

  /**
   * The calling thread begins to wait. It parks until {@link Wait#anyReady}, and calls {@link #end} whatever happened.
   *
   * @param once it waits for one look only: until {@link Wait#lookedAt}
   */
  Wait begin(List<Interest> interests, boolean once) {
    Wait wait = new Wait(interests);
    order(() -> {
      if (once) {
        forOneLook.add(wait);
      }
      add(wait);
    });
    return wait;
  }

  void end(Wait wait) {
    order(() -> remove(wait));
  }

  /** Lets go of a channel that is about to be closed, and wakes who waits for it. Waits until that has been done. */
  void forget(SelectableChannel channel) {
    synchronized (this) {
      if (selector == null || channel.keyFor(selector) == null) {
        return;
      }
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    order(() -> {
      drop(channel);
      done.complete(null);
    });
    done.join();
  }

  private synchronized void order(Runnable order) {
    if (closed) {
      // Nobody watches any more. Whoever waits tries for itself, and finds everything closed.
      order.run();
      return;
    }
    if (selector == null) {
      try {
        selector = Selector.open();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Selector watched = selector;
      Thread.ofPlatform().name("python-sockets").daemon().start(() -> watch(watched));
    }
    orders.add(order);
    selector.wakeup();
  }

  private synchronized Runnable nextOrder() {
    return orders.poll();
  }

  private void watch(Selector watched) {
    List<Wait> woken = new ArrayList<>();
    try {
      while (!isClosed()) {
        watched.select(key -> found(key, woken));
        for (Runnable order = nextOrder(); order != null; order = nextOrder()) {
          order.run();
        }
        if (!forOneLook.isEmpty()) {
          watched.selectNow(key -> found(key, woken));
          forOneLook.forEach(wait -> wait.lookedAt = true);
          woken.addAll(forOneLook);
          forOneLook.clear();
        }
        woken.forEach(wait -> LockSupport.unpark(wait.waiter));
        woken.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end(watched);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** The end of the watching thread: everybody is woken. */
  private synchronized void end(Selector watched) {
    closed = true;
    List<Wait> waiting = new ArrayList<>();
    watched.keys().forEach(key -> waiting.addAll(waitsOf(key)));
    try {
      watched.close();
    } catch (IOException e) {
      // It is not used any more either way.
    }
    for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
      order.run();
    }
    waiting.forEach(wait -> {
      wait.anyReady = true;
      LockSupport.unpark(wait.waiter);
    });
  }

  private void add(Wait wait) {
    for (Interest interest : wait.interests) {
      try {
        SelectableChannel channel = interest.channel();
        SelectionKey key = channel.keyFor(selector);
        if (key == null) {
          key = channel.register(selector, 0, new ArrayList<Wait>());
        }
        waitsOf(key).add(wait);
        key.interestOpsOr(wait.operationsOn(channel));
      } catch (ClosedChannelException | CancelledKeyException | IllegalBlockingModeException
          | ClosedSelectorException e) {
        wait.found(interest.channel(), ALL);
        LockSupport.unpark(wait.waiter);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Wait> waitsOf(SelectionKey key) {
    return (List<Wait>) key.attachment();
  }

  private void found(SelectionKey key, List<Wait> woken) {
    if (!key.isValid()) {
      return;
    }
    int ready = key.readyOps();
    for (Wait wait : waitsOf(key)) {
      if ((wait.operationsOn(key.channel()) & ready) != 0) {
        wait.found(key.channel(), ready);
        woken.add(wait);
      }
    }
    watchForTheRest(key);
  }

  /** Who has been woken wants nothing more of a channel. */
  private static void watchForTheRest(SelectionKey key) {
    int operations = 0;
    for (Wait wait : waitsOf(key)) {
      operations |= wait.anyReady ? 0 : wait.operationsOn(key.channel());
    }
    key.interestOps(operations);
  }

  private void remove(Wait wait) {
    forOneLook.remove(wait);
    for (Interest interest : wait.interests) {
      SelectionKey key = interest.channel().keyFor(selector);
      if (key != null && key.isValid()) {
        waitsOf(key).removeIf(one -> one == wait);
        watchForTheRest(key);
      }
    }
  }

  private void drop(SelectableChannel channel) {
    SelectionKey key = channel.keyFor(selector);
    if (key == null) {
      return;
    }
    key.cancel();
    for (Wait wait : waitsOf(key)) {
      wait.found(channel, ALL);
      LockSupport.unpark(wait.waiter);
    }
    try {
      selector.selectNow(other -> { });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the watching thread, which wakes whoever waits. */
  @Override
  public synchronized void close() {
    closed = true;
    if (selector != null) {
      selector.wakeup();
    }
  }
}
