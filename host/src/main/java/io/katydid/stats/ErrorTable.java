package io.katydid.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The failures by key, in the order of their first arrival, with limits like those of the names, in number and in
 * characters: errors with ever new texts share one row from then on. Guarded by the lock of {@link RequestStats}.
 */
final class ErrorTable {
  static final String OTHER_ERRORS = "(other errors)";
  /** All texts together, in characters: whole replies are failure messages of some locustfiles. */
  static final int MOST_CHARACTERS = 16_000_000;

  private record Kind(String method, String name, String maskedError) {}

  private static final class Row {
    final String key;
    final Kind kind;
    final String shown;
    long occurrences;
    double firstSeen = Double.NaN;
    double lastSeen = Double.NaN;

    Row(String key, Kind kind, String shown) {
      this.key = key;
      this.kind = kind;
      this.shown = shown;
    }

    void count(long more, double first, double last) {
      occurrences += more;
      if (!(firstSeen <= first) && !Double.isNaN(first)) {
        firstSeen = first;
      }
      if (!(lastSeen >= last) && !Double.isNaN(last)) {
        lastSeen = last;
      }
    }

    StatsError copy() {
      return new StatsError(
          key, kind.method, kind.name, kind.maskedError, shown, occurrences, firstSeen, lastSeen);
    }
  }

  private final int limit;
  private final Map<String, Row> byKey = new LinkedHashMap<>();
  /** Spares the hash for errors seen before. */
  private final Map<Kind, Row> byKind = new HashMap<>();
  private int characters;

  ErrorTable(int limit) {
    this.limit = limit;
  }

  /** Counts an error of this process. {@code shown} null: derived from the text. */
  void count(String method, String name, String error, String shown, double now) {
    Kind kind = new Kind(method, name, ErrorText.masked(error));
    Row row = byKind.get(kind);
    if (row == null) {
      String key = ErrorText.key(method, name, kind.maskedError);
      row = row(key, kind, shown == null ? ErrorText.shown(error) : shown);
      if (row.key.equals(key) && byKind.size() < limit) {
        byKind.put(kind, row);
      }
    }
    row.count(1, now, now);
  }

  /** Adds what a worker counted. */
  void add(StatsError error) {
    Kind kind = new Kind(error.method(), error.name(), error.error());
    row(error.key(), kind, error.shown()).count(error.occurrences(), error.firstSeen(), error.lastSeen());
  }

  private Row row(String key, Kind kind, String shown) {
    Row known = byKey.get(key);
    if (known != null) {
      return known;
    }
    int length = kind.maskedError.length() + kind.name.length() + shown.length();
    if (byKey.size() < limit && characters + length <= MOST_CHARACTERS) {
      characters += length;
      Row row = new Row(key, kind, shown);
      byKey.put(key, row);
      return row;
    }
    Kind other = new Kind("", EntryTable.OTHER_NAME, OTHER_ERRORS);
    String otherKey = ErrorText.key(other.method, other.name, other.maskedError);
    return byKey.computeIfAbsent(otherKey, absent -> new Row(absent, other, OTHER_ERRORS));
  }

  List<StatsError> copies() {
    List<StatsError> copies = new ArrayList<>(byKey.size());
    for (Row row : byKey.values()) {
      copies.add(row.copy());
    }
    return copies;
  }

  void clear() {
    characters = 0;
    byKey.clear();
    byKind.clear();
  }
}
