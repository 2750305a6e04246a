package io.katydid.web;

import io.katydid.stats.PythonRepr;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes plain trees (Map, Collection, String, Number, Boolean, null) as JSON: keys sorted, non-ASCII as escapes,
 * numbers as Python prints them, either indented by two with a final newline (the API) or on one line (live data,
 * script tags).
 */
final class Json {
  private final StringBuilder out = new StringBuilder(1024);
  private final boolean indented;
  private final boolean forScriptTag;

  private Json(boolean indented, boolean forScriptTag) {
    this.indented = indented;
    this.forScriptTag = forScriptTag;
  }

  /** For API answers. */
  static String pretty(Object tree) {
    Json json = new Json(true, false);
    json.write(tree, 0);
    return json.out.append('\n').toString();
  }

  /** On one line. */
  static String compact(Object tree) {
    Json json = new Json(false, false);
    json.write(tree, 0);
    return json.out.toString();
  }

  /** On one line, safe inside a script element whatever the strings contain. */
  static String forScript(Object tree) {
    Json json = new Json(false, true);
    json.write(tree, 0);
    return json.out.toString();
  }

  private void write(Object value, int depth) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> writeMap(map, depth);
      case Collection<?> items -> writeList(items, depth);
      case Boolean bool -> out.append(bool.booleanValue());
      case Double number -> out.append(number(number));
      case Float number -> out.append(number(number.doubleValue()));
      case Number number -> out.append(number);
      default -> writeString(value.toString());
    }
  }

  private void writeMap(Map<?, ?> map, int depth) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = sorted(map).entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      newLine(depth + 1);
      writeString(String.valueOf(entry.getKey()));
      out.append(indented ? ": " : ":");
      write(entry.getValue(), depth + 1);
      if (entries.hasNext()) {
        out.append(',');
      }
    }
    newLine(depth);
    out.append('}');
  }

  /** Rows of statistics come in the order of their keys, thousands of them: those are not sorted again. */
  private static Map<?, ?> sorted(Map<?, ?> map) {
    String before = "";
    for (Object key : map.keySet()) {
      String text = String.valueOf(key);
      if (text.compareTo(before) < 0) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((each, value) -> sorted.put(String.valueOf(each), value));
        return sorted;
      }
      before = text;
    }
    return map;
  }

  private void writeList(Collection<?> items, int depth) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    Iterator<?> elements = items.iterator();
    while (elements.hasNext()) {
      newLine(depth + 1);
      write(elements.next(), depth + 1);
      if (elements.hasNext()) {
        out.append(',');
      }
    }
    newLine(depth);
    out.append(']');
  }

  private void newLine(int depth) {
    if (indented) {
      out.append('\n').repeat(' ', 2 * depth);
    }
  }

  private void writeString(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          boolean risky = forScriptTag && (c == '<' || c == '>' || c == '&' || c == '\'');
          if (c < ' ' || c > '~' || risky) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Python's repr of a float; null for what JSON cannot say. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "null";
    }
    return PythonRepr.of(value);
  }
}
