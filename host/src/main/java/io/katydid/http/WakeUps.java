package io.katydid.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the threads for which one round of a {@link SocketLoop} has brought something, together and by a virtual thread.
 *
 * <p>A virtual thread that becomes ready by a thread which is none wakes an idle carrier at once. Where there are not more processors
 * than busy threads, the carrier takes that of the loop, has nothing left to do after a user or two, and sleeps again until the loop
 * has come to its next reply. Those that a virtual thread wakes are put in the queue of the carrier it runs on, which is awake.
 *
 * <p>{@link #add} and {@link #flush} are the loop's, as all the rest but the thread that wakes.
 */
final class WakeUps implements AutoCloseable {
  /** Those to be woken together. Of the loop first, then of who wakes them. */
  private static final class Group extends Chained<Group> {
    final List<Thread> threads;

    Group(List<Thread> threads) {
      this.threads = threads;
    }
  }

  private final List<Thread> ready = new ArrayList<>();
  private final AtomicReference<Group> groups = new AtomicReference<>();
  private volatile boolean closed;
  private Thread waker;

  /** Wakes `thread`, a virtual one at the next {@link #flush}. */
  void add(Thread thread) {
    if (thread.isVirtual()) {
      ready.add(thread);
    } else {
      LockSupport.unpark(thread);
    }
  }

  /** Sees to it that those added are woken. */
  void flush() {
    if (ready.size() == 1) {
      LockSupport.unpark(ready.getFirst());
    } else if (!ready.isEmpty()) {
      Chained.push(groups, new Group(List.copyOf(ready)));
      if (waker == null) {
        waker = Thread.ofVirtual().name("wake-ups").start(this::wake);
      } else {
        LockSupport.unpark(waker);
      }
    }
    ready.clear();
  }

  private void wake() {
    while (true) {
      // Seen first: what is handed over before the end is among the groups then.
      boolean last = closed;
      for (Group group = Chained.inOrder(groups.getAndSet(null)); group != null; group = group.next) {
        group.threads.forEach(LockSupport::unpark);
      }
      if (last) {
        return;
      }
      if (groups.get() == null && !closed) {
        LockSupport.park(this);
      }
    }
  }

  /** Those added before are still woken. */
  @Override
  public void close() {
    flush();
    closed = true;
    if (waker != null) {
      LockSupport.unpark(waker);
    }
  }
}
