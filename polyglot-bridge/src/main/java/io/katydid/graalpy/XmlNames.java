package io.katydid.graalpy;

/** Which characters XML 1.0 allows, and where. */
final class XmlNames {
  private XmlNames() {}

  static boolean space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  static boolean starts(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':'
        || c >= 0xC0 && (c <= 0x2FF ? c != 0xD7 && c != 0xF7
            : c >= 0x370 && c <= 0x1FFF && c != 0x37E || c == 0x200C || c == 0x200D || c >= 0x2070 && c <= 0x218F
            || c >= 0x2C00 && c <= 0x2FEF || c >= 0x3001 && c <= 0xD7FF || c >= 0xF900 && c <= 0xFDCF
            || c >= 0xFDF0 && c <= 0xFFFD);
  }

  static boolean continues(char c) {
    return starts(c) || c >= '0' && c <= '9' || c == '-' || c == '.' || c == 0xB7 || c >= 0x300 && c <= 0x36F
        || c == 0x203F || c == 0x2040;
  }

  /** A unit of UTF-16; the decoder has turned bytes that are no character into U+FFFF. */
  static boolean allowed(char c) {
    return c >= ' ' ? c < 0xFFFE : c == '\n' || c == '\t' || c == '\r';
  }

  static boolean allowed(int c) {
    return c >= ' ' ? c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c >= 0x10000 && c <= 0x10FFFF
        : c == '\n' || c == '\t' || c == '\r';
  }
}
