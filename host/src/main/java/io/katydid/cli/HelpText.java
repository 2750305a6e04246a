package io.katydid.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of {@code --help}, in the layout Python users know: names on the left, explanation from column 24. */
public final class HelpText {
  private static final int HELP_COLUMN = 24;
  private static final int NARROWEST = 40;

  private final String program;
  private final int width;
  private final StringBuilder text = new StringBuilder();

  private HelpText(String program, int width) {
    this.program = program;
    this.width = Math.max(NARROWEST, width - 2);
  }

  /** The whole text for a terminal with this many columns. */
  public static String of(String program, int columns, List<CustomOption> customOptions) {
    return new HelpText(program, columns).build(OptionTable.withCustom(customOptions));
  }

  private String build(OptionTable table) {
    text.append("Usage: ").append(program).append(" [options] [UserClass ...]\n");
    for (OptionGroup group : OptionGroup.values()) {
      List<OptionSpec> rows = table.rows().stream().filter(row -> row.group() == group && !row.hidden()).toList();
      if (group == OptionGroup.USER_CLASSES) {
        heading(group);
        row("<UserClass1 UserClass2>", "Run only these User classes (see --list)."
            + " LOCUST_USER_CLASSES can name them too. Default: all");
      } else if (!rows.isEmpty()) {
        heading(group);
        rows.forEach(row -> row(left(row), row.help()));
      }
    }
    return text.append("\nExamples:\n\n    ")
        .append(program).append(" -f my_test.py -H https://www.example.com\n\n    ")
        .append(program).append(" --headless -u 100 -r 10 -t 20m --processes 4 MyHttpUser AnotherUser\n\n")
        .append("Every option with a value can also be set by an environment variable (LOCUST_USERS=100) or in\n")
        .append("a config file (users = 100 in locust.conf); see\n")
        .append("https://docs.locust.io/en/stable/configuration.html\n")
        .toString();
  }

  private void heading(OptionGroup group) {
    text.append('\n').append(group.title()).append(":\n");
    if (!group.description().isEmpty()) {
      for (String line : wrapped(group.description(), width - 2)) {
        text.append("  ").append(line).append('\n');
      }
      text.append('\n');
    }
  }

  private void row(String left, String help) {
    text.append("  ").append(left);
    int column = left.length() + 2;
    if (column > HELP_COLUMN - 2 && !help.isEmpty()) {
      text.append('\n');
      column = 0;
    }
    boolean first = true;
    for (String line : wrapped(help, width - HELP_COLUMN)) {
      text.append(" ".repeat(first ? HELP_COLUMN - column : HELP_COLUMN)).append(line).append('\n');
      first = false;
    }
    if (help.isEmpty()) {
      text.append('\n');
    }
  }

  private static String left(OptionSpec row) {
    List<String> parts = new ArrayList<>();
    for (String name : row.names()) {
      parts.add(row.isFlag() ? name : name + " " + value(row));
    }
    return String.join(", ", parts);
  }

  private static String value(OptionSpec row) {
    String name = row.metavar() == null ? row.dest().toUpperCase(Locale.ROOT) : row.metavar();
    if (row.takesList()) {
      return row.minWords() == 0 ? "[" + name + " ...]" : name + " [" + name + " ...]";
    }
    return row.minWords() == 0 ? "[" + name + "]" : name;
  }

  private static List<String> wrapped(String paragraph, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.strip().split("\\s+")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
