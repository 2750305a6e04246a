package io.katydid.report;

import io.katydid.stats.PythonRepr;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as Python's `json.dumps(value, indent=4)` prints it: ASCII only, floats with the fewest digits, keys in the
 * order of the map, whole number keys as texts. Takes maps, collections, texts, numbers, booleans and null. Pure.
 */
public final class PythonJson {
  private static final int INDENT = 4;

  private PythonJson() {}

  public static String indented(Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value, 0);
    return json.toString();
  }

  private static void append(StringBuilder json, Object value, int level) {
    switch (value) {
      case null -> json.append("null");
      case Map<?, ?> map -> appendMap(json, map, level);
      case Collection<?> collection -> appendCollection(json, collection, level);
      case Number number -> json.append(number(number));
      case Boolean truth -> json.append(truth);
      default -> appendText(json, value.toString());
    }
  }

  private static String number(Number number) {
    double value = number.doubleValue();
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return PythonRepr.of(number);
  }

  private static void appendMap(StringBuilder json, Map<?, ?> map, int level) {
    if (map.isEmpty()) {
      json.append("{}");
      return;
    }
    json.append('{');
    String comma = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.append(comma);
      newLine(json, level + 1);
      appendText(json, entry.getKey().toString());
      json.append(": ");
      append(json, entry.getValue(), level + 1);
      comma = ",";
    }
    newLine(json, level);
    json.append('}');
  }

  private static void appendCollection(StringBuilder json, Collection<?> collection, int level) {
    if (collection.isEmpty()) {
      json.append("[]");
      return;
    }
    json.append('[');
    Iterator<?> elements = collection.iterator();
    while (elements.hasNext()) {
      newLine(json, level + 1);
      append(json, elements.next(), level + 1);
      json.append(elements.hasNext() ? "," : "");
    }
    newLine(json, level);
    json.append(']');
  }

  private static void newLine(StringBuilder json, int level) {
    json.append('\n').repeat(' ', level * INDENT);
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> {
          if (c < ' ' || c > '~') {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
