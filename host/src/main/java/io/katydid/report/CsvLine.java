package io.katydid.report;

import io.katydid.stats.PythonRepr;
import java.io.IOException;

/** One line of CSV being built: minimal quoting, CRLF, numbers as Python prints them (spec web-api section 6). */
final class CsvLine {
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
