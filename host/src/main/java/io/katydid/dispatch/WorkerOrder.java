package io.katydid.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which workers are given users: first one worker of each host, then the second of each, so that users
 * spread over machines before they pile up on one. A worker's host is the part of its id before the first underscore.
 */
final class WorkerOrder {
  private WorkerOrder() {
  }

  static List<String> sorted(Collection<String> workers) {
    List<String> byId = new ArrayList<>(workers);
    byId.sort(CodePointOrder.INSTANCE);
    Map<String, Integer> seenOnHost = new HashMap<>();
    Map<String, Integer> rank = new HashMap<>();
    for (String worker : byId) {
      int underscore = worker.indexOf('_');
      String host = underscore < 0 ? worker : worker.substring(0, underscore);
      rank.put(worker, seenOnHost.merge(host, 1, Integer::sum));
    }
    byId.sort(Comparator.comparing(rank::get));
    return List.copyOf(byId);
  }
}
