package io.katydid.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Which log lines a worker sends: all recent ones whenever there are new ones, until there are too many at once. Called
 * on the report timeline.
 */
final class LogForwarding {
  private static final int MOST_NEW_LINES = 70;

  private List<String> last = List.of();
  private boolean ended;

  /** What to send now; empty if there is nothing new. */
  Optional<List<String>> take(List<String> current, ClusterLog log) {
    if (ended || current.isEmpty() || current.equals(last)) {
      return Optional.empty();
    }
    if (newLines(current) > MOST_NEW_LINES) {
      ended = true;
      log.warning("The worker attempted to send more than 70 log lines in one interval. Further log sending was "
          + "disabled for this worker.");
    }
    last = List.copyOf(current);
    return Optional.of(last);
  }

  private int newLines(List<String> current) {
    int known = last.isEmpty() ? -1 : current.lastIndexOf(last.getLast());
    return current.size() - 1 - known;
  }
}
