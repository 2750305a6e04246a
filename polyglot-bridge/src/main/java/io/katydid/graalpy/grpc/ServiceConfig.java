package io.katydid.graalpy.grpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A service config, read from JSON by Python, in the form gRPC wants: every number a Double. Pure. */
final class ServiceConfig {
  private ServiceConfig() {}

  static Object withDoubles(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case List<?> list -> list.stream().map(ServiceConfig::withDoubles).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((name, element) -> copy.put(name, withDoubles(element)));
        yield copy;
      }
      case null, default -> value;
    };
  }
}
