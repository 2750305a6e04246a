package io.katydid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Locust's config files: lines of {@code name = value}, or TOML with a {@code [tool.locust]} table. */
final class ConfigFile {
  private static final Pattern LINE = Pattern.compile(
      "(?<key>[^:=;#\\s]+)\\s*(?:[:=\\s]\\s*(?<value>(?![#;]).*?))?(?:\\s+[;#].*)?");

  private ConfigFile() {
  }

  /**
   * The settings of a file the user named or that exists, by key; a later line wins.
   *
   * @param shown the name to use in messages
   * @throws UsageException when it cannot be read or understood
   */
  static Map<String, Setting> read(Path file, String shown) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw UsageException.usage("Unable to open config file: " + shown + ". Error: No such file or directory");
    } catch (IOException e) {
      throw UsageException.usage("Unable to open config file: " + shown + ". Error: " + e);
    }
    List<Setting> settings = shown.endsWith(".toml") ? toml(text) : lines(text, shown);
    Map<String, Setting> byKey = new LinkedHashMap<>();
    for (Setting setting : settings) {
      byKey.put(setting.key(), setting);
    }
    return byKey;
  }

  private static List<Setting> lines(String text, String shown) {
    List<Setting> settings = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\\R", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || "#;[".indexOf(line.charAt(0)) >= 0 || line.startsWith("---")) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw UsageException.usage("Unexpected line " + number + " in " + shown + ": " + line);
      }
      String value = parts.group("value");
      String key = parts.group("key").replaceFirst("^-+", "");
      settings.add(Setting.of(key, value == null ? "true" : Setting.unquoted(value.strip())));
    }
    return settings;
  }

  private static List<Setting> toml(String text) {
    JsonNode root;
    try {
      root = new TomlMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw UsageException.usage("Couldn't parse TOML file: " + e.getOriginalMessage().lines().findFirst().orElse("")
          + (e.getLocation() == null ? "" : " (at line " + e.getLocation().getLineNr() + ")"));
    }
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.path("tool").path("locust").properties()) {
      JsonNode value = field.getValue();
      if (value.isArray()) {
        List<String> elements = new ArrayList<>();
        value.forEach(element -> elements.add(text(element)));
        settings.add(new Setting(field.getKey(), value.toString(), elements));
      } else {
        settings.add(new Setting(field.getKey(), text(value), List.of(text(value))));
      }
    }
    return settings;
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
