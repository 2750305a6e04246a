package io.katydid.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries by (name, method), in the order of their creation. Finding one allocates nothing. From a limit on, in number
 * or in characters, new names share one row, and so do very long ones, so that a locustfile with ids in its URLs cannot
 * fill the memory of generator and master.
 * Guarded by the lock of {@link RequestStats}.
 */
final class EntryTable {
  static final String OTHER_NAME = "(other)";
  /** Longer names, in characters, have no row of their own either. */
  static final int LONGEST_NAME = 16_384;
  /** All names together, in characters. */
  static final int MOST_CHARACTERS = 8_000_000;

  /** Makes the entry of a name and method. */
  interface EntryFactory {
    StatsEntry create(String name, String method);
  }

  private final int limit;
  private final EntryFactory factory;
  /** Per name the few entries with different methods. */
  private final Map<String, List<StatsEntry>> byName = new HashMap<>();
  private final List<StatsEntry> inOrder = new ArrayList<>();
  private int characters;
  private String firstRefused;

  EntryTable(int limit, EntryFactory factory) {
    this.limit = limit;
    this.factory = factory;
  }

  /** The entry, created if it is new; the row for all others if there are too many. */
  StatsEntry entry(String name, String method) {
    StatsEntry known = find(name, method);
    if (known != null) {
      return known;
    }
    int length = name.length() + method.length();
    if (inOrder.size() < limit && name.length() <= LONGEST_NAME && method.length() <= LONGEST_NAME
        && characters + length <= MOST_CHARACTERS) {
      characters += length;
      return create(name, method);
    }
    if (firstRefused == null) {
      firstRefused = method + " " + name;
    }
    StatsEntry other = find(OTHER_NAME, "");
    return other != null ? other : create(OTHER_NAME, "");
  }

  StatsEntry find(String name, String method) {
    List<StatsEntry> sameName = byName.get(name);
    if (sameName != null) {
      for (int i = 0; i < sameName.size(); i++) {
        if (sameName.get(i).method().equals(method)) {
          return sameName.get(i);
        }
      }
    }
    return null;
  }

  private StatsEntry create(String name, String method) {
    StatsEntry created = factory.create(name, method);
    byName.computeIfAbsent(name, key -> new ArrayList<>(1)).add(created);
    inOrder.add(created);
    return created;
  }

  List<StatsEntry> inOrder() {
    return inOrder;
  }

  /** What first found no row of its own, or null. */
  String firstRefused() {
    return firstRefused;
  }

  /** Whether the next name finds no row because there are as many as there may be. */
  boolean full() {
    return inOrder.size() >= limit;
  }

  void clear() {
    characters = 0;
    byName.clear();
    inOrder.clear();
    firstRefused = null;
  }
}
