package io.katydid.cli;

import java.util.List;

/**
 * An option that a locustfile adds with {@code parser.add_argument} (spec python-api.md A10). The parser here finds its
 * words; turning them into values (type, choices, action) is left to Python, which gets them as {@link GivenOption}s.
 *
 * @param names every spelling, such as {@code -x} and {@code --example}
 * @param dest name of the value in {@code parsed_options}
 * @param env environment variable, or null
 * @param minWords fewest words that follow it; 0 for a flag
 * @param maxWords most words that follow it: 0 for a flag, {@link #ANY_NUMBER} for nargs {@code *} or {@code +}
 * @param repeatable the action collects ({@code append}, {@code extend}): a list in a config file means several times
 * @param required its absence is an error
 * @param defaultText the default as the help text shows it, or null
 * @param metavar placeholder in the help text, or null to derive it
 * @param help help text, or null
 * @param hidden left out of the help text
 * @param includeInWebUi shown in the web form
 * @param secret shown as a password field and never logged
 * @param multiple a multiple choice in the web form
 * @param requiredInWebUi the web form insists on it
 * @param choices the choices as text, for the web form; empty for any
 */
public record CustomOption(
    List<String> names,
    String dest,
    String env,
    int minWords,
    int maxWords,
    boolean repeatable,
    boolean required,
    String defaultText,
    String metavar,
    String help,
    boolean hidden,
    boolean includeInWebUi,
    boolean secret,
    boolean multiple,
    boolean requiredInWebUi,
    List<String> choices) {

  /** As {@code maxWords}: no limit. */
  public static final int ANY_NUMBER = OptionSpec.ANY_NUMBER;

  public CustomOption {
    if (names.isEmpty() || !names.stream().allMatch(name -> name.startsWith("-"))) {
      throw new IllegalArgumentException("an option of a locustfile needs a name that starts with a dash: " + names);
    }
    if (minWords < 0 || maxWords < minWords) {
      throw new IllegalArgumentException("impossible number of words for " + names);
    }
    names = List.copyOf(names);
    choices = List.copyOf(choices);
  }

  /** An option with one value and no extras. */
  public static CustomOption single(String name, String dest) {
    return of(name, dest, 1, 1, false);
  }

  /** An option without a value. */
  public static CustomOption flag(String name, String dest) {
    return of(name, dest, 0, 0, false);
  }

  /** An option with the given number of words and no extras. */
  public static CustomOption of(String name, String dest, int minWords, int maxWords, boolean repeatable) {
    return new CustomOption(List.of(name), dest, null, minWords, maxWords, repeatable, false, null, null, null, false,
        true, false, false, false, List.of());
  }

  /** The same option, also read from an environment variable. */
  public CustomOption withEnv(String variable) {
    return new CustomOption(names, dest, variable, minWords, maxWords, repeatable, required, defaultText, metavar, help,
        hidden, includeInWebUi, secret, multiple, requiredInWebUi, choices);
  }

  /** The same option, whose absence is an error. */
  public CustomOption asRequired() {
    return new CustomOption(names, dest, env, minWords, maxWords, repeatable, true, defaultText, metavar, help,
        hidden, includeInWebUi, secret, multiple, requiredInWebUi, choices);
  }

  OptionSpec spec() {
    return new OptionSpec(names, env, minWords, maxWords, ValueKind.TEXT, null, dest, OptionGroup.CUSTOM, hidden,
        metavar, help == null ? "" : help, OptionSpec.Role.VALUE, List.of(), this);
  }
}
