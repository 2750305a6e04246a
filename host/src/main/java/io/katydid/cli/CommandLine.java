package io.katydid.cli;

import io.katydid.cli.OptionSpec.Role;
import io.katydid.cli.Words.Occurrence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One command line with its environment and folders. {@link #early} tells where the locustfile is; once that has been
 * loaded and has named its own options, {@link #parse} gives everything. Precedence: command line, environment,
 * {@code --config} file, pyproject.toml, locust.conf, ~/.locust.conf, default (spec cli.md section 1).
 */
public final class CommandLine {
  private static final Set<String> YES = Set.of("true", "yes", "on", "1");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");
  private static final String USER_CLASSES = "user_classes";
  private static final String CONFIG_USERS = "config_users";

  private final List<String> args;
  private final Map<String, String> env;
  private final Path cwd;
  private final Path home;

  /** {@code cwd} and {@code home} may be null when there is none to read config files from. */
  public CommandLine(List<String> args, Map<String, String> env, Path cwd, Path home) {
    this.args = List.copyOf(args);
    this.env = Map.copyOf(env);
    this.cwd = cwd;
    this.home = home;
  }

  /** Every option as it is when nobody has set it. */
  public static Options defaults() {
    return new CommandLine(List.of(), Map.of(), null, null).parse(List.of());
  }

  /**
   * What is needed to find the locustfile. Options that only the locustfile will explain are passed over.
   *
   * @throws UsageException when a config file cannot be read, or a value needed now is wrong
   */
  public EarlyOptions early() {
    OptionTable table = OptionTable.withCustom(List.of());
    Words words = Words.splitLeniently(table, args);
    Reading reading = new Reading(table, true);
    reading.read(words);
    return new EarlyOptions(
        reading.asked(Role.HELP),
        reading.asked(Role.VERSION),
        commaSeparated((String) reading.values.get("locustfile")),
        (Boolean) reading.values.get("worker"),
        (String) reading.values.get("master_host"),
        (Integer) reading.values.get("master_port"),
        (String) reading.values.get("user_threads"));
  }

  /**
   * Everything, with the options that the locustfile added.
   *
   * @throws UsageException at the first thing that cannot be understood or followed
   */
  public Options parse(List<CustomOption> customOptions) {
    OptionTable table = OptionTable.withCustom(customOptions);
    Words words = Words.split(table, args);
    Reading reading = new Reading(table, false);
    reading.read(words);
    reading.checkUnknown(words.unknown());
    reading.checkRequired(customOptions);
    reading.userClasses(words.plain());
    Map<String, Object> values = reading.values;
    if ((Boolean) values.get("headful")) {
      values.put("headless", false);
    }
    checkTogether(values);
    return new Options(values, reading.given, reading.custom, reading.warnings);
  }

  /**
   * Finds mistakes that can be told before the locustfile is loaded: wrong values and impossible combinations of
   * options that are spelled in full. What only the locustfile can explain passes.
   *
   * @throws UsageException at the first mistake
   */
  public void check() {
    OptionTable table = OptionTable.spelledInFull();
    Reading reading = new Reading(table, false);
    reading.read(Words.split(table, args));
    if (!reading.asked(Role.HELP) && !reading.asked(Role.VERSION)) {
      checkTogether(reading.values);
    }
  }

  private static List<String> commaSeparated(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  private static void checkTogether(Map<String, Object> values) {
    if ((Boolean) values.get("stats_history_enabled") && values.get("csv_prefix") == null) {
      throw UsageException.usage("'--csv-full-history' requires '--csv'.");
    }
    if ((Integer) values.get("autoquit") != -1 && !(Boolean) values.get("autostart")) {
      throw UsageException.plain(
          "--autoquit is only meaningful in combination with --autostart", UsageException.FAILED);
    }
    Integer processes = (Integer) values.get("processes");
    if (processes != null && processes < -1) {
      throw UsageException.plain("Invalid --processes count " + processes, UsageException.FAILED);
    }
    if (processes != null && processes != 0 && (Boolean) values.get("master")) {
      throw UsageException.plain("--master cannot be combined with --processes. Remove --master, as it is implicit as"
          + " long as --worker is not set.", UsageException.FAILED);
    }
  }

  /** The settings of all config files, the strongest file's for each key. */
  private Map<String, Setting> configured(String named) {
    Map<String, Setting> merged = new LinkedHashMap<>();
    if (home != null) {
      addIfThere(merged, home.resolve(".locust.conf"), "~/.locust.conf");
    }
    if (cwd != null) {
      addIfThere(merged, cwd.resolve("locust.conf"), "locust.conf");
      addIfThere(merged, cwd.resolve("pyproject.toml"), "pyproject.toml");
    }
    if (named != null) {
      Path file = named.startsWith("~/") && home != null ? home.resolve(named.substring(2)) : cwd.resolve(named);
      merged.putAll(ConfigFile.read(file, named));
    }
    return merged;
  }

  private static void addIfThere(Map<String, Setting> merged, Path file, String shown) {
    if (Files.isRegularFile(file)) {
      merged.putAll(ConfigFile.read(file, shown));
    }
  }

  /** One pass over all sources, from the strongest to the weakest: what is set already stays. */
  private final class Reading {
    private final OptionTable table;
    private final boolean lenient;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> given = new LinkedHashSet<>();
    private final List<GivenOption> custom = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Set<Role> answers = new LinkedHashSet<>();

    Reading(OptionTable table, boolean lenient) {
      this.table = table;
      this.lenient = lenient;
      for (OptionSpec row : table.rows()) {
        if (row.custom() == null && row.dest() != null && !row.isOld() && answer(row) == null) {
          values.put(row.dest(), row.defaultValue());
        }
      }
      values.put(USER_CLASSES, List.of());
    }

    boolean asked(Role role) {
      return answers.contains(role);
    }

    void read(Words words) {
      List<GivenOption> fromCommandLine = new ArrayList<>();
      Set<String> set = new LinkedHashSet<>();
      for (Occurrence occurrence : words.occurrences()) {
        store(occurrence, fromCommandLine);
        set.add(key(occurrence.option()));
      }
      List<GivenOption> fromEnvironment = new ArrayList<>();
      readEnvironment(set, fromEnvironment);
      readConfigFiles(set, custom);
      custom.addAll(fromEnvironment);
      custom.addAll(fromCommandLine);
    }

    private void readEnvironment(Set<String> set, List<GivenOption> into) {
      Set<String> added = new LinkedHashSet<>();
      for (OptionSpec option : table.rows()) {
        String text = option.env() == null ? null : env.get(option.env());
        if (text != null && !set.contains(key(option)) && added.add(key(option))) {
          store(option, Setting.of(option.env(), text), into);
        }
      }
      set.addAll(added);
    }

    private void readConfigFiles(Set<String> set, List<GivenOption> into) {
      Map<String, Setting> byOption = new LinkedHashMap<>();
      Map<String, OptionSpec> options = new HashMap<>();
      for (Setting setting : configured((String) values.get("config")).values()) {
        OptionSpec option = configOption(setting);
        if (option != null) {
          byOption.put(key(option), setting);
          options.put(key(option), option);
        }
      }
      byOption.forEach((key, setting) -> {
        if (set.add(key)) {
          store(options.get(key), setting, into);
        }
      });
    }

    private OptionSpec configOption(Setting setting) {
      String name = "--" + setting.key();
      if (lenient) {
        return table.exact(name);
      }
      OptionSpec option = table.meant(name);
      if (option == null) {
        unknown.add(name + "=" + setting.text());
      }
      return option == null || answer(option) != null || "config".equals(option.dest()) ? null : option;
    }

    /** A setting from a file or a variable. */
    private void store(OptionSpec option, Setting setting, List<GivenOption> into) {
      String name = option.names().getLast();
      if (option.isFlag()) {
        String text = setting.text().toLowerCase(Locale.ROOT);
        if (YES.contains(text)) {
          store(new Occurrence(option, name, List.of()), into);
        } else if (!NO.contains(text)) {
          if (!lenient) {
            throw UsageException.usage("Unexpected value for " + setting.key() + ": '" + setting.text()
                + "'. Expecting 'true', 'false', 'yes', 'no', 'on', 'off', '1' or '0'");
          }
        }
      } else if (CONFIG_USERS.equals(option.dest()) && setting.text().startsWith("[{")) {
        store(new Occurrence(option, name, List.of(setting.text())), into);
      } else if (option.takesList()) {
        store(new Occurrence(option, name, setting.elements()), into);
      } else if (option.custom() != null && option.custom().repeatable()) {
        setting.elements().forEach(element -> store(new Occurrence(option, name, List.of(element)), into));
      } else {
        store(new Occurrence(option, name, List.of(setting.text())), into);
      }
    }

    private void store(Occurrence occurrence, List<GivenOption> into) {
      OptionSpec option = occurrence.option();
      if (option.custom() != null) {
        given.add(option.dest());
        into.add(new GivenOption(option.custom(), occurrence.name(), occurrence.words()));
        return;
      }
      switch (option.role()) {
        case HELP, VERSION -> answers.add(option.role());
        case REFUSED -> {
          if (!lenient) {
            throw UsageException.argument(option.label(), option.help());
          }
        }
        case IGNORED -> warn(occurrence.name() + " is ignored: " + option.help());
        case RENAMED -> {
          warn(occurrence.name() + " is an old spelling: use " + option.help());
          put(occurrence);
        }
        case VALUE -> put(occurrence);
      }
    }

    private void warn(String line) {
      if (!warnings.contains(line)) {
        warnings.add(line);
      }
    }

    private void put(Occurrence occurrence) {
      OptionSpec option = occurrence.option();
      given.add(option.dest());
      try {
        values.put(option.dest(), value(option, occurrence.words()));
      } catch (IllegalArgumentException e) {
        if (!lenient || option.dest().equals("master_port")) {
          throw UsageException.argument(option.label(), e.getMessage());
        }
      }
    }

    private Object value(OptionSpec option, List<String> words) {
      if (option.isFlag()) {
        return true;
      }
      if (option.dest().equals(CONFIG_USERS)) {
        return words.stream().map(new UserConfig(cwd)::read).toList();
      }
      if (option.takesList()) {
        return List.copyOf(words);
      }
      Object value = option.kind().convert(words.getFirst());
      if (!option.choices().isEmpty() && !option.choices().contains(value)) {
        throw new IllegalArgumentException("invalid choice: '" + value + "' (choose from "
            + String.join(", ", option.choices().stream().map(choice -> "'" + choice + "'").toList()) + ")");
      }
      return value;
    }

    void checkUnknown(List<String> onCommandLine) {
      List<String> all = new ArrayList<>(onCommandLine);
      all.addAll(unknown);
      if (all.isEmpty()) {
        return;
      }
      StringBuilder message = new StringBuilder("unrecognized arguments: ").append(String.join(" ", all));
      for (String typed : all) {
        String closest = Suggestion.closest(typed.replaceFirst("=.*", ""), table.currentNames());
        if (closest != null) {
          message.append("\nDid you mean '").append(closest).append("'?");
        }
      }
      throw UsageException.usage(message.toString());
    }

    void checkRequired(List<CustomOption> customOptions) {
      List<String> missing = new ArrayList<>();
      for (CustomOption option : customOptions) {
        if (option.required() && !given.contains(option.dest())) {
          missing.add(String.join("/", option.names()));
        }
      }
      if (!missing.isEmpty()) {
        throw UsageException.usage("the following arguments are required: " + String.join(", ", missing));
      }
    }

    void userClasses(List<String> words) {
      List<String> names = words;
      String fromEnvironment = env.getOrDefault("LOCUST_USER_CLASSES", "").strip();
      if (names.isEmpty() && !fromEnvironment.isEmpty()) {
        names = List.of(fromEnvironment.split("\\s+"));
      }
      if (!names.isEmpty()) {
        given.add(USER_CLASSES);
      }
      values.put(USER_CLASSES, List.copyOf(names));
    }

    private String key(OptionSpec option) {
      return option.dest() == null || option.custom() != null ? option.label() : option.dest();
    }

    private static Role answer(OptionSpec option) {
      return option.role() == Role.HELP || option.role() == Role.VERSION ? option.role() : null;
    }
  }
}
