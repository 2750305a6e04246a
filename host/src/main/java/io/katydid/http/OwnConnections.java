package io.katydid.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The idle connections of one session. Mostly there is one, the usual, which stays here while it is used: thousands of users that
 * put it away and take it back would leave as many changed references for the next collection to look through. Any
 * thread; the monitor is never held while a socket is read or written.
 */
final class OwnConnections extends ConnectionPool {
  private final int mostIdle;
  /** Idle if it is on offer; null = none. Written under the monitor. */
  private volatile HttpConnection usual;
  /** All idle, newest last. Guarded by the monitor. */
  private final List<HttpConnection> others = new ArrayList<>(0);

  OwnConnections(int mostIdle) {
    this.mostIdle = mostIdle;
  }

  @Override
  void enter(Route route, HttpCall call) {
    // There is no limit.
  }

  @Override
  HttpConnection poll(Route route) {
    HttpConnection first = usual;
    if (first != null && first.leadsTo(route) && first.claim()) {
      return first;
    }
    synchronized (this) {
      for (int i = others.size() - 1; i >= 0; i--) {
        if (others.get(i).leadsTo(route)) {
          return others.remove(i);
        }
      }
      return null;
    }
  }

  @Override
  void give(HttpConnection connection, long nowNanos) {
    connection.markIdle(nowNanos);
    if (connection == usual) {
      connection.offer();
      return;
    }
    HttpConnection surplus;
    synchronized (this) {
      if (usual == null || usual.closed()) {
        usual = connection;
        connection.offer();
      } else {
        others.add(connection);
      }
      surplus = surplus(nowNanos);
    }
    if (surplus != null) {
      surplus.close();
    }
  }

  /** The connection that has been idle for longest if there are too many, the usual one always counted; else null. */
  private HttpConnection surplus(long nowNanos) {
    if (others.size() < mostIdle) {
      return null;
    }
    HttpConnection first = usual;
    boolean oldest = others.isEmpty() || first.idleNanos(nowNanos) >= others.getFirst().idleNanos(nowNanos);
    if (oldest && first.claim()) {
      usual = null;
      return first;
    }
    return others.isEmpty() ? null : others.removeFirst();
  }

  @Override
  void leave(Route route) {
    // There is no limit.
  }

  @Override
  public void closeIdle() {
    List<HttpConnection> all;
    synchronized (this) {
      all = new ArrayList<>(others);
      others.clear();
      if (usual != null && usual.claim()) {
        all.add(usual);
        usual = null;
      }
    }
    all.forEach(HttpConnection::close);
  }
}
