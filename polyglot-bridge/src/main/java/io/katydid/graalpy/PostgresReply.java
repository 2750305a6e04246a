package io.katydid.graalpy;

import java.sql.SQLException;
import org.graalvm.polyglot.HostAccess;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What came of one call to PostgreSQL, as flat texts: Python takes them apart. Of the thread that called.
 */
public final class PostgresReply {
  /** Nothing went wrong, and there is nothing to tell. */
  static final PostgresReply DONE = new PostgresReply(null, null, null, null);

  private final PostgresConnection connection;
  private final PostgresResults results;
  private final String failure;
  private final String text;

  private PostgresReply(PostgresConnection connection, PostgresResults results, String failure, String text) {
    this.connection = connection;
    this.results = results;
    this.failure = failure;
    this.text = text;
  }

  static PostgresReply connected(PostgresConnection connection) {
    return new PostgresReply(connection, null, null, null);
  }

  static PostgresReply of(PostgresResults results) {
    return new PostgresReply(null, results, null, null);
  }

  /** A piece of a copy, or what else is one text. */
  static PostgresReply piece(String text) {
    return new PostgresReply(null, null, null, text);
  }

  /** The end of a copy. */
  static PostgresReply copied(long rows) {
    return new PostgresReply(null, null, null, "\0" + rows);
  }

  static PostgresReply failed(SQLException e) {
    return failed(e, null);
  }

  /**
   * @param results for the notices that came before the failure, or null
   */
  static PostgresReply failed(SQLException e, PostgresResults results) {
    ServerErrorMessage server = e instanceof PSQLException pg ? pg.getServerErrorMessage() : null;
    return new PostgresReply(null, results, server != null ? flat(server) : flatOfDriver(e), null);
  }

  /** A complaint of the driver: the state, no severity, the message and what caused it. */
  private static String flatOfDriver(SQLException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean own = cause == e;
    return join(
        e.getSQLState(), null, e.getMessage(), own ? null : cause.getClass().getName(), own ? null : cause.getMessage());
  }

  /** All that the server said of an error or a notice, each followed by a zero. The order is known to `_errors.py`. */
  static String flat(ServerErrorMessage said) {
    return join(
        said.getSQLState(), said.getSeverity(), said.getMessage(), said.getDetail(), said.getHint(),
        position(said.getPosition()), position(said.getInternalPosition()), said.getInternalQuery(), said.getWhere(),
        said.getSchema(), said.getTable(), said.getColumn(), said.getDatatype(), said.getConstraint(), said.getFile(),
        position(said.getLine()), said.getRoutine());
  }

  private static String position(int number) {
    return number == 0 ? null : Integer.toString(number);
  }

  private static String join(String... fields) {
    StringBuilder flat = new StringBuilder();
    for (String field : fields) {
      flat.append(field == null ? "" : field).append('\0');
    }
    return flat.toString();
  }

  /** What went wrong, or null. */
  @HostAccess.Export
  public String failure() {
    return failure;
  }

  @HostAccess.Export
  public PostgresConnection connection() {
    return connection;
  }

  /** A piece of a copy; its end is a zero and the number of rows. */
  @HostAccess.Export
  public String text() {
    return text;
  }

  /** The command tag. */
  @HostAccess.Export
  public String status() {
    return results.status();
  }

  /** The notices that came with it. */
  @HostAccess.Export
  public String notices() {
    return results == null ? "" : results.notices();
  }

  /** The columns, or null if the statement returns no rows. */
  @HostAccess.Export
  public String columns() {
    return results.hasRows() ? results.columns() : null;
  }

  @HostAccess.Export
  public int rowCount() {
    return results.rowCount();
  }

  @HostAccess.Export
  public String values() {
    return results.values();
  }

  @HostAccess.Export
  public String nulls() {
    return results.nulls();
  }
}
