package io.katydid.stats;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What Locust makes of an error's text: masked addresses, the key it is counted under, what tables show. */
final class ErrorText {
  private static final String ADDRESS_BEFORE = "object at 0x";
  private static final String CATCH_RESPONSE = "CatchResponseError(";

  private ErrorText() {}

  /** Replaces the first object address, wherever it occurs, so that the same error of two objects is one error. */
  static String masked(String text) {
    int found = text.indexOf(ADDRESS_BEFORE);
    if (found < 0) {
      return text;
    }
    int start = found + ADDRESS_BEFORE.length() - 2;
    int end = text.indexOf('>', start);
    return end < 0 ? text : text.replace(text.substring(start, end), "0x....");
  }

  /** The key all workers must agree on (spec wire-protocol 6.5). */
  static String key(String method, String name, String masked) {
    byte[] text = (method + "." + name + "." + PythonRepr.of(masked)).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** A text as tables show it: without the wrapper around failures that a locustfile declared itself. */
  static String shown(String text) {
    if (!text.startsWith(CATCH_RESPONSE)) {
      return text;
    }
    return text.substring(CATCH_RESPONSE.length(), Math.max(CATCH_RESPONSE.length(), text.length() - 1));
  }
}
