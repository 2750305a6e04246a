package io.katydid.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options one parse knows: the built-in ones and the locustfile's own. Finds an option by what the user typed. */
final class OptionTable {
  private final List<OptionSpec> rows = new ArrayList<>();
  private final Map<String, OptionSpec> byName = new HashMap<>();
  private final List<String> current = new ArrayList<>();
  private final boolean cutShort;

  private OptionTable(boolean cutShort) {
    this.cutShort = cutShort;
  }

  /** The current built-in options, matched in full only: what no locustfile can change. */
  static OptionTable spelledInFull() {
    OptionTable table = new OptionTable(false);
    LocustOptions.table().stream().filter(row -> !row.isOld()).forEach(table::add);
    return table;
  }

  /**
   * All built-in options and the locustfile's. One of the locustfile takes an old spelling's name, never a current
   * one.
   *
   * @throws UsageException when it wants the name of a built-in option
   */
  static OptionTable withCustom(List<CustomOption> customOptions) {
    OptionTable table = new OptionTable(true);
    LocustOptions.table().forEach(table::add);
    table.addCustom(customOptions);
    return table;
  }

  private void addCustom(List<CustomOption> customOptions) {
    for (CustomOption custom : customOptions) {
      for (String name : custom.names()) {
        OptionSpec taken = byName.get(name);
        if (taken != null && !taken.isOld()) {
          throw UsageException.argument(
              String.join("/", custom.names()), "conflicting option string: " + name);
        }
      }
      add(custom.spec());
    }
  }

  private void add(OptionSpec row) {
    rows.add(row);
    for (String name : row.names()) {
      byName.put(name, row);
      if (!row.isOld()) {
        current.add(name);
      }
    }
  }

  List<OptionSpec> rows() {
    return rows;
  }

  /** Spellings that may be proposed to the user. */
  List<String> currentNames() {
    return current;
  }

  /** The option with exactly this spelling, or null. */
  OptionSpec exact(String name) {
    return byName.get(name);
  }

  /**
   * The option meant by a long name that may be cut short, or null. Options that only Katydid has never get in the way
   * of one that Locust has.
   *
   * @throws UsageException when several options begin like this
   */
  OptionSpec meant(String longName) {
    OptionSpec exact = byName.get(longName);
    if (exact != null || !cutShort) {
      return exact;
    }
    List<String> names = beginning(longName, false);
    if (names.isEmpty()) {
      names = beginning(longName, true);
    }
    if (names.size() > 1) {
      throw UsageException.usage("ambiguous option: " + longName + " could match " + String.join(", ", names));
    }
    return names.isEmpty() ? null : byName.get(names.getFirst());
  }

  private List<String> beginning(String longName, boolean ours) {
    return current.stream()
        .filter(name -> name.startsWith("--") && name.startsWith(longName))
        .filter(name -> (byName.get(name).group() == OptionGroup.KATYDID) == ours)
        .toList();
  }
}
