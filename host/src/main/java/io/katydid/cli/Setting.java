package io.katydid.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * One setting of a config file or the environment, as text and as the list it may stand for.
 *
 * @param key as written, without leading dashes
 * @param text the whole value
 * @param elements the elements of a list; the text alone when it was not written as one
 */
record Setting(String key, String text, List<String> elements) {
  /** The setting as lines and variables write it: text, quoted text or {@code [a, b]}. */
  static Setting of(String key, String value) {
    if (value.startsWith("[") && value.endsWith("]")) {
      List<String> elements = new ArrayList<>();
      for (String element : value.substring(1, value.length() - 1).split(",")) {
        String stripped = unquoted(element.strip());
        if (!stripped.isEmpty()) {
          elements.add(stripped);
        }
      }
      return new Setting(key, value, elements);
    }
    return new Setting(key, value, List.of(value));
  }

  static String unquoted(String value) {
    boolean quoted = value.length() > 1
        && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
