package io.katydid.http;

/** The methods that mean the same whether a server gets a request once or twice (RFC 9110, 9.2.2). Pure. */
final class IdempotentMethods {
  private IdempotentMethods() {}

  /** Whether a request of this method may be sent again when nobody knows what became of it. */
  static boolean include(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
      default -> false;
    };
  }
}
