package io.katydid.stats;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Values as Python's `repr` shows them: what error keys are made of, and how numbers look in CSV and JSON. Pure
 * functions.
 */
public final class PythonRepr {
  private static final int FIRST_EXPONENT_WITH_E = 16;
  private static final int LAST_SMALL_EXPONENT_WITH_E = -5;

  private PythonRepr() {}

  /** A string literal: single quotes unless only double quotes avoid escaping; what is not printable is escaped. */
  public static String of(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder literal = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(codePoint -> appendCodePoint(literal, codePoint, quote));
    return literal.append(quote).toString();
  }

  private static void appendCodePoint(StringBuilder literal, int codePoint, char quote) {
    switch (codePoint) {
      case '\\' -> literal.append("\\\\");
      case '\n' -> literal.append("\\n");
      case '\r' -> literal.append("\\r");
      case '\t' -> literal.append("\\t");
      default -> {
        if (codePoint == quote) {
          literal.append('\\').append(quote);
        } else if (printable(codePoint)) {
          literal.appendCodePoint(codePoint);
        } else if (codePoint < 0x100) {
          literal.append(String.format("\\x%02x", codePoint));
        } else if (codePoint < 0x10000) {
          literal.append(String.format("\\u%04x", codePoint));
        } else {
          literal.append(String.format("\\U%08x", codePoint));
        }
      }
    }
  }

  private static boolean printable(int codePoint) {
    return codePoint == ' ' || switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
      default -> true;
    };
  }

  /** A number: whole numbers without a point, others with the fewest digits that identify them. */
  public static String of(Number number) {
    if (number instanceof Double value) {
      return of(value.doubleValue());
    }
    return number.toString();
  }

  /** A float: `0.1`, `5.0`, `1e-05`, `1e+16`, `inf`, `nan`. */
  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= FIRST_EXPONENT_WITH_E || exponent <= LAST_SMALL_EXPONENT_WITH_E) {
      return scientific(shortest, exponent);
    }
    String plain = shortest.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  private static String scientific(BigDecimal shortest, int exponent) {
    String digits = shortest.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(shortest.signum() < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append(exponent < 0 ? "e-" : "e+");
    int size = Math.abs(exponent);
    return text.append(size < 10 ? "0" : "").append(size).toString();
  }

  /** `%.<digits>f`: a fixed number of decimals, half to even on the exact binary value. */
  public static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return of(value);
    }
    return exactlyRounded(value, digits).toPlainString();
  }

  /** Python's `round(value, digits)`. */
  public static double round(double value, int digits) {
    return Double.isFinite(value) ? exactlyRounded(value, digits).doubleValue() : value;
  }

  private static BigDecimal exactlyRounded(double value, int digits) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
  }

  /**
   * Locust's rounding of numbers for its charts and tables: as {@link #round}, after adding a little, so that 2.5
   * becomes 3.0 and 2.675 becomes 2.68.
   */
  public static double properRound(double value, int digits) {
    double nudge = Double.parseDouble("1e-" + (of(value).length() + 1));
    return round(value + nudge, digits);
  }
}
