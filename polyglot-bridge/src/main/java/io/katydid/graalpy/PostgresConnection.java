package io.katydid.graalpy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.SqlCommand;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLState;

/**
 * One connection to PostgreSQL. Statements go to the server as psycopg2 sends them: one text with its values in it, by
 * the simple query protocol, and the results are texts that Python turns into its types. The driver begins and ends no
 * transactions.
 *
 * <p>Called by the threads of one user, sometimes by several at once (the driver has them wait for each other). What waits
 * for the server gives the gate back meanwhile; if its thread is killed, the server is told to cancel, and the answer is
 * null.
 */
public final class PostgresConnection {
  private static final int AS_PSYCOPG2 =
      QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
          | QueryExecutor.QUERY_SUPPRESS_BEGIN
          | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS
          | QueryExecutor.QUERY_NO_BINARY_TRANSFER
          | QueryExecutor.QUERY_ONESHOT;
  private static final int COPY_PIECE_BYTES = 64 * 1024;

  private final PythonGate gate;
  private final PgConnection connection;
  private final QueryExecutor executor;
  /** The COPY in progress, if there is one; of the thread that runs it. */
  private volatile CopyIn copyIn;
  private volatile CopyOut copyOut;

  PostgresConnection(PythonGate gate, PgConnection connection) {
    this.gate = gate;
    this.connection = connection;
    this.executor = connection.getQueryExecutor();
  }

  private interface Exchange {
    PostgresReply withServer() throws SQLException;
  }

  private PostgresReply outsideTheGate(Exchange exchange) {
    PythonThread self = PythonThread.current();
    if (self != null && self.takeKill()) {
      return null;
    }
    PostgresCancel cancel = new PostgresCancel(connection);
    gate.leave();
    try {
      if (self != null) {
        self.wakeWith(cancel);
      }
      return exchange.withServer();
    } catch (SQLException e) {
      return cancel.asked() && self.takeKill() ? null : PostgresReply.failed(e);
    } finally {
      if (self != null) {
        self.wakeWith(null);
      }
      cancel.close();
      gate.enter();
    }
  }

  /**
   * Runs one text, which may be several statements; blocks.
   *
   * @param begin what to run before it, or null
   * @return the last result, or the failure
   */
  @HostAccess.Export
  public PostgresReply execute(String begin, String sql) {
    return outsideTheGate(
        () -> {
          begin(begin);
          PostgresResults results = new PostgresResults();
          try {
            run(sql, results);
            return PostgresReply.of(results);
          } catch (SQLException e) {
            if (cancelled(e)) {
              throw e;
            }
            return PostgresReply.failed(e, results);
          }
        });
  }

  private static boolean cancelled(SQLException e) {
    return PSQLState.QUERY_CANCELED.getState().equals(e.getSQLState());
  }

  private void begin(String begin) throws SQLException {
    if (begin != null) {
      run(begin, new PostgresResults());
    }
  }

  private void run(String sql, PostgresResults results) throws SQLException {
    Query query = executor.wrap(List.of(new NativeQuery(sql, SqlCommand.BLANK)));
    try {
      executor.execute(query, null, results, 0, 0, AS_PSYCOPG2);
    } finally {
      query.close();
    }
  }

  /** Begins a COPY ... FROM STDIN; blocks. After it come {@link #writeCopy} and {@link #endCopy}. */
  @HostAccess.Export
  public PostgresReply copyIn(String begin, String sql) {
    return outsideTheGate(
        () -> {
          begin(begin);
          copyIn = connection.getCopyAPI().copyIn(sql);
          return PostgresReply.DONE;
        });
  }

  /** Sends bytes of the COPY in progress; blocks. */
  @HostAccess.Export
  public PostgresReply writeCopy(Value buffer) {
    byte[] bytes = BridgeSession.bytesOf(buffer);
    return outsideTheGate(
        () -> {
          copyIn.writeToCopy(bytes, 0, bytes.length);
          return PostgresReply.DONE;
        });
  }

  /** Ends the COPY to the server, or gives it up; blocks. The reply has the number of rows. */
  @HostAccess.Export
  public PostgresReply endCopy(boolean complete) {
    CopyIn copy = copyIn;
    copyIn = null;
    return outsideTheGate(
        () -> {
          if (!complete) {
            copy.cancelCopy();
            return PostgresReply.DONE;
          }
          return PostgresReply.copied(copy.endCopy());
        });
  }

  /** Begins a COPY ... TO STDOUT; blocks. After it comes {@link #readCopy} until its reply has no bytes. */
  @HostAccess.Export
  public PostgresReply copyOut(String begin, String sql) {
    return outsideTheGate(
        () -> {
          begin(begin);
          copyOut = connection.getCopyAPI().copyOut(sql);
          return PostgresReply.DONE;
        });
  }

  /** The next bytes of the COPY from the server as Latin-1; blocks. At the end the reply has the number of rows. */
  @HostAccess.Export
  public PostgresReply readCopy() {
    return outsideTheGate(
        () -> {
          StringBuilder piece = new StringBuilder();
          while (copyOut.isActive() && piece.length() < COPY_PIECE_BYTES) {
            byte[] row = copyOut.readFromCopy();
            if (row != null) {
              piece.append(new String(row, StandardCharsets.ISO_8859_1));
            }
          }
          if (piece.isEmpty()) {
            return PostgresReply.copied(copyOut.getHandledRowCount());
          }
          return PostgresReply.piece(piece.toString());
        });
  }

  /** Gives the COPY from the server up. */
  @HostAccess.Export
  public PostgresReply cancelCopyOut() {
    return outsideTheGate(
        () -> {
          if (copyOut.isActive()) {
            copyOut.cancelCopy();
          }
          return PostgresReply.DONE;
        });
  }

  /** Notifications that have arrived: process, channel, payload, each followed by a zero; blocks for a moment. */
  @HostAccess.Export
  public PostgresReply notifications() {
    return outsideTheGate(
        () -> {
          StringBuilder flat = new StringBuilder();
          PGNotification[] arrived = connection.getNotifications();
          for (PGNotification one : arrived == null ? new PGNotification[0] : arrived) {
            flat.append(one.getPID()).append('\0');
            flat.append(one.getName()).append('\0').append(one.getParameter()).append('\0');
          }
          return PostgresReply.piece(flat.toString());
        });
  }

  /** Tells the server to cancel what the connection is doing, for another thread; blocks. */
  @HostAccess.Export
  public PostgresReply cancel() {
    gate.leave();
    try {
      connection.cancelQuery();
      return PostgresReply.DONE;
    } catch (SQLException e) {
      return PostgresReply.failed(e);
    } finally {
      gate.enter();
    }
  }

  /** As libpq numbers it: 0 idle, 2 in a transaction, 3 in a failed one, 4 no connection. */
  @HostAccess.Export
  public int transactionStatus() {
    if (executor.isClosed()) {
      return 4;
    }
    return switch (executor.getTransactionState()) {
      case IDLE -> 0;
      case OPEN -> 2;
      case FAILED -> 3;
    };
  }

  @HostAccess.Export
  public String parameterStatus(String name) {
    return executor.getParameterStatus(name);
  }

  @HostAccess.Export
  public int serverVersion() {
    return executor.getServerVersionNum();
  }

  @HostAccess.Export
  public int backendPid() {
    return connection.getBackendPID();
  }

  @HostAccess.Export
  public boolean standardConformingStrings() {
    return executor.getStandardConformingStrings();
  }

  @HostAccess.Export
  public boolean closed() {
    return executor.isClosed();
  }

  /** Blocks for a moment. */
  @HostAccess.Export
  public void close() {
    gate.leave();
    try {
      connection.close();
    } catch (SQLException e) {
      // Closing is all that was wanted; the server notices by itself.
    } finally {
      gate.enter();
    }
  }
}
