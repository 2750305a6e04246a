package io.katydid.app;

import io.katydid.cli.CustomOption;
import java.util.List;
import java.util.Map;

/** Reads a locustfile's own options from the plain data the script gives. */
final class CustomOptions {
  private CustomOptions() {}

  @SuppressWarnings("unchecked")
  static CustomOption read(Map<String, Object> data) {
    return new CustomOption(
        (List<String>) data.get("names"),
        (String) data.get("dest"),
        (String) data.get("env"),
        ((Number) data.get("min_words")).intValue(),
        maxWords(((Number) data.get("max_words")).intValue()),
        (Boolean) data.get("repeatable"),
        (Boolean) data.get("required"),
        (String) data.get("default_text"),
        (String) data.get("metavar"),
        (String) data.get("help"),
        (Boolean) data.get("hidden"),
        (Boolean) data.get("include_in_web_ui"),
        (Boolean) data.get("secret"),
        (Boolean) data.get("multiple"),
        (Boolean) data.get("required_in_web_ui"),
        (List<String>) data.get("choices"));
  }

  private static int maxWords(int number) {
    return number < 0 ? CustomOption.ANY_NUMBER : number;
  }
}
