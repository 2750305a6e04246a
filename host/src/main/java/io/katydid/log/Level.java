package io.katydid.log;

import java.util.Locale;

/** How important a log line is, with Python's names and numbers. */
public enum Level {
  DEBUG(10),
  INFO(20),
  WARNING(30),
  ERROR(40),
  CRITICAL(50);

  private final int number;

  Level(int number) {
    this.number = number;
  }

  /** Python's number for this level. */
  public int number() {
    return number;
  }

  /** True when a line of this level is shown by a logger set to {@code threshold}. */
  public boolean reaches(Level threshold) {
    return number >= threshold.number;
  }

  /**
   * The level with this name in any case; {@code WARN} and {@code FATAL} are accepted as Python does.
   *
   * @throws IllegalArgumentException with a sentence naming the choices
   */
  public static Level named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "WARN" -> WARNING;
      case "FATAL" -> CRITICAL;
      default -> {
        for (Level level : values()) {
          if (level.name().equals(upper)) {
            yield level;
          }
        }
        throw new IllegalArgumentException(
            "'" + name + "' is no log level; choose from DEBUG, INFO, WARNING, ERROR, CRITICAL");
      }
    };
  }

  /** The highest level whose number is not above {@code number}; DEBUG for anything below 20. */
  public static Level ofNumber(int number) {
    Level result = DEBUG;
    for (Level level : values()) {
      if (level.number <= number) {
        result = level;
      }
    }
    return result;
  }
}
