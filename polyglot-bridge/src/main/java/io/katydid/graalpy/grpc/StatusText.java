package io.katydid.graalpy.grpc;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** What grpcio would say about a status that the client itself has found; the server's words stay as they are. Pure. */
final class StatusText {
  private StatusText() {}

  static String of(Status status, boolean fromServer) {
    String text = status.getDescription() == null ? "" : status.getDescription();
    if (fromServer) {
      return text;
    }
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> "Deadline Exceeded";
      case UNAVAILABLE -> unavailable(text, root(status.getCause()));
      default -> status.getCause() == null || text.contains(String.valueOf(status.getCause().getMessage()))
          ? text : text + ": " + status.getCause().getMessage();
    };
  }

  private static Throwable root(Throwable cause) {
    Throwable deepest = cause;
    while (deepest != null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String unavailable(String text, Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "DNS resolution failed for " + cause.getMessage();
    } else if (cause instanceof ConnectException) {
      return "failed to connect to all addresses; last error: UNKNOWN: Failed to connect to remote host: "
          + cause.getMessage();
    } else if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
      return "failed to connect to all addresses; last error: UNKNOWN: Ssl handshake failed: " + cause.getMessage();
    }
    return cause == null ? text : text + ": " + cause.getMessage();
  }
}
