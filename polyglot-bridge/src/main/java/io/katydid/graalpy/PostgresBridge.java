package io.katydid.graalpy;

import java.sql.SQLException;
import java.util.Properties;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;

/**
 * PostgreSQL's JDBC driver as the Python package `psycopg2` sees it: opens connections. Called from every thread that is
 * in Python. The driver's classes are loaded by the first connection.
 */
public final class PostgresBridge {
  private final PythonGate gate;

  PostgresBridge(PythonGate gate) {
    this.gate = gate;
  }

  /**
   * Connects; blocks.
   *
   * @param url of the driver's form, jdbc:postgresql://HOST:PORT/DATABASE
   * @param settings a Python dict of the driver's properties
   * @return with the {@link PostgresConnection}, or the failure
   */
  @HostAccess.Export
  public PostgresReply connect(String url, Value settings) {
    Properties properties = new Properties();
    PlainData.map(settings).forEach((name, value) -> properties.setProperty(name, String.valueOf(value)));
    gate.leave();
    try {
      PgConnection connection = (PgConnection) new Driver().connect(url, properties);
      return PostgresReply.connected(new PostgresConnection(gate, connection));
    } catch (SQLException e) {
      return PostgresReply.failed(e);
    } finally {
      gate.enter();
    }
  }
}
