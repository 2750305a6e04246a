package io.katydid.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The newest log records, oldest first, for the web UI's log page and for a worker's report to its master. */
public final class RecentLines {
  /** How many records Locust keeps. */
  public static final int LOCUST_CAPACITY = 500;

  private final int capacity;
  private final ArrayDeque<String> lines;

  public RecentLines(int capacity) {
    this.capacity = capacity;
    this.lines = new ArrayDeque<>(capacity);
  }

  /** Adds a record and forgets the oldest when full. Any thread. */
  public synchronized void add(String line) {
    if (lines.size() == capacity) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** A copy, oldest first. Any thread. */
  public synchronized List<String> all() {
    return new ArrayList<>(lines);
  }
}
