package io.katydid.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Idle connections, newest last. Each session has its own unless several are given the same one (Locust's
 * `pool_manager` and `client_pool`). Any thread; the lock is never held while a socket is read or written.
 */
public final class ConnectionPool {
  private static final int DEFAULT_MAX_IDLE = 10;
  private static final long PROBE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int maxIdle;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<HttpConnection> idle = new ArrayList<>(2);
  private boolean closed;

  public ConnectionPool() {
    this(DEFAULT_MAX_IDLE);
  }

  /** @param maxIdle how many idle connections are kept; the oldest goes first */
  public ConnectionPool(int maxIdle) {
    this.maxIdle = maxIdle;
  }

  /**
   * Takes an idle connection, or returns null. One that has been idle for long enough to have been closed by the
   * server is looked at first.
   */
  HttpConnection take(Route route) {
    while (true) {
      HttpConnection found = poll(route);
      if (found == null || found.idleNanos(System.nanoTime()) < PROBE_AFTER_NANOS || found.alive()) {
        return found;
      }
      found.close();
    }
  }

  private HttpConnection poll(Route route) {
    lock.lock();
    try {
      for (int i = idle.size() - 1; i >= 0; i--) {
        HttpConnection candidate = idle.get(i);
        if (candidate.route == route || candidate.route.equals(route)) {
          return idle.remove(i);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a connection whose exchange is complete. */
  void give(HttpConnection connection, long nowNanos) {
    connection.markIdle(nowNanos);
    HttpConnection surplus = null;
    lock.lock();
    try {
      if (closed) {
        surplus = connection;
      } else {
        idle.add(connection);
        surplus = idle.size() > maxIdle ? idle.removeFirst() : null;
      }
    } finally {
      lock.unlock();
    }
    if (surplus != null) {
      surplus.close();
    }
  }

  /** Closes the idle connections; those in use are closed when they come back. */
  public void close() {
    List<HttpConnection> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(idle);
      idle.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(HttpConnection::close);
  }
}
