package io.katydid.web;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * The connections that are open, so that none need be refused: when there are too many, the one that has been without a
 * request for longest makes room. A connection whose next request does not become complete is closed too. Jetty opens and
 * closes them, web threads tell what they are used for, one timer thread calls {@link #look}.
 */
final class Connections implements Connection.Listener {
  /** How long the head of a request may take to come. */
  static final long LONGEST_HEAD_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How long a new connection may be without any request. */
  private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final int most;
  private final LongSupplier nanoClock;
  private final Map<Connection, Use> open = new ConcurrentHashMap<>();

  /** What is known of one connection. */
  private static final class Use {
    private volatile long asked;
    /** A request has come and its answer is not written yet. */
    private volatile boolean busy;
    /** An answer has been written since the timer last looked. */
    private volatile boolean answered;
    /** Not to be closed for others: an open page listens. */
    private volatile boolean kept;
    private volatile boolean fresh = true;
    /** Of the timer thread: the bytes that had come when the last request was over, and when further ones were seen. */
    private long bytes;
    private long begun;
    private boolean partial;

    private Use(long asked) {
      this.asked = asked;
    }

    private void over() {
      answered = true;
      busy = false;
    }
  }

  Connections(int most, LongSupplier nanoClock) {
    this.most = most;
    this.nanoClock = nanoClock;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof ConnectionMetaData)) {
      return; // The encryption below one that counts.
    }
    long now = nanoClock.getAsLong();
    open.put(connection, new Use(now));
    if (open.size() > most) {
      open.entrySet().stream().filter(entry -> !entry.getValue().kept && entry.getKey() != connection)
          .min(Comparator.<Map.Entry<Connection, Use>, Boolean>comparing(entry -> entry.getValue().busy)
              .thenComparingLong(entry -> entry.getValue().asked - now))
          .ifPresent(entry -> cut(entry.getKey()));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** A request has come; its answer ends with the callback that is returned. */
  Callback asked(Request request, Callback callback) {
    Use use = use(request);
    if (use == null) {
      return callback;
    }
    use.fresh = false;
    use.busy = true;
    use.asked = nanoClock.getAsLong();
    return Callback.from(use::over, callback);
  }

  /** Its answer goes on for as long as somebody listens. */
  void keeps(Request request) {
    Use use = use(request);
    if (use != null) {
      use.kept = true;
    }
  }

  /** Closes a request's connection without an answer. */
  void cut(Request request) {
    cut(request.getConnectionMetaData().getConnection());
  }

  private void cut(Connection connection) {
    open.remove(connection);
    connection.getEndPoint().close();
  }

  private Use use(Request request) {
    return open.get(request.getConnectionMetaData().getConnection());
  }

  /** Closes those whose next request has begun and does not become complete, or whose first does not come. */
  void look() {
    long now = nanoClock.getAsLong();
    open.forEach((connection, use) -> {
      long bytes = connection.getBytesIn();
      if (use.busy || use.answered) {
        use.answered = false;
        use.bytes = bytes;
        use.partial = false;
      } else if (!use.partial && bytes != use.bytes) {
        use.partial = true;
        use.begun = now;
      } else if (use.partial && now - use.begun > LONGEST_HEAD_NANOS || use.fresh && now - use.asked > UNUSED_NANOS) {
        cut(connection);
      }
    });
  }
}
