package io.katydid.graalpy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;

/**
 * Turns Python values into plain Java ones (null, Boolean, Long, Double, String, byte[], List, Map), so that they can leave
 * the context. Call inside the context. Anything else becomes its text.
 */
final class PlainData {
  /** Deeper nesting than this is a structure that contains itself. */
  private static final int MAX_DEPTH = 100;

  private PlainData() {}

  static Object toJava(Value value) {
    return toJava(value, 0);
  }

  private static Object toJava(Value value, int depth) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isNumber()) {
      return number(value);
    }
    if (value.isString()) {
      return value.asString();
    }
    if (value.isHostObject()) {
      return value.asHostObject();
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("The data is nested more than " + MAX_DEPTH + " levels deep.");
    }
    if (value.hasHashEntries()) {
      Map<Object, Object> map = new LinkedHashMap<>();
      Value entries = value.getHashEntriesIterator();
      while (entries.hasIteratorNextElement()) {
        Value entry = entries.getIteratorNextElement();
        map.put(toJava(entry.getArrayElement(0), depth + 1), toJava(entry.getArrayElement(1), depth + 1));
      }
      return map;
    }
    if (value.hasBufferElements()) {
      byte[] bytes = new byte[(int) value.getBufferSize()];
      value.readBuffer(0, bytes, 0, bytes.length);
      return bytes;
    }
    if (value.hasArrayElements()) {
      List<Object> list = new ArrayList<>();
      for (long i = 0; i < value.getArraySize(); i++) {
        list.add(toJava(value.getArrayElement(i), depth + 1));
      }
      return list;
    }
    return value.toString();
  }

  /** Java's plain data in the form that Python's side of the bridge expects. */
  static Object toPython(Object value) {
    return switch (value) {
      case byte[] bytes -> PythonBytes.of(bytes);
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(toPython(element)));
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, element) -> copy.put(toPython(key), toPython(element)));
        yield copy;
      }
      case null, default -> value;
    };
  }

  /** A Python float stays a Double also when it is whole: on the wire 1.0 and 1 are not the same. */
  private static Object number(Value value) {
    if (value.fitsInLong() && !isFloat(value)) {
      return value.asLong();
    }
    return value.fitsInDouble() ? (Object) value.asDouble() : value.toString();
  }

  private static boolean isFloat(Value value) {
    Value type = value.getMetaObject();
    return type != null && type.getMetaSimpleName().equals("float");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Value value) {
    return (Map<String, Object>) toJava(value);
  }

  @SuppressWarnings("unchecked")
  static List<String> strings(Value value) {
    return (List<String>) toJava(value);
  }
}
