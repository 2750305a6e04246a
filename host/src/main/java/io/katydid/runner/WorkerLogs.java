package io.katydid.runner;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The last log lines of each worker of a master. Those of workers that are there stay; of workers that have left, which may
 * be thousands in a week of pods, only the last few do. Written by the run thread, read by any.
 */
final class WorkerLogs {
  /** Workers that have left whose lines are kept. */
  static final int MOST_GONE = 20;
  /** Lines of one worker, as many as it keeps itself. */
  static final int MOST_LINES = 500;
  private static final int LONGEST_LINE = 10_000;
  /** Of all workers together; beyond, the lines that came first go. */
  static final int MOST_CHARACTERS = 20_000_000;

  private final Predicate<String> isThere;
  /** The worker that sent last is the last one. */
  private final Map<String, List<String>> byWorker = new LinkedHashMap<>();
  private long characters;

  /** @param isThere whether a worker of this id is known now */
  WorkerLogs(Predicate<String> isThere) {
    this.isThere = isThere;
  }

  /** What a worker has sent, in place of what it sent before. */
  synchronized void put(String workerId, List<String> sent) {
    forget(workerId);
    List<String> lines = new ArrayList<>();
    for (String line : sent.subList(Math.max(0, sent.size() - MOST_LINES), sent.size())) {
      lines.add(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...");
    }
    byWorker.put(workerId, List.copyOf(lines));
    characters += length(lines);
    keepTheLastOfThoseGone();
    while (characters > MOST_CHARACTERS && byWorker.size() > 1) {
      forget(byWorker.keySet().iterator().next());
    }
  }

  private void keepTheLastOfThoseGone() {
    long gone = byWorker.keySet().stream().filter(isThere.negate()).count();
    Iterator<Map.Entry<String, List<String>>> oldest = byWorker.entrySet().iterator();
    while (gone > MOST_GONE) {
      Map.Entry<String, List<String>> one = oldest.next();
      if (!isThere.test(one.getKey())) {
        characters -= length(one.getValue());
        oldest.remove();
        gone--;
      }
    }
  }

  private void forget(String workerId) {
    List<String> lines = byWorker.remove(workerId);
    if (lines != null) {
      characters -= length(lines);
    }
  }

  private static long length(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }

  /** A copy. */
  synchronized Map<String, List<String>> all() {
    keepTheLastOfThoseGone();
    return new LinkedHashMap<>(byWorker);
  }
}
