package io.katydid.graalpy;

import java.sql.SQLException;
import org.postgresql.jdbc.PgConnection;

/**
 * Ends the statement a killed thread waits for: asks the server to cancel, on a thread of its own because that is another
 * connection, and again until the statement is over, because a request that comes before the statement does nothing. One for
 * each statement. Run by whoever kills; closed by the thread that waited, so that the statement after it is not hit.
 */
final class PostgresCancel implements Runnable, AutoCloseable {
  private static final long AGAIN_MILLIS = 200;

  private final PgConnection connection;
  private Thread asking;
  private boolean over;

  PostgresCancel(PgConnection connection) {
    this.connection = connection;
  }

  @Override
  public synchronized void run() {
    if (asking == null && !over) {
      asking = Thread.ofVirtual().name("postgres-cancel").start(this::ask);
    }
  }

  /** Whether anybody has wanted the statement to end. */
  synchronized boolean asked() {
    return asking != null;
  }

  private void ask() {
    try {
      while (!isOver()) {
        connection.cancelQuery();
        awaitEnd();
      }
    } catch (SQLException e) {
      // There is no server to be asked: the thread that waits sees that too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  private synchronized void awaitEnd() throws InterruptedException {
    if (!over) {
      wait(AGAIN_MILLIS);
    }
  }

  /** The statement is over; waits for a request that is still on its way. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      over = true;
      notifyAll();
      last = asking;
    }
    try {
      if (last != null) {
        last.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
