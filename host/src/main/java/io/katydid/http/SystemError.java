package io.katydid.http;

import java.util.Locale;

/**
 * Errors of the operating system that a connection may begin or end with, as Linux numbers them: Java tells only their texts, Python
 * both. Pure.
 */
enum SystemError {
  NOT_PERMITTED(1, "Operation not permitted"),
  NO_MEMORY(12, "Cannot allocate memory"),
  NO_ACCESS(13, "Permission denied"),
  TOO_MANY_FILES_IN_SYSTEM(23, "Too many open files in system"),
  TOO_MANY_FILES(24, "Too many open files"),
  NO_SPACE(28, "No space left on device"),
  FAMILY(97, "Address family not supported by protocol"),
  NO_ADDRESS(99, "Cannot assign requested address"),
  NETWORK_DOWN(100, "Network is down"),
  NETWORK_UNREACHABLE(101, "Network is unreachable"),
  ABORTED(103, "Software caused connection abort"),
  NO_BUFFERS(105, "No buffer space available"),
  TIMED_OUT(110, "Connection timed out"),
  HOST_DOWN(112, "Host is down"),
  NO_ROUTE(113, "No route to host");

  private final int number;
  private final String text;

  SystemError(int number, String text) {
    this.number = number;
    this.text = text;
  }

  int number() {
    return number;
  }

  /** What strerror says. */
  String text() {
    return text;
  }

  /** The one whose text is in a message of Java's, in lower case; null = none. */
  static SystemError in(String message) {
    for (SystemError one : values()) {
      if (message.contains(one.text.toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    return null;
  }
}
