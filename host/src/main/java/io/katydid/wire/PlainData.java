package io.katydid.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes data of unknown origin fit to travel in a message. Stateless; any thread. */
public final class PlainData {
  private static final int DEEPEST = 50;

  private PlainData() {
  }

  /** The data with everything that cannot travel replaced by its text, and what is nested too deeply by null. */
  public static Object of(Object value) {
    return of(value, 0);
  }

  private static Object of(Object value, int depth) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Double number -> number;
      case Float number -> number;
      case Long number -> number;
      case Integer number -> number;
      case Short number -> number;
      case Byte number -> number;
      case BigInteger number -> number.bitLength() < Long.SIZE ? number : number.toString();
      case byte[] bytes -> bytes;
      case Map<?, ?> map -> depth > DEEPEST ? null : map(map, depth);
      case Collection<?> elements -> depth > DEEPEST ? null : list(elements, depth);
      default -> value.toString();
    };
  }

  private static Map<Object, Object> map(Map<?, ?> map, int depth) {
    Map<Object, Object> plain = new LinkedHashMap<>();
    map.forEach((key, element) -> plain.put(of(key, depth + 1), of(element, depth + 1)));
    return plain;
  }

  private static List<Object> list(Collection<?> elements, int depth) {
    List<Object> plain = new ArrayList<>(elements.size());
    elements.forEach(element -> plain.add(of(element, depth + 1)));
    return plain;
  }
}
