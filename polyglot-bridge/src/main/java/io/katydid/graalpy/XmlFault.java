package io.katydid.graalpy;

/** A document is wrong; thrown and caught within {@link XmlScanner}, so it has no stack. */
final class XmlFault extends Exception {
  private static final long serialVersionUID = 1;

  /** The piece ends before the declaration does, but not within one of its words. */
  static final int BETWEEN_TOKENS = -1;
  static final int SYNTAX = 2;
  static final int NO_ELEMENTS = 3;
  static final int INVALID_TOKEN = 4;
  static final int UNCLOSED_TOKEN = 5;
  static final int PARTIAL_CHAR = 6;
  static final int TAG_MISMATCH = 7;
  static final int DUPLICATE_ATTRIBUTE = 8;
  static final int JUNK_AFTER_DOCUMENT = 9;
  static final int PARAMETER_REFERENCE = 10;
  static final int UNDEFINED_ENTITY = 11;
  static final int RECURSIVE_ENTITY = 12;
  static final int ASYNCHRONOUS_ENTITY = 13;
  static final int BAD_CHARACTER_REFERENCE = 14;
  static final int BINARY_ENTITY = 15;
  static final int EXTERNAL_ENTITY_IN_ATTRIBUTE = 16;
  static final int MISPLACED_DECLARATION = 17;
  static final int UNKNOWN_ENCODING = 18;
  static final int WRONG_ENCODING = 19;
  static final int UNCLOSED_CDATA = 20;
  static final int EXTERNAL_ENTITY = 21;
  static final int NOT_STANDALONE = 22;
  static final int UNBOUND_PREFIX = 27;
  static final int UNDECLARED_PREFIX = 28;
  static final int XML_DECLARATION = 30;
  static final int TEXT_DECLARATION = 31;
  static final int RESERVED_XML = 38;
  static final int RESERVED_XMLNS = 39;
  static final int RESERVED_NAMESPACE = 40;
  static final int AMPLIFICATION = 43;

  /** Expat's number; 0 if the piece ends before the token does. */
  final int code;
  /** Where in the text that is being read. */
  final int at;

  XmlFault(int code, int at) {
    super(null, null, false, false);
    this.code = code;
    this.at = at;
  }
}
