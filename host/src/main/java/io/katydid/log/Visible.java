package io.katydid.log;

/**
 * Text for a terminal or a log file in which what would act on the reader is to be seen instead: names, errors and URLs
 * come from workers and servers, and a terminal obeys escape sequences. Pure.
 */
public final class Visible {
  private static final char ESCAPE = '\u001b';
  private static final int LAST_C1 = 0x9f;

  private Visible() {}

  /**
   * A text of several lines: line ends stay, and so do colours ({@code ESC [ ... m}), which loggers of
   * locustfiles use and which can do no harm.
   */
  public static String text(String text) {
    return visible(text, true);
  }

  /** A text that is one line, whatever is in it. */
  public static String line(String text) {
    return visible(text, false);
  }

  private static String visible(String text, boolean lines) {
    int i = 0;
    while (i < text.length() && !acts(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, i);
    while (i < text.length()) {
      char c = text.charAt(i);
      int length = lines ? harmless(text, i) : 0;
      if (length > 0) {
        out.append(text, i, i + length);
        i += length;
      } else {
        append(out, c);
        i++;
      }
    }
    return out.toString();
  }

  /** Control characters of both sets except tabs, line ends that only some programs know, and what turns the direction of text. */
  private static boolean acts(char c) {
    return c < ' ' && c != '\t' || c >= 0x7f && c <= LAST_C1 || c == '\u2028' || c == '\u2029'
        || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
  }

  /** How many characters from here on stay in a text of several lines though they act. */
  private static int harmless(String text, int at) {
    char c = text.charAt(at);
    if (c == '\n') {
      return 1;
    }
    if (c == '\r') {
      return text.startsWith("\r\n", at) ? 2 : 0;
    }
    return c == ESCAPE ? colour(text, at) : 0;
  }

  /** The length of a sequence that sets colours, or 0. */
  private static int colour(String text, int at) {
    if (!text.startsWith("[", at + 1)) {
      return 0;
    }
    for (int i = at + 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'm') {
        return i + 1 - at;
      }
      if ((c < '0' || c > '9') && c != ';') {
        return 0;
      }
    }
    return 0;
  }

  /** As Python's repr() writes such a character. */
  private static void append(StringBuilder out, char c) {
    if (!acts(c)) {
      out.append(c);
      return;
    }
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> out.append(String.format(c > 0xff ? "\\u%04x" : "\\x%02x", (int) c));
    }
  }
}
