package io.katydid.report;

import io.katydid.stats.PythonRepr;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * One line of CSV being built: minimal quoting, CRLF, numbers as Python prints them (spec web-api section 6). Words that
 * come from elsewhere and that a spreadsheet would take for a formula get an apostrophe in front: the same in files and
 * in downloads, since people open both.
 */
final class CsvLine {
  /** The last four as they are typed in Japanese. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final StringBuilder line = new StringBuilder(200);
  private boolean first = true;

  CsvLine add(String text) {
    comma();
    if (needsQuotes(text)) {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      line.append(text);
    }
    return this;
  }

  /** A name, an error or another word of a locustfile, a worker or a server. */
  CsvLine addForeign(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text).matches();
    return add(formula ? "'" + text : text);
  }

  CsvLine add(Number number) {
    comma();
    line.append(PythonRepr.of(number));
    return this;
  }

  CsvLine addAll(Iterable<String> texts) {
    for (String text : texts) {
      add(text);
    }
    return this;
  }

  void endOn(Appendable out) throws IOException {
    out.append(line).append("\r\n");
  }

  private void comma() {
    if (!first) {
      line.append(',');
    }
    first = false;
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\r' || c == '\n') {
        return true;
      }
    }
    return false;
  }
}
