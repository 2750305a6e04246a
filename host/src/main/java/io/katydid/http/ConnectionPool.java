package io.katydid.http;

import java.util.concurrent.TimeUnit;

/**
 * Where a session finds a connection that is open already, and leaves it for the next request. Each session has a pool of
 * its own unless several are given the same one. Any thread may call it, also while others wait for a connection.
 *
 * <p>Whoever has been let in by {@link #take} calls {@link #leave} once, after {@link #give} if the connection can be used again.
 */
public abstract class ConnectionPool {
  private static final int DEFAULT_MOST_IDLE = 10;
  /** Whatever a server does right after a reply has been noticed by then. */
  private static final long RESTED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  ConnectionPool() {}

  /** For one session: as many connections as there are requests at the same time, ten of them kept. */
  public static ConnectionPool own() {
    return own(DEFAULT_MOST_IDLE);
  }

  /** The same with another number of idle connections that are kept; the oldest goes first. */
  static ConnectionPool own(int mostIdle) {
    return new OwnConnections(mostIdle);
  }

  /**
   * For several sessions (Locust's `pool_manager` and `client_pool`).
   *
   * @param perServer how many connections to one server are kept
   * @param limited whether there are never more: a request for which there is none then waits, in order
   */
  public static ConnectionPool shared(int perServer, boolean limited) {
    return new SharedConnections(perServer, limited);
  }

  /**
   * An idle connection, or null: the caller opens one. None of which the end has been noticed.
   *
   * @param repeatable whether the request that is to be sent may be sent again: if not, more is done to notice
   * @throws CallFailed the call was aborted while it waited
   */
  final HttpConnection take(Route route, HttpCall call, boolean repeatable) throws CallFailed {
    enter(route, call);
    while (true) {
      HttpConnection found = poll(route);
      if (found == null || found.alive(found.idleNanos(System.nanoTime()) >= RESTED_AFTER_NANOS, repeatable)) {
        return found;
      }
      found.close();
    }
  }

  /** Waits, where connections are limited, until there may be one more. */
  abstract void enter(Route route, HttpCall call) throws CallFailed;

  /** An idle connection, the newest first, or null. */
  abstract HttpConnection poll(Route route);

  /** Keeps a connection whose exchange is complete, or closes it. */
  abstract void give(HttpConnection connection, long nowNanos);

  /** The exchange is over, whatever became of it, or its reply is read as a stream. */
  abstract void leave(Route route);

  /** Closes the idle connections; those in use may come back. */
  public abstract void closeIdle();
}
