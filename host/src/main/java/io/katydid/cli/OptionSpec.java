package io.katydid.cli;

import java.util.List;

/**
 * One row of the option table.
 *
 * @param names every spelling, in the order shown in messages
 * @param env environment variable, or null
 * @param minWords fewest words that follow it; 0 for a flag
 * @param maxWords most words that follow it; 0 for a flag
 * @param kind how a word becomes a value
 * @param defaultValue value when nobody sets it; may be null
 * @param dest name of the value in {@code parsed_options}
 * @param group heading in the help text
 * @param hidden left out of the help text
 * @param metavar placeholder in the help text
 * @param help what it does; for refused and ignored options the sentence to show
 * @param role what the parser does with it
 * @param choices allowed values; empty for any
 * @param custom the locustfile's option this row stands for, or null
 */
record OptionSpec(
    List<String> names,
    String env,
    int minWords,
    int maxWords,
    ValueKind kind,
    Object defaultValue,
    String dest,
    OptionGroup group,
    boolean hidden,
    String metavar,
    String help,
    Role role,
    List<String> choices,
    CustomOption custom) {

  static final int ANY_NUMBER = Integer.MAX_VALUE;

  /** What the parser does when it meets the option. */
  enum Role {
    /** Stores its value under {@code dest}. */
    VALUE,
    HELP,
    VERSION,
    /** Stops with {@code help} as the reason. */
    REFUSED,
    /** An old spelling of the option with the same {@code dest}: stores, and says once what the new name is. */
    RENAMED,
    /** An old option without effect: says so once. */
    IGNORED
  }

  boolean isFlag() {
    return maxWords == 0;
  }

  boolean takesList() {
    return maxWords > 1;
  }

  /** True for spellings of old versions, which give way to a locustfile's own options and match only in full. */
  boolean isOld() {
    return group == null;
  }

  /** All spellings as messages show them. */
  String label() {
    return String.join("/", names);
  }
}
