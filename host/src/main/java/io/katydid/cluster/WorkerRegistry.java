package io.katydid.cluster;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The workers a master knows, in the order they came, and the index each id was given for good, or as long as the last
 * {@link #MOST_INDEXES} ids are. Changed by the
 * protocol's thread, read by any. The sums are asked for after every message, of thousands of workers: plain loops.
 */
public final class WorkerRegistry {
  /** Pods come and go for weeks under ever new ids. */
  static final int MOST_INDEXES = 20_000;

  private final Map<String, WorkerNode> nodes = new LinkedHashMap<>();
  /** In the order they were given. */
  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private int nextIndex;

  /** Index of this id, given now if it has none yet. */
  synchronized int indexOf(String id) {
    Integer known = indexes.get(id);
    if (known != null) {
      return known;
    }
    if (indexes.size() >= MOST_INDEXES) {
      forgetAnIndex();
    }
    indexes.put(id, nextIndex);
    return nextIndex++;
  }

  /** The oldest of a worker that has left. */
  private void forgetAnIndex() {
    Iterator<String> ids = indexes.keySet().iterator();
    while (ids.hasNext()) {
      if (!nodes.containsKey(ids.next())) {
        ids.remove();
        return;
      }
    }
  }

  /** Enters a fresh node; true if the id was there already. */
  synchronized boolean enter(String id, long nanos) {
    return nodes.put(id, new WorkerNode(id, indexOf(id), nanos)) != null;
  }

  synchronized WorkerNode remove(String id) {
    return nodes.remove(id);
  }

  /** The node of this id, or null. */
  public synchronized WorkerNode get(String id) {
    return nodes.get(id);
  }

  /** All nodes, missing ones included. */
  public synchronized List<WorkerNode> all() {
    return new ArrayList<>(nodes.values());
  }

  /** Nodes that are ready, running or spawning, in this order. */
  List<WorkerNode> available() {
    List<WorkerNode> available = new ArrayList<>();
    for (String state : List.of(WorkerNode.READY, WorkerNode.RUNNING, WorkerNode.SPAWNING)) {
      all().stream().filter(node -> node.state().equals(state)).forEach(available::add);
    }
    return available;
  }

  /** Number of workers that are ready, spawning or running. */
  public int connected() {
    return count(WorkerNode::connected);
  }

  /** Number of workers that are ready. */
  public int ready() {
    return count(node -> node.state().equals(WorkerNode.READY));
  }

  synchronized boolean any(Predicate<WorkerNode> condition) {
    for (WorkerNode node : nodes.values()) {
      if (condition.test(node)) {
        return true;
      }
    }
    return false;
  }

  synchronized int count(Predicate<WorkerNode> condition) {
    int count = 0;
    for (WorkerNode node : nodes.values()) {
      if (condition.test(node)) {
        count++;
      }
    }
    return count;
  }

  /** Users over all workers, as last reported. */
  public synchronized int userCount() {
    int sum = 0;
    for (WorkerNode node : nodes.values()) {
      sum += node.userCount();
    }
    return sum;
  }

  /** Users by class over all workers, as last reported. */
  public Map<String, Integer> userClassesCount() {
    Map<String, Integer> sums = new LinkedHashMap<>();
    for (WorkerNode node : all()) {
      node.userClassesCount().forEach((name, count) -> sums.merge(name, count, Integer::sum));
    }
    return sums;
  }
}
