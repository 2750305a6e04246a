package io.katydid.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Exceptions that users' code raised, counted by traceback, with the nodes they happened on. Written by user threads
 * (local run) or the receiver of worker messages (master), read by web and reports: every method may be called from any
 * thread. At most {@link #MOST_ROWS} different ones, and so many characters; further ones share a row. Workers come and go
 * for weeks: a row names the first nodes only.
 */
public final class ExceptionTable {
  public static final int MOST_ROWS = 1000;
  /** Nodes that one row names. */
  static final int MOST_NODES = 200;
  /** All texts together, in characters. */
  static final int MOST_CHARACTERS = 16_000_000;
  /** The node of a run without workers. */
  public static final String LOCAL_NODE = "local";
  private static final String OTHERS = "(other exceptions)";

  /**
   * One kind of exception.
   *
   * @param count how often
   * @param message the text of the first one
   * @param traceback the formatted stack
   * @param nodes ids of the workers it happened on, or {@link #LOCAL_NODE}
   */
  public record Row(long count, String message, String traceback, List<String> nodes) {}

  private static final class Counter {
    final String message;
    final Set<String> nodes = new LinkedHashSet<>();
    long count;

    Counter(String message) {
      this.message = message;
    }
  }

  private final Map<String, Counter> byTraceback = new LinkedHashMap<>();
  private int characters;
  private boolean closed;

  public synchronized void log(String node, String message, String traceback) {
    if (closed) {
      return;
    }
    boolean known = byTraceback.containsKey(traceback);
    int length = known ? 0 : message.length() + traceback.length();
    boolean full = byTraceback.size() >= MOST_ROWS || characters + length > MOST_CHARACTERS;
    Counter counter;
    if (known || !full) {
      characters += length;
      counter = byTraceback.computeIfAbsent(traceback, key -> new Counter(message));
    } else {
      counter = byTraceback.computeIfAbsent(OTHERS, key -> new Counter(OTHERS));
    }
    counter.count++;
    if (counter.nodes.size() < MOST_NODES) {
      counter.nodes.add(node);
    }
  }

  /** Copies, in the order of first arrival. */
  public synchronized List<Row> rows() {
    List<Row> rows = new ArrayList<>(byTraceback.size());
    byTraceback.forEach((traceback, counter) ->
        rows.add(new Row(counter.count, counter.message, traceback, List.copyOf(counter.nodes))));
    return rows;
  }

  /** From now on nothing is counted any more. */
  public synchronized void close() {
    closed = true;
  }

  public synchronized void clear() {
    byTraceback.clear();
    characters = 0;
  }
}
