package io.katydid.dispatch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many users of each class every worker shall run: absolute numbers, zeros included. Immutable, so it may be handed
 * to any thread. The maps are made when asked for, since most readers want one worker or the totals.
 */
public final class Placement {
  private final List<String> workers;
  private final List<String> classes;
  private final int[][] counts;
  private final int total;

  /** Takes over {@code counts[worker][class]}; the caller keeps no reference. */
  Placement(List<String> workers, List<String> classes, int[][] counts) {
    this.workers = workers;
    this.classes = classes;
    this.counts = counts;
    int sum = 0;
    for (int[] row : counts) {
      for (int count : row) {
        sum += count;
      }
    }
    this.total = sum;
  }

  /** Worker ids in the order they are served. */
  public List<String> workers() {
    return workers;
  }

  /** Class names in code point order. */
  public List<String> classes() {
    return classes;
  }

  /** Number of users over all workers. */
  public int total() {
    return total;
  }

  /** Class name to number of users for one worker, every class present; empty for an unknown worker. */
  public Map<String, Integer> of(String worker) {
    int index = workers.indexOf(worker);
    return index < 0 ? Map.of() : row(counts[index]);
  }

  /** Worker id to {@link #of}. */
  public Map<String, Map<String, Integer>> byWorker() {
    Map<String, Map<String, Integer>> all = LinkedHashMap.newLinkedHashMap(workers.size());
    for (int w = 0; w < counts.length; w++) {
      all.put(workers.get(w), row(counts[w]));
    }
    return Collections.unmodifiableMap(all);
  }

  /** Class name to number of users over all workers. */
  public Map<String, Integer> byClass() {
    int[] sums = new int[classes.size()];
    for (int[] row : counts) {
      for (int c = 0; c < row.length; c++) {
        sums[c] += row[c];
      }
    }
    return row(sums);
  }

  private Map<String, Integer> row(int[] numbers) {
    Map<String, Integer> map = LinkedHashMap.newLinkedHashMap(numbers.length);
    for (int c = 0; c < numbers.length; c++) {
      map.put(classes.get(c), numbers[c]);
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public String toString() {
    return byWorker().toString();
  }
}
