package io.katydid.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gathers workers that come and go while a test runs: each time all users are dealt out anew. A single change is obeyed at once.
 * Changes that follow closely wait for each other, and the longer they go on coming, the longer: a thousand workers that start
 * together, or a peer that says again and again that it is ready, move the users of all the others a few times only. Owned by
 * the protocol's timeline.
 */
final class Redistributions {
  /** The least time between two, in seconds; it doubles as long as there is no pause between changes. */
  static final double SHORTEST_GAP_SECONDS = 1;
  static final double LONGEST_GAP_SECONDS = 10;
  private static final double NANOS_PER_SECOND = 1e9;

  /** What has changed since the last one; true = the worker is there. */
  private final Map<String, Boolean> changes = new LinkedHashMap<>();
  private final Timeline time;
  private final Consumer<Map<String, Boolean>> handOut;
  private Timeline.Timer timer;
  private boolean begun;
  private long last;
  private double gap = SHORTEST_GAP_SECONDS;

  /** @param handOut gets the changes, the last one of each worker, and deals the users out */
  Redistributions(Timeline time, Consumer<Map<String, Boolean>> handOut) {
    this.time = time;
    this.handOut = handOut;
  }

  /** A worker has come, perhaps without having left, or has left. */
  void changed(String worker, boolean isThere) {
    changes.put(worker, isThere);
    want();
  }

  /** The users are to be dealt out anew, at once or soon. */
  void want() {
    if (timer != null) {
      return;
    }
    double since = begun ? (time.nanos() - last) / NANOS_PER_SECOND : Double.POSITIVE_INFINITY;
    if (since >= gap) {
      begin(since >= 2 * gap);
    } else {
      timer = time.after(gap - since, () -> begin(false));
    }
  }

  private void begin(boolean afterPause) {
    gap = afterPause ? SHORTEST_GAP_SECONDS : Math.min(LONGEST_GAP_SECONDS, gap * 2);
    begun = true;
    last = time.nanos();
    handOut.accept(take());
  }

  /** A worker's change is dealt with by somebody else. */
  void forget(String worker) {
    changes.remove(worker);
  }

  /** The changes that still wait; whoever asks deals with them now. */
  Map<String, Boolean> take() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    Map<String, Boolean> taken = new LinkedHashMap<>(changes);
    changes.clear();
    return taken;
  }
}
