package io.katydid.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the text of a built-in option becomes a value. */
enum ValueKind {
  TEXT,
  INTEGER,
  COUNT,
  POSITIVE_INTEGER,
  RATE,
  TIME_SPAN,
  UPPER_CASE;

  private static final Pattern INTEGER_TEXT = Pattern.compile("[+-]?\\d+(_\\d+)*");
  private static final Pattern NUMBER_TEXT =
      Pattern.compile("[+-]?(\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)([eE][+-]?\\d+)?");
  private static final List<String> NOT_FINITE = List.of("nan", "inf", "infinity");

  /**
   * The value: String, Integer or Double.
   *
   * @throws IllegalArgumentException with the sentence that follows the option's name
   */
  Object convert(String text) {
    return switch (this) {
      case TEXT -> text;
      case INTEGER -> integer(text);
      case COUNT -> count(text);
      case POSITIVE_INTEGER -> positive(text);
      case RATE -> rate(text);
      case TIME_SPAN -> TimeSpan.seconds(text);
      case UPPER_CASE -> text.toUpperCase(Locale.ROOT);
    };
  }

  private static Integer integer(String text) {
    String trimmed = text.strip();
    if (INTEGER_TEXT.matcher(trimmed).matches()) {
      try {
        return Integer.valueOf(trimmed.replace("_", ""));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("invalid int value: '" + text + "'", e);
      }
    }
    throw new IllegalArgumentException("invalid int value: '" + text + "'");
  }

  private static Integer count(String text) {
    Integer value = integer(text);
    if (value < 0) {
      throw new IllegalArgumentException("must be >= 0");
    }
    return value;
  }

  private static Integer positive(String text) {
    Integer value = integer(text);
    if (value < 1) {
      throw new IllegalArgumentException(
          "Invalid --expect-workers argument (" + value + "), must be a positive number");
    }
    return value;
  }

  private static Double rate(String text) {
    String trimmed = text.strip();
    if (NOT_FINITE.contains(trimmed.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", ""))) {
      throw new IllegalArgumentException("must be a finite number");
    }
    if (!NUMBER_TEXT.matcher(trimmed).matches()) {
      throw new IllegalArgumentException("invalid float value: '" + text + "'");
    }
    double value = Double.parseDouble(trimmed.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("must be a finite number");
    }
    if (value <= 0) {
      throw new IllegalArgumentException("must be > 0");
    }
    return value;
  }
}
