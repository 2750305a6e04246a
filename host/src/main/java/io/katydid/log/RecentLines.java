package io.katydid.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest log records, oldest first, for the web UI's log page and for a worker's report to its master. Bounded in number
 * and in characters: some locustfiles log whole replies.
 */
public final class RecentLines {
  /** How many records Locust keeps. */
  public static final int LOCUST_CAPACITY = 500;

  /** All records together; the newest one stays, however long it is. */
  static final int MOST_CHARACTERS = 4_000_000;

  private final int capacity;
  private final ArrayDeque<String> lines;
  private long characters;

  public RecentLines(int capacity) {
    this.capacity = capacity;
    this.lines = new ArrayDeque<>(capacity);
  }

  /** Adds a record and forgets the oldest when full. Any thread. */
  public synchronized void add(String line) {
    lines.addLast(line);
    characters += line.length();
    while (lines.size() > capacity || characters > MOST_CHARACTERS && lines.size() > 1) {
      characters -= lines.removeFirst().length();
    }
  }

  /** A copy, oldest first. Any thread. */
  public synchronized List<String> all() {
    return new ArrayList<>(lines);
  }
}
