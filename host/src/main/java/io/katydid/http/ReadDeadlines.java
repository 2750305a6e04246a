package io.katydid.http;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Ends reads that have waited for longer than their limit, of all connections together. A socket's own limit costs a
 * timer for each read, a fifth of what a small request takes; here one thread looks at all connections twenty times a
 * second, which is exact enough for limits of seconds. Shared by the sessions of a context; any thread.
 */
public final class ReadDeadlines implements AutoCloseable {
  /** Shorter limits are left to the socket. */
  static final int WATCHED_FROM_MS = 2000;

  private static final int LOOK_EVERY_MS = 50;

  /** Not kept alive by being looked at: those of a user that has ended are forgotten. */
  private final Set<HttpConnection> connections =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  /** Guarded by this. */
  private Thread watcher;
  private volatile boolean closed;

  /** From now on looks at this connection, until it is closed. */
  void watch(HttpConnection connection) {
    connections.add(connection);
    synchronized (this) {
      if (watcher == null && !closed) {
        watcher = Thread.ofPlatform().name("http-read-deadlines").daemon().start(this::look);
      }
    }
  }

  void forget(HttpConnection connection) {
    connections.remove(connection);
  }

  private void look() {
    while (!closed) {
      try {
        Thread.sleep(LOOK_EVERY_MS);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      // A copy: one that is overdue is closed, and so taken out.
      for (HttpConnection connection : connections.toArray(HttpConnection[]::new)) {
        connection.endIfOverdue(now);
      }
    }
  }

  /** Reads that are still waiting then have no limit any more. */
  @Override
  public synchronized void close() {
    closed = true;
    if (watcher != null) {
      watcher.interrupt();
    }
  }
}
