package io.katydid.graalpy;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.Locale;
import java.util.Map;

/** The system's numbers (Linux) of what Java says when a socket fails. */
final class SystemErrors {
  static final int BAD_FILE = 9;
  static final int INVALID = 22;
  static final int FAMILY_NOT_SUPPORTED = 97;
  static final int IS_CONNECTED = 106;
  static final int NOT_CONNECTED = 107;
  static final int IN_PROGRESS = 115;
  /** Of getaddrinfo, negative there too. */
  static final int NAME_NOT_KNOWN = -2;

  private static final int INPUT_OUTPUT = 5;
  private static final int ALREADY = 114;
  /** The system's own texts, which Java passes on. */
  private static final Map<String, Integer> TEXTS =
      Map.ofEntries(
          Map.entry("operation not permitted", 1),
          Map.entry("permission denied", 13),
          Map.entry("too many open files in system", 23),
          Map.entry("too many open files", 24),
          Map.entry("broken pipe", 32),
          Map.entry("address already in use", 98),
          Map.entry("cannot assign requested address", 99),
          Map.entry("network is down", 100),
          Map.entry("network is unreachable", 101),
          Map.entry("connection reset", 104),
          Map.entry("no buffer space", 105),
          Map.entry("connection timed out", 110),
          Map.entry("connection refused", 111),
          Map.entry("host is down", 112),
          Map.entry("no route to host", 113),
          Map.entry("invalid argument", INVALID));

  private SystemErrors() {}

  /** The number of what went wrong. */
  static int number(Exception e) {
    return switch (e) {
      case ClosedChannelException _ -> BAD_FILE;
      case UnknownHostException _ -> NAME_NOT_KNOWN;
      case AlreadyConnectedException _ -> IS_CONNECTED;
      case ConnectionPendingException _ -> ALREADY;
      case UnsupportedOperationException _ -> FAMILY_NOT_SUPPORTED;
      case IOException failed -> ofText(String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT));
      default -> INVALID;
    };
  }

  private static int ofText(String text) {
    return TEXTS.entrySet().stream()
        .filter(known -> text.contains(known.getKey()))
        .max(Map.Entry.comparingByKey(java.util.Comparator.comparingInt(String::length)))
        .map(Map.Entry::getValue)
        .orElse(INPUT_OUTPUT);
  }
}
