package io.katydid.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Percent-encoding as requests and urllib3 do it: characters a part may not contain are encoded as UTF-8, existing %XX
 * stay (in upper case), encoded letters that need no encoding are decoded, `.` and `..` are removed from paths. Pure.
 */
final class UrlQuoting {
  private static final int PATH = 1;
  private static final int QUERY = 2;
  private static final int USER = 4;
  private static final int UNRESERVED = 8;
  private static final byte[] ALLOWED = new byte[128];
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  static {
    for (char c = '0'; c < 128; c++) {
      if (c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
        ALLOWED[c] = PATH | QUERY | USER | UNRESERVED;
      }
    }
    allow("-._~", PATH | QUERY | USER | UNRESERVED);
    allow("!$&'()*+,;=", PATH | QUERY | USER);
    allow(":", PATH | QUERY | USER);
    allow("@/", PATH | QUERY);
    allow("?", QUERY);
  }

  private UrlQuoting() {}

  private static void allow(String chars, int parts) {
    for (int i = 0; i < chars.length(); i++) {
      ALLOWED[chars.charAt(i)] |= (byte) parts;
    }
  }

  /** Whether the path and query `text[from, to)` is sent as it is. */
  static boolean clean(String text, int from, int to) {
    int part = PATH;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '?') {
        part = QUERY;
      } else if (c >= 128 || (ALLOWED[c] & part) == 0) {
        return false;
      } else if (c == '.' && part == PATH && i > from && text.charAt(i - 1) == '/') {
        return false;
      }
    }
    return true;
  }

  /** Path and query as they are, but for what would break the request's first line: blanks, controls, other letters. */
  static String asWritten(String target) {
    StringBuilder out = new StringBuilder(target.length() + 16);
    for (byte one : target.getBytes(StandardCharsets.UTF_8)) {
      if (one > ' ' && one < 127) {
        out.append((char) one);
      } else {
        escape(out, one & 0xff);
      }
    }
    return out.toString();
  }

  static String path(String path) {
    return requote(encode(withoutDots(path), PATH));
  }

  static String query(String query) {
    return requote(encode(query, QUERY));
  }

  static String fragment(String fragment) {
    return requote(encode(fragment, QUERY));
  }

  static String userInfo(String userInfo) {
    return encode(userInfo, USER);
  }

  /** Percent-decoding as UTF-8; what is not %XX stays. */
  static String unquote(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]) : -1;
      if (value >= 0) {
        out.write(value);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Quotes a whole Location header: what a URL cannot contain is encoded, the structure is left alone. */
  static String location(String url) {
    return quoteWhole(unquoteUnreserved(url));
  }

  private static String encode(String text, int part) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean escaped = true;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && !(i + 2 < bytes.length && (hex(bytes[i + 1]) | hex(bytes[i + 2])) >= 0)) {
        escaped = false;
      }
    }
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xff;
      if (b == '%' && i + 2 < bytes.length && (hex(bytes[i + 1]) | hex(bytes[i + 2])) >= 0) {
        out.append(escaped ? "%" : "%25").append(Character.toUpperCase((char) bytes[i + 1]))
            .append(Character.toUpperCase((char) bytes[i + 2]));
        i += 2;
      } else if (b < 128 && (ALLOWED[b] & part) != 0) {
        out.append((char) b);
      } else {
        escape(out, b);
      }
    }
    return out.toString();
  }

  private static String requote(String text) {
    return text.indexOf('%') < 0 ? text : unquoteUnreserved(text);
  }

  private static String unquoteUnreserved(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c == '%' && i + 2 < text.length() ? hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2)) : -1;
      if (value >= 0 && value < 128 && (ALLOWED[value] & UNRESERVED) != 0) {
        out.append((char) value);
        i += 2;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String quoteWhole(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (byte value : bytes) {
      int b = value & 0xff;
      if (b < 128 && ((ALLOWED[b] & QUERY) != 0 || b == '#' || b == '%' || b == '[' || b == ']')) {
        out.append((char) b);
      } else {
        escape(out, b);
      }
    }
    return out.toString();
  }

  private static void escape(StringBuilder out, int b) {
    out.append('%').append(HEX[b >> 4]).append(HEX[b & 15]);
  }

  private static int hex(int c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static String withoutDots(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    List<String> kept = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (!kept.isEmpty()) {
          kept.removeLast();
        }
      } else if (!segment.equals(".")) {
        kept.add(segment);
      }
    }
    if (path.startsWith("/") && (kept.isEmpty() || !kept.getFirst().isEmpty())) {
      kept.addFirst("");
    }
    if (path.endsWith("/.") || path.endsWith("/..")) {
      kept.add("");
    }
    return String.join("/", kept);
  }
}
