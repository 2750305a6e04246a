package io.katydid.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The idle connections of one session, newest last. Mostly one, so this is small. Any thread; the lock is never held while
 * a socket is read or written.
 */
final class OwnConnections extends ConnectionPool {
  private final int mostIdle;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<HttpConnection> idle = new ArrayList<>(2);

  OwnConnections(int mostIdle) {
    this.mostIdle = mostIdle;
  }

  @Override
  void enter(Route route, HttpCall call) {
    // There is no limit.
  }

  @Override
  HttpConnection poll(Route route) {
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

  @Override
  void give(HttpConnection connection, long nowNanos) {
    connection.markIdle(nowNanos);
    HttpConnection surplus;
    lock.lock();
    try {
      idle.add(connection);
      surplus = idle.size() > mostIdle ? idle.removeFirst() : null;
    } finally {
      lock.unlock();
    }
    if (surplus != null) {
      surplus.close();
    }
  }

  @Override
  void leave(Route route) {
    // There is no limit.
  }

  @Override
  public void closeIdle() {
    List<HttpConnection> all;
    lock.lock();
    try {
      all = List.copyOf(idle);
      idle.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(HttpConnection::close);
  }
}
