package io.katydid.graalpy;

import java.util.Arrays;

/** Bytes of an XML document that come in pieces, as characters; what is none becomes U+FFFF. Owned by one {@link XmlScanner}. */
final class XmlDecoder {
  private byte[] bytes = new byte[0];
  private int at;
  /** null until it is known. */
  private String encoding;
  private String table;
  private boolean marked;

  XmlDecoder(String encoding) {
    this.encoding = encoding == null ? null : normal(encoding);
  }

  static String normal(String name) {
    return switch (name.toUpperCase(java.util.Locale.ROOT)) {
      case "UTF-8" -> "UTF-8";
      case "UTF-16" -> "UTF-16";
      case "UTF-16LE" -> "UTF-16LE";
      case "UTF-16BE" -> "UTF-16BE";
      case "ISO-8859-1" -> "ISO-8859-1";
      case "US-ASCII" -> "US-ASCII";
      default -> name;
    };
  }

  static boolean known(String name) {
    return switch (name) {
      case "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "US-ASCII" -> true;
      default -> false;
    };
  }

  /** The name of an encoding that only Python knows; null if there is none. */
  String unknown() {
    return encoding != null && table == null && !known(encoding) ? encoding : null;
  }

  /** What the 256 bytes mean in that encoding. */
  void table(String characters) {
    table = characters;
  }

  void encoding(String name) {
    encoding = normal(name);
  }

  boolean wide() {
    return encoding != null && encoding.startsWith("UTF-16");
  }

  /** How many bytes a unit of UTF-16 is in the document. */
  int widthOf(char c) {
    if (wide()) {
      return 2;
    }
    if (encoding != null && !"UTF-8".equals(encoding) || c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  void add(byte[] more) {
    int left = bytes.length - at;
    byte[] all = Arrays.copyOf(Arrays.copyOfRange(bytes, at, bytes.length), left + more.length);
    System.arraycopy(more, 0, all, left, more.length);
    bytes = all;
    at = 0;
  }

  boolean rest() {
    return at < bytes.length;
  }

  /** The bytes that a byte order mark took; it is no character. */
  int skipMark(boolean last) {
    if (marked) {
      return 0;
    }
    int left = bytes.length - at;
    int first = left > 0 ? bytes[at] & 0xff : -1;
    int second = left > 1 ? bytes[at + 1] & 0xff : -1;
    if (!last && (left < 2 || first == 0xEF && second == 0xBB && left < 3)) {
      return -1;
    }
    marked = true;
    // A mark is believed more than a given ISO-8859-1, as Expat does.
    boolean open = encoding == null || encoding.equals("UTF-16") || encoding.equals("ISO-8859-1");
    if (first == 0xFE && second == 0xFF && (open || wide())) {
      encoding = "UTF-16BE";
      at += 2;
      return 2;
    }
    if (first == 0xFF && second == 0xFE && (open || wide())) {
      encoding = "UTF-16LE";
      at += 2;
      return 2;
    }
    if (first == 0xEF && second == 0xBB && left > 2 && (bytes[at + 2] & 0xff) == 0xBF
        && (encoding == null || encoding.equals("UTF-8") || encoding.equals("ISO-8859-1"))) {
      encoding = "UTF-8";
      at += 3;
      return 3;
    }
    if (open && first == '<' && second == 0) {
      encoding = "UTF-16LE";
    } else if (open && (first == 0 || "UTF-16".equals(encoding))) {
      encoding = "UTF-16BE";
    }
    return 0;
  }

  /** The characters that are there as a whole, at most so many (before the declaration is read, one after the other). */
  StringBuilder take(int most) {
    StringBuilder out = new StringBuilder(Math.min(most, bytes.length - at));
    String name = encoding == null ? "UTF-8" : encoding;
    while (at < bytes.length && out.length() < most) {
      int b = bytes[at] & 0xff;
      if (table != null) {
        char c = table.charAt(b);
        out.append(c == '\uFFFD' ? '\uFFFF' : c);
        at++;
      } else if (wide()) {
        if (bytes.length - at < 2) {
          break;
        }
        int other = bytes[at + 1] & 0xff;
        out.append((char) (name.equals("UTF-16LE") ? b | other << 8 : b << 8 | other));
        at += 2;
      } else if (name.equals("ISO-8859-1")) {
        out.append((char) b);
        at++;
      } else if (b < 0x80) {
        out.append((char) b);
        at++;
      } else if (!name.equals("UTF-8") || !takeUtf8(out, b)) {
        if (name.equals("UTF-8") && out.length() < most && at < bytes.length && partial(b)) {
          break;
        }
        out.append('\uFFFF');
        at++;
      }
    }
    return out;
  }

  private static int length(int first) {
    return first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
  }

  private boolean partial(int first) {
    return length(first) > bytes.length - at;
  }

  private boolean takeUtf8(StringBuilder out, int first) {
    int length = length(first);
    if (length == 0 || bytes.length - at < length) {
      return false;
    }
    int c = first & 0xff >> length + 1;
    for (int i = 1; i < length; i++) {
      int b = bytes[at + i] & 0xff;
      if ((b & 0xC0) != 0x80) {
        return false;
      }
      c = c << 6 | b & 0x3F;
    }
    if (length == 3 && c < 0x800 || length == 4 && c < 0x10000 || !XmlNames.allowed(c)) {
      return false;
    }
    out.appendCodePoint(c);
    at += length;
    return true;
  }
}
