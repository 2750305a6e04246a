package io.katydid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one word of {@code --config-users}: a JSON object, an array of them, or the name of a .json file. */
final class UserConfig {
  private static final String CLASS_NAME = "user_class_name";

  private final ObjectMapper json = new ObjectMapper();
  private final Path folder;

  /** File names are taken from {@code folder}. */
  UserConfig(Path folder) {
    this.folder = folder;
  }

  /**
   * The objects of this word, each with at least {@code user_class_name}.
   *
   * @throws IllegalArgumentException with the sentence that follows the option's name
   */
  List<Map<String, Object>> read(String word) {
    JsonNode node = parse(word.endsWith(".json") ? file(word) : word);
    if (!node.isContainerNode()) {
      throw new IllegalArgumentException(node.isTextual()
          ? "The user config must specify a " + CLASS_NAME
          : "invalid json_user_config value: '" + word + "'");
    }
    List<Map<String, Object>> result = new ArrayList<>();
    for (JsonNode one : node.isArray() ? node : List.of(node)) {
      if (!one.isObject() || !one.has(CLASS_NAME)) {
        throw new IllegalArgumentException("The user config must specify a " + CLASS_NAME);
      }
      @SuppressWarnings("unchecked")
      Map<String, Object> map = json.convertValue(one, Map.class);
      result.add(map);
    }
    return result;
  }

  private JsonNode parse(String text) {
    try {
      JsonNode node = json.readTree(text);
      if (node.isMissingNode()) {
        throw new IllegalArgumentException(
            "The --config-users argument must be a valid JSON string or file: nothing there");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The --config-users argument must be a valid JSON string or file: " + e.getOriginalMessage(), e);
    }
  }

  private String file(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("[Errno 2] No such file or directory: '" + name + "'", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + name + "': " + e, e);
    }
  }
}
