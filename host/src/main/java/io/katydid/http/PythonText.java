package io.katydid.http;

import java.nio.charset.StandardCharsets;

/** Text as Python would print it, for error messages that users compare with Locust's. Pure. */
public final class PythonText {
  private PythonText() {}

  /** `repr(bytes)`. */
  static String bytesRepr(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    StringBuilder out = new StringBuilder(bytes.length + 3).append('b');
    String repr = repr(text);
    for (int i = 0; i < repr.length(); i++) {
      char c = repr.charAt(i);
      out.append(c < 0x80 ? String.valueOf(c) : String.format("\\x%02x", (int) c));
    }
    return out.toString();
  }

  /** `repr(text)`. */
  public static String repr(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c == quote) {
            out.append('\\').append(c);
          } else if (c < 0x20 || c >= 0x7f && c < 0xa0) {
            out.append(String.format("\\x%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(quote).toString();
  }
}
