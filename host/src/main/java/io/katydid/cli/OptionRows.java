package io.katydid.cli;

import io.katydid.cli.OptionSpec.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the rows of the option table: one call a row, the heading set once for those that follow. */
final class OptionRows {
  private static final String WORD_NAMES = " ";

  private final List<OptionSpec> rows = new ArrayList<>();
  private OptionGroup group;

  OptionRows under(OptionGroup heading) {
    group = heading;
    return this;
  }

  /** An option with one value. {@code names} are separated by blanks. */
  OptionRows value(String names, String env, ValueKind kind, Object defaultValue, String dest, String metavar,
      String help) {
    return add(names, env, 1, 1, kind, defaultValue, dest, false, metavar, help, Role.VALUE, List.of());
  }

  OptionRows hiddenValue(String names, String env, Object defaultValue, String dest) {
    return add(names, env, 1, 1, ValueKind.TEXT, defaultValue, dest, true, null, "", Role.VALUE, List.of());
  }

  OptionRows choice(String names, String env, String defaultValue, String dest, String metavar, List<String> choices,
      ValueKind kind, String help) {
    return add(names, env, 1, 1, kind, defaultValue, dest, false, metavar, help, Role.VALUE, choices);
  }

  /** An option followed by any number of words. */
  OptionRows list(String names, String env, String dest, String metavar, String help) {
    return add(names, env, 0, OptionSpec.ANY_NUMBER, ValueKind.TEXT, null, dest, false, metavar, help, Role.VALUE,
        List.of());
  }

  OptionRows flag(String names, String env, String dest, String help) {
    return add(names, env, 0, 0, ValueKind.TEXT, false, dest, false, null, help, Role.VALUE, List.of());
  }

  OptionRows hiddenFlag(String names, String env, String dest) {
    return add(names, env, 0, 0, ValueKind.TEXT, false, dest, true, null, "", Role.VALUE, List.of());
  }

  /** An option that is answered at once. */
  OptionRows answer(String names, Role role, String help) {
    return add(names, null, 0, 0, ValueKind.TEXT, null, role.name().toLowerCase(java.util.Locale.ROOT), false, null,
        help, role, List.of());
  }

  /** An option that Locust 2 itself refuses. */
  OptionRows refused(String names, String env, int words, Object defaultValue, String dest, String reason) {
    return add(names, env, words, words, ValueKind.TEXT, defaultValue, dest, true, null, reason, Role.REFUSED,
        List.of());
  }

  /** A spelling of an older Locust for the option with this {@code dest}. */
  OptionRows renamed(String names, String env, int words, ValueKind kind, String dest, String newName) {
    return old(names, env, words, kind, dest, newName, Role.RENAMED);
  }

  /** An option of an older Locust that has no effect any more. */
  OptionRows ignored(String names, int words, String sentence) {
    return old(names, null, words, ValueKind.TEXT, null, sentence, Role.IGNORED);
  }

  /** An option of an older Locust that cannot be followed. */
  OptionRows gone(String names, int words, String sentence) {
    return old(names, null, words, ValueKind.TEXT, null, sentence, Role.REFUSED);
  }

  List<OptionSpec> rows() {
    return List.copyOf(rows);
  }

  private OptionRows old(String names, String env, int words, ValueKind kind, String dest, String text, Role role) {
    OptionGroup before = group;
    group = null;
    add(names, env, words, words, kind, null, dest, true, null, text, role, List.of());
    group = before;
    return this;
  }

  private OptionRows add(String names, String env, int minWords, int maxWords, ValueKind kind, Object defaultValue,
      String dest, boolean hidden, String metavar, String help, Role role, List<String> choices) {
    rows.add(new OptionSpec(Arrays.asList(names.split(WORD_NAMES)), env, minWords, maxWords, kind, defaultValue, dest,
        group, hidden, metavar, help, role, choices, null));
    return this;
  }
}
