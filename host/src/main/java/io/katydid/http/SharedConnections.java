package io.katydid.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Connections of several sessions, by server. If they are limited, whoever wants one more waits on its own thread, and gets
 * the place of the first that leaves. Who reads a streamed reply has left: scripts forget such replies, and nobody can tell
 * before the collector does. Any thread; the lock is never held while a socket is read or written.
 */
final class SharedConnections extends ConnectionPool {
  private final int perServer;
  private final boolean limited;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Route, Server> servers = new HashMap<>(2);
  /** The last entry that was looked up: mostly there is one. */
  private Route lastRoute;
  private Server lastServer;

  /** The connections to one server. Guarded by the lock. */
  private static final class Server {
    /** Newest first. */
    final ArrayDeque<HttpConnection> idle = new ArrayDeque<>(1);
    /** Empty while a place is free. */
    final ArrayDeque<Waiter> waiters = new ArrayDeque<>(1);
    int inUse;
  }

  /** A thread that waits for a place. */
  private static final class Waiter {
    final Thread thread = Thread.currentThread();
    volatile boolean hasPlace;
  }

  SharedConnections(int perServer, boolean limited) {
    this.perServer = Math.max(1, perServer);
    this.limited = limited;
  }

  /** Takes a place, waiting for one if there is none. */
  @Override
  void enter(Route route, HttpCall call) throws CallFailed {
    Waiter waiter;
    lock.lock();
    try {
      Server server = server(route);
      if (!limited || server.inUse < perServer) {
        server.inUse++;
        return;
      }
      waiter = new Waiter();
      server.waiters.add(waiter);
    } finally {
      lock.unlock();
    }
    call.waits();
    while (!waiter.hasPlace && !call.aborted() && !waiter.thread.isInterrupted()) {
      LockSupport.park(this);
    }
    call.goesOn();
    if (call.aborted() || waiter.thread.isInterrupted()) {
      giveUp(route, waiter);
      throw new CallFailed(Failure.Kind.KILLED, "killed");
    }
  }

  /** With the lock held. */
  private Server server(Route route) {
    if (route != lastRoute) {
      lastServer = servers.computeIfAbsent(route, any -> new Server());
      lastRoute = route;
    }
    return lastServer;
  }

  private void giveUp(Route route, Waiter waiter) {
    boolean hadPlace;
    lock.lock();
    try {
      hadPlace = !server(route).waiters.remove(waiter);
    } finally {
      lock.unlock();
    }
    if (hadPlace) {
      leave(route);
    }
  }

  @Override
  HttpConnection poll(Route route) {
    lock.lock();
    try {
      return server(route).idle.poll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  void give(HttpConnection connection, long nowNanos) {
    connection.markIdle(nowNanos);
    boolean kept;
    lock.lock();
    try {
      Server server = server(connection.route);
      kept = server.idle.size() < perServer;
      if (kept) {
        server.idle.push(connection);
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      connection.close();
    }
  }

  /** Gives a place back, to the first that waits. */
  @Override
  void leave(Route route) {
    Waiter next;
    lock.lock();
    try {
      Server server = server(route);
      next = server.waiters.poll();
      if (next != null) {
        next.hasPlace = true;
      } else if (--server.inUse == 0 && server.idle.isEmpty()) {
        servers.remove(route);
        lastRoute = null;
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      LockSupport.unpark(next.thread);
    }
  }

  @Override
  public void closeIdle() {
    List<HttpConnection> all = new ArrayList<>();
    lock.lock();
    try {
      for (Server server : servers.values()) {
        all.addAll(server.idle);
        server.idle.clear();
      }
      servers.values().removeIf(server -> server.inUse == 0);
      lastRoute = null;
    } finally {
      lock.unlock();
    }
    all.forEach(HttpConnection::close);
  }
}
