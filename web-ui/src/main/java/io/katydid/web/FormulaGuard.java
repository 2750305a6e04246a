package io.katydid.web;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Passes CSV on and puts an apostrophe before cells that a spreadsheet would take for a formula: names and errors come
 * from locustfiles and servers, downloads are opened by people. Numbers stay as they are. The files of `--csv`, which
 * programs read, are not changed. One thread; {@link #end} after the last character.
 */
final class FormulaGuard implements Appendable {
  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final StringBuilder out;
  private final StringBuilder cell = new StringBuilder();
  private boolean quoted;

  FormulaGuard(StringBuilder out) {
    this.out = out;
  }

  @Override
  public Appendable append(char c) throws IOException {
    if (c == '"') {
      quoted = !quoted;
    }
    boolean ends = !quoted && (c == ',' || c == '\n');
    if (ends) {
      end();
      out.append(c);
    } else {
      cell.append(c);
    }
    return this;
  }

  @Override
  public Appendable append(CharSequence text) throws IOException {
    return append(text, 0, text.length());
  }

  @Override
  public Appendable append(CharSequence text, int start, int end) throws IOException {
    for (int i = start; i < end; i++) {
      append(text.charAt(i));
    }
    return this;
  }

  /** The text ends here. */
  void end() {
    int first = cell.length() > 1 && cell.charAt(0) == '"' ? 1 : 0;
    boolean lineEnd = cell.length() == 1 && cell.charAt(0) == '\r';
    if (cell.length() > first && FORMULA_STARTS.indexOf(cell.charAt(first)) >= 0 && !lineEnd
        && !NUMBER.matcher(cell.toString().strip()).matches()) {
      cell.insert(first, '\'');
    }
    out.append(cell);
    cell.setLength(0);
  }
}
