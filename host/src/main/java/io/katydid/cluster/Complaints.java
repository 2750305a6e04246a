package io.katydid.cluster;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Complaints about what peers send: the first of its kind is a log line, further ones within a minute are counted and
 * told with the next line. So a peer that goes on misbehaving cannot fill the log. Owned by a protocol or an endpoint;
 * any thread.
 */
final class Complaints {
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
  /** Peers may invent ever new names; what comes beyond within a minute shares one count. */
  private static final int MOST_KINDS = 1_000;
  /** Peers may also invent long ones. */
  private static final int LONGEST_KIND = 300;
  private static final String OTHERS = "all others";

  private static final class Kind {
    long loggedAt;
    long further;

    Kind(long loggedAt) {
      this.loggedAt = loggedAt;
    }
  }

  private final Map<String, Kind> kinds = new HashMap<>();

  /**
   * @param kind what the complaint is about, and whom
   * @param line the sentence
   * @param nanos monotonic time now
   * @param log where it goes if it is time for it
   */
  synchronized void about(String kind, String line, long nanos, Consumer<String> log) {
    String bounded = kind.length() <= LONGEST_KIND ? kind : kind.substring(0, LONGEST_KIND);
    if (kinds.size() >= MOST_KINDS && !kinds.containsKey(bounded)) {
      forgetOld(nanos);
    }
    String name = kinds.containsKey(bounded) || kinds.size() < MOST_KINDS ? bounded : OTHERS;
    Kind known = kinds.computeIfAbsent(name, absent -> new Kind(nanos - QUIET_NANOS - 1));
    if (nanos - known.loggedAt <= QUIET_NANOS) {
      known.further++;
      return;
    }
    log.accept(known.further == 0 ? line : line + " (and " + known.further + " more like it since the last time)");
    known.loggedAt = nanos;
    known.further = 0;
  }

  /** Makes room: of kinds that have been quiet only the number of what was not told is kept. */
  private void forgetOld(long nanos) {
    long untold = 0;
    Iterator<Map.Entry<String, Kind>> all = kinds.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Kind> kind = all.next();
      if (nanos - kind.getValue().loggedAt > QUIET_NANOS && !kind.getKey().equals(OTHERS)) {
        untold += kind.getValue().further;
        all.remove();
      }
    }
    if (untold > 0) {
      kinds.computeIfAbsent(OTHERS, absent -> new Kind(nanos - QUIET_NANOS - 1)).further += untold;
    }
  }

  /** Tells what has been counted and not told: for the end. */
  synchronized void tellTheRest(Consumer<String> log) {
    kinds.forEach((kind, known) -> {
      if (known.further > 0) {
        log.accept("There were " + known.further + " more complaints like the one about " + kind + ".");
      }
    });
    kinds.clear();
  }
}
