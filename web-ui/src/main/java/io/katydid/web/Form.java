package io.katydid.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a submitted form or of a query string, in the order they came. Filled by one thread, then only read.
 */
final class Form {
  private final Map<String, List<String>> fields = new LinkedHashMap<>();

  void add(String name, String value) {
    fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  Iterable<String> names() {
    return fields.keySet();
  }

  /** The first value, or null. */
  String first(String name) {
    List<String> values = fields.get(name);
    return values == null ? null : values.getFirst();
  }

  String first(String name, String otherwise) {
    String value = first(name);
    return value == null ? otherwise : value;
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** A whole number within limits; the default if it is missing or no number. */
  int number(String name, int otherwise, int min, int max) {
    try {
      return Math.clamp(Long.parseLong(first(name, "")), min, max);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
