package io.katydid.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The command line, understood. Values are kept under the names Python sees in {@code environment.parsed_options};
 * the ones the program itself needs have getters. Immutable.
 */
public final class Options {
  private final Map<String, Object> values;
  private final Set<String> given;
  private final List<GivenOption> custom;
  private final List<String> warnings;

  Options(Map<String, Object> values, Set<String> given, List<GivenOption> custom, List<String> warnings) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.given = Set.copyOf(given);
    this.custom = List.copyOf(custom);
    this.warnings = List.copyOf(warnings);
  }

  /** A copy in which one value is another. */
  public Options with(String dest, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(dest, value);
    return new Options(changed, given, custom, warnings);
  }

  /**
   * Every built-in value by its Python name, in the table's order: null, String, Integer, Double, Boolean, a list of
   * strings, or for {@code config_users} a list of lists of maps.
   */
  public Map<String, Object> values() {
    return values;
  }

  /** True when the value was set by the user, wherever. */
  public boolean isGiven(String dest) {
    return given.contains(dest);
  }

  /** The locustfile's own options as they were set, in order, for Python to convert. */
  public List<GivenOption> custom() {
    return custom;
  }

  /** Lines for standard error: old spellings that were understood. */
  public List<String> warnings() {
    return warnings;
  }

  /** A text value; null when unset. */
  public String text(String dest) {
    return (String) value(dest);
  }

  /** A whole number that always has a value. */
  public int integer(String dest) {
    return (Integer) value(dest);
  }

  /** A whole number that may be unset. */
  public OptionalInt optionalInteger(String dest) {
    Integer number = (Integer) value(dest);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  public boolean flag(String dest) {
    return (Boolean) value(dest);
  }

  /** A list of words; null when unset, which is not the same as empty. */
  @SuppressWarnings("unchecked")
  public List<String> list(String dest) {
    return (List<String>) value(dest);
  }

  /** The value under this Python name; null when unset. */
  public Object value(String dest) {
    if (!values.containsKey(dest)) {
      throw new IllegalArgumentException("no option has the dest " + dest);
    }
    return values.get(dest);
  }

  public String host() {
    return text("host");
  }

  /** {@code -u}, if given. */
  public OptionalInt users() {
    return optionalInteger("num_users");
  }

  /** {@code -r} in users a second, if given. */
  public OptionalDouble spawnRate() {
    Double rate = (Double) value("spawn_rate");
    return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }

  /** {@code -t} in seconds, if given; 0 is no limit. */
  public OptionalInt runTimeSeconds() {
    OptionalInt seconds = optionalInteger("run_time");
    return seconds.isPresent() && seconds.getAsInt() == 0 ? OptionalInt.empty() : seconds;
  }

  /** {@code -s} in seconds; 0 = stop at once. */
  public int stopTimeoutSeconds() {
    return integer("stop_timeout");
  }

  public boolean headless() {
    return flag("headless");
  }

  public boolean autostart() {
    return flag("autostart");
  }

  /** Seconds from the test's end to the program's; -1 = never. */
  public int autoquitSeconds() {
    return integer("autoquit");
  }

  public boolean master() {
    return flag("master");
  }

  public boolean worker() {
    return flag("worker");
  }

  /** {@code --processes}: workers to run here, -1 for one a core, 0 when not asked for. */
  public int processes() {
    return optionalInteger("processes").orElse(0);
  }

  /** Names after the options; empty = all classes. */
  public List<String> userClasses() {
    return list("user_classes");
  }

  public List<String> tags() {
    return list("tags");
  }

  public List<String> excludeTags() {
    return list("exclude_tags");
  }

  /** {@code --config-users}: one list of maps a word; empty when not given. */
  @SuppressWarnings("unchecked")
  public List<List<Map<String, Object>>> configUsers() {
    Object value = value("config_users");
    return value == null ? List.of() : (List<List<Map<String, Object>>>) value;
  }

  public String csvPrefix() {
    return text("csv_prefix");
  }

  public String htmlFile() {
    return text("html_file");
  }

  public String logLevel() {
    return text("loglevel");
  }

  public String logFile() {
    return text("logfile");
  }

  public boolean skipLogSetup() {
    return flag("skip_log_setup");
  }

  /** {@code --warm-up} in seconds; 0 = everything counts. */
  public int warmUpSeconds() {
    return integer("warm_up");
  }

  public int exitCodeOnError() {
    return integer("exit_code_on_error");
  }

  /** {@code --user-threads}: virtual, platform, or null for the program's choice. */
  public String userThreads() {
    return text("user_threads");
  }
}
