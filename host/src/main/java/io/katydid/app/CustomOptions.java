package io.katydid.app;

import io.katydid.cli.CustomOption;
import io.katydid.cli.GivenOption;
import io.katydid.script.Script;
import java.util.List;
import java.util.Map;

/** A locustfile's own options between the script, which describes and converts them, and the command line. */
final class CustomOptions {
  private CustomOptions() {}

  /** What the script needs to convert one that was set. */
  static Script.GivenWords words(GivenOption given) {
    return new Script.GivenWords(given.option().dest(), given.name(), given.words());
  }

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
