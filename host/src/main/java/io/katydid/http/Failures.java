package io.katydid.http;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Turns what went wrong on a connection into a {@link Failure}. Pure. */
final class Failures {
  private Failures() {}

  /** @param body the body that was being read, or null before that */
  static Failure of(IOException e, HttpCall call, Url url, Route route, BodyReader body) {
    if (call.aborted() || Thread.currentThread().isInterrupted()) {
      return failure(Failure.Kind.KILLED, "killed", url, route, 0, null, 0);
    } else if (e instanceof CallFailed known) {
      boolean late = known.kind == Failure.Kind.CONNECT_TIMEOUT || known.kind == Failure.Kind.READ_TIMEOUT;
      int limit = !late ? 0 : call.connectTimeoutMs > 0 ? call.connectTimeoutMs : call.readTimeoutMs;
      return failure(known.kind, known.getMessage(), url, route, known.errno, body, limit);
    } else if (e instanceof SocketTimeoutException) {
      return failure(Failure.Kind.READ_TIMEOUT, route.poolName() + ": Read timed out. (read timeout="
          + Connector.seconds(call.readTimeoutMs) + ")", url, route, 0, body, call.readTimeoutMs);
    } else if (e instanceof NoHttpResponseException) {
      return failure(Failure.Kind.CLOSED, "Remote end closed connection without response", url, route, 0, null, 0);
    } else if (body != null && (e instanceof TruncatedChunkException
        || e instanceof ConnectionClosedException && !body.chunked())) {
      return failure(Failure.Kind.BROKEN_BODY, incomplete(body), url, route, 0, body, 0);
    } else if (e instanceof ConnectionClosedException) {
      return failure(Failure.Kind.BAD_CHUNK, "InvalidChunkLength(got length b'', 0 bytes read)", url, route, 0,
          body, 0);
    } else if (e instanceof MalformedChunkCodingException || e instanceof MessageConstraintException) {
      return failure(Failure.Kind.BAD_CHUNK, "InvalidChunkLength(" + e.getMessage() + ")", url, route, 0, body, 0);
    } else if (e instanceof SSLException tls && !(e.getCause() instanceof SocketException)) {
      return failure(Failure.Kind.TLS, TlsContexts.explain(tls), url, route, 0, body, 0);
    }
    return socket(e, url, route, body);
  }

  /** As Python's IncompleteRead prints itself. */
  private static String incomplete(BodyReader body) {
    return "IncompleteRead(" + body.bytesRead() + " bytes read"
        + (body.bytesMissing() >= 0 ? ", " + body.bytesMissing() + " more expected)" : ")");
  }

  private static Failure socket(IOException e, Url url, Route route, BodyReader body) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("broken pipe")) {
      return failure(Failure.Kind.RESET, "Broken pipe", url, route, 32, body, 0);
    } else if (text.contains("timed out")) {
      return failure(Failure.Kind.RESET, "Connection timed out", url, route, 110, body, 0);
    } else if (e instanceof SocketException || e.getCause() instanceof SocketException) {
      return failure(Failure.Kind.RESET, "Connection reset by peer", url, route, 104, body, 0);
    }
    return failure(Failure.Kind.RESET, String.valueOf(e.getMessage()), url, route, 0, body, 0);
  }

  private static Failure failure(Failure.Kind kind, String message, Url url, Route route, int errno, BodyReader body,
      int timeoutMs) {
    return new Failure(kind, message, url.text(), route.host(), route.port(), errno,
        body == null ? 0 : body.bytesRead(), body == null ? -1 : body.bytesMissing(), timeoutMs);
  }
}
