package io.katydid.graalpy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLWarning;
import java.util.List;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.util.PSQLWarning;

/**
 * What the server answers to one text of statements: of several results the last counts. Filled by the driver on the
 * thread that executes, read by the same thread.
 */
final class PostgresResults extends ResultHandlerBase {
  private final StringBuilder notices = new StringBuilder();
  private Field[] fields;
  private List<Tuple> rows;
  private String status;
  /** Rows have come whose status has not. */
  private boolean statusFollows;

  @Override
  public void handleResultRows(Query query, Field[] columns, List<Tuple> tuples, ResultCursor cursor) {
    fields = columns;
    rows = tuples;
    statusFollows = true;
  }

  @Override
  public void handleCommandStatus(String tag, long updateCount, long insertOid) {
    status = tag;
    if (!statusFollows) {
      fields = null;
      rows = null;
    }
    statusFollows = false;
  }

  @Override
  public void handleWarning(SQLWarning warning) {
    if (warning instanceof PSQLWarning notice && notice.getServerErrorMessage() != null) {
      notices.append(PostgresReply.flat(notice.getServerErrorMessage()));
    }
  }

  /** The command tag, such as "INSERT 0 1"; "EMPTY" for a text without a statement. */
  String status() {
    return status;
  }

  /** The notices as {@link PostgresReply#flat} texts one after the other. */
  String notices() {
    return notices.toString();
  }

  /** Whether the last statement has a result, be it without rows. */
  boolean hasRows() {
    return rows != null;
  }

  int rowCount() {
    return rows.size();
  }

  /** Name, type, length, modifier, table and place in the table of each column, each followed by a zero. */
  String columns() {
    StringBuilder flat = new StringBuilder();
    for (Field field : fields) {
      flat.append(field.getColumnLabel()).append('\0');
      for (int number : new int[] {
          field.getOID(), field.getLength(), field.getMod(), field.getTableOid(), field.getPositionInTable()}) {
        flat.append(number).append('\0');
      }
    }
    return flat.toString();
  }

  /** All values, row by row, each followed by a zero, which no text of the server contains; nothing for a null. */
  String values() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(64 + 16 * fields.length * rows.size());
    for (Tuple row : rows) {
      for (int i = 0; i < fields.length; i++) {
        byte[] value = row.get(i);
        if (value != null) {
          all.write(value, 0, value.length);
        }
        all.write(0);
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Which of the values are null, as numbers separated by commas. */
  String nulls() {
    StringBuilder places = new StringBuilder();
    int place = 0;
    for (Tuple row : rows) {
      for (int i = 0; i < fields.length; i++, place++) {
        if (row.get(i) == null) {
          places.append(places.isEmpty() ? "" : ",").append(place);
        }
      }
    }
    return places.toString();
  }
}
