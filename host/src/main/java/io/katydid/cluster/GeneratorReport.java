package io.katydid.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker of ours says about itself beside what Locust's heartbeat has: how late its timers were and how long its
 * collector paused since the test began. It travels as the heartbeat's field {@link #FIELD}, which a real Locust master
 * does not look at; a real Locust worker sends none. Immutable.
 *
 * @param maxLateMillis the worst late wake-up
 * @param p99LateMillis its 99th percentile
 * @param gcMillis collector pauses, all together
 * @param warnings sentences for the user; empty = its results can be trusted
 */
public record GeneratorReport(double maxLateMillis, double p99LateMillis, double gcMillis, List<String> warnings) {
  static final String FIELD = "generator";
  static final String LATENCY = "latency_ms";

  private static final int MOST_WARNINGS = 10;
  private static final int LONGEST_WARNING = 500;

  public GeneratorReport {
    warnings = List.copyOf(warnings);
  }

  /** The same with one more warning. */
  public GeneratorReport with(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new GeneratorReport(maxLateMillis, p99LateMillis, gcMillis, more);
  }

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("max_late_ms", maxLateMillis);
    fields.put("p99_late_ms", p99LateMillis);
    fields.put("gc_ms", gcMillis);
    fields.put("warnings", warnings);
    return fields;
  }

  /** Reads a heartbeat's field; null if the worker sent none. Long or many warnings are cut. */
  static GeneratorReport read(Object field) {
    if (!(field instanceof Map<?, ?> fields)) {
      return null;
    }
    List<String> warnings = new ArrayList<>();
    for (String warning : PeerData.texts(fields.get("warnings"))) {
      if (warnings.size() < MOST_WARNINGS) {
        warnings.add(warning.substring(0, Math.min(warning.length(), LONGEST_WARNING)));
      }
    }
    return new GeneratorReport(
        PeerData.number(fields.get("max_late_ms"), Double.NaN),
        PeerData.number(fields.get("p99_late_ms"), Double.NaN),
        PeerData.number(fields.get("gc_ms"), Double.NaN),
        warnings);
  }
}
