package io.katydid.app;

import io.katydid.cli.CustomOption;
import io.katydid.cli.Options;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a run, which the web form may change: what the command line said, plus the locustfile's own with the
 * values Python gave them. Any thread; the map is guarded by this object's monitor.
 */
final class LiveOptions {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private List<CustomOption> custom = List.of();

  /**
   * @param custom the locustfile's options
   * @param customValues their values as Python converted them
   */
  LiveOptions(Options options, List<CustomOption> custom, Map<String, Object> customValues) {
    this.values.putAll(options.values());
    useAnew(custom, customValues);
  }

  /** Takes a locustfile's options in place of those of an earlier one. */
  final synchronized void useAnew(List<CustomOption> newCustom, Map<String, Object> customValues) {
    custom.forEach(option -> values.remove(option.dest()));
    custom = List.copyOf(newCustom);
    for (CustomOption option : custom) {
      values.put(option.dest(), customValues.get(option.dest()));
    }
  }

  synchronized List<CustomOption> custom() {
    return custom;
  }

  synchronized boolean has(String dest) {
    return values.containsKey(dest);
  }

  synchronized Object get(String dest) {
    return values.get(dest);
  }

  synchronized void set(String dest, Object value) {
    values.put(dest, value);
  }

  /** A copy of all values by their Python names, in the order of Locust's own. */
  synchronized Map<String, Object> all() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
