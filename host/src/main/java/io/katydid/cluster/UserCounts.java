package io.katydid.cluster;

import java.util.Map;
import java.util.TreeMap;

/** Numbers of users by class, added up and written as Locust logs them. */
final class UserCounts {
  private UserCounts() {
  }

  static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** For instance {@code {"A": 2, "B": 1} (3 total users)}. */
  static String logged(Map<String, Integer> counts) {
    StringBuilder text = new StringBuilder("{");
    new TreeMap<>(counts).forEach((name, count) ->
        text.append(text.length() == 1 ? "" : ", ").append('"').append(ascii(name)).append("\": ").append(count));
    return text.append("} (").append(sum(counts)).append(" total users)").toString();
  }

  private static String ascii(String name) {
    StringBuilder text = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
