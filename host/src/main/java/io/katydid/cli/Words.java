package io.katydid.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a command line into options with their words, user classes and what is unknown, by the rules users of Python's
 * argparse know: {@code --name value}, {@code --name=value}, {@code -u5}, {@code -lu5}, long names cut short, lists
 * that run until the next option, {@code --} before plain words.
 */
final class Words {
  private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-\\d+|-\\d*\\.\\d+");

  /**
   * One option as it was given.
   *
   * @param option the row of the table
   * @param name the spelling used
   * @param words the words that belong to it
   */
  record Occurrence(OptionSpec option, String name, List<String> words) {
  }

  private final OptionTable table;
  private final boolean lenient;
  private final List<Occurrence> occurrences = new ArrayList<>();
  private final List<String> plain = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  private Words(OptionTable table, boolean lenient) {
    this.table = table;
    this.lenient = lenient;
  }

  /** Splits; the first mistake that is not just an unknown option throws. */
  static Words split(OptionTable table, List<String> args) {
    Words words = new Words(table, false);
    words.read(args);
    return words;
  }

  /** Splits and passes over what it does not understand: options that only the locustfile will explain. */
  static Words splitLeniently(OptionTable table, List<String> args) {
    Words words = new Words(table, true);
    words.read(args);
    return words;
  }

  List<Occurrence> occurrences() {
    return occurrences;
  }

  /** Words that belong to no option: user classes. */
  List<String> plain() {
    return plain;
  }

  /** Unknown options as they were typed. */
  List<String> unknown() {
    return unknown;
  }

  private void read(List<String> args) {
    int i = 0;
    while (i < args.size()) {
      String arg = args.get(i);
      if (arg.equals("--")) {
        plain.addAll(args.subList(i + 1, args.size()));
        return;
      }
      i = isValue(arg) ? plainWord(args, i) : option(args, i);
    }
  }

  private int plainWord(List<String> args, int at) {
    plain.add(args.get(at));
    return at + 1;
  }

  /** True for what cannot be an option: no dash, a lone dash, a negative number, a sentence. */
  private boolean isValue(String arg) {
    if (!arg.startsWith("-") || arg.length() == 1 || NEGATIVE_NUMBER.matcher(arg).matches()) {
      return true;
    }
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    return name.indexOf(' ') >= 0 && table.exact(arg.substring(0, 2)) == null;
  }

  private int option(List<String> args, int at) {
    String arg = args.get(at);
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    String attached = equals < 0 ? null : arg.substring(equals + 1);
    OptionSpec option = arg.startsWith("--") ? meant(name) : table.exact(name);
    if (option != null) {
      return take(option, name, attached, args, at);
    }
    if (!arg.startsWith("--")) {
      return shortOptions(args, at);
    }
    unknown.add(arg);
    return at + 1;
  }

  private OptionSpec meant(String name) {
    if (!lenient) {
      return table.meant(name);
    }
    try {
      return table.meant(name);
    } catch (UsageException e) {
      return null;
    }
  }

  /** {@code -u5}, {@code -lu5}: letters until one that takes a value, which takes the rest. */
  private int shortOptions(List<String> args, int at) {
    String arg = args.get(at);
    List<Occurrence> found = new ArrayList<>();
    int letter = 1;
    while (letter < arg.length()) {
      String name = "-" + arg.charAt(letter);
      OptionSpec option = table.exact(name);
      String rest = arg.substring(letter + 1);
      if (option == null && letter == 1) {
        unknown.add(arg);
        return at + 1;
      }
      if (option == null) {
        Occurrence flag = found.getLast();
        if (lenient) {
          return at + 1;
        }
        throw UsageException.argument(
            flag.option().label(), "ignored explicit argument '" + arg.substring(letter) + "'");
      }
      if (!option.isFlag()) {
        occurrences.addAll(found);
        String attached = rest.startsWith("=") ? rest.substring(1) : rest;
        return take(option, name, rest.isEmpty() ? null : attached, args, at);
      }
      found.add(new Occurrence(option, name, List.of()));
      letter++;
    }
    occurrences.addAll(found);
    return at + 1;
  }

  private int take(OptionSpec option, String name, String attached, List<String> args, int at) {
    if (attached != null) {
      if (option.isFlag() && !lenient) {
        throw UsageException.argument(option.label(), "ignored explicit argument '" + attached + "'");
      }
      if (option.minWords() > 1 && !lenient) {
        throw UsageException.argument(option.label(), "expected " + option.minWords() + " arguments");
      }
      occurrences.add(new Occurrence(option, name, List.of(attached)));
      return at + 1;
    }
    List<String> words = new ArrayList<>();
    int next = at + 1;
    while (words.size() < option.maxWords() && next < args.size()
        && !args.get(next).equals("--") && isValue(args.get(next))) {
      words.add(args.get(next));
      next++;
    }
    if (words.size() < option.minWords()) {
      if (lenient) {
        return next;
      }
      throw UsageException.argument(option.label(), expected(option));
    }
    occurrences.add(new Occurrence(option, name, words));
    return next;
  }

  private static String expected(OptionSpec option) {
    if (option.maxWords() == OptionSpec.ANY_NUMBER) {
      return "expected at least one argument";
    }
    return option.minWords() == 1 ? "expected one argument" : "expected " + option.minWords() + " arguments";
  }
}
