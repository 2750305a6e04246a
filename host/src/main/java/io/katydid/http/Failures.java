package io.katydid.http;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Turns what went wrong on a connection into a {@link Failure}. Pure. */
final class Failures {
  private Failures() {}

  /** @param body the body that was being read, or null before that */
  static Failure of(IOException e, HttpCall call, Url url, Route route, BodyReader body) {
    if (call.aborted() || Thread.currentThread().isInterrupted()) {
      return failure(Failure.Kind.KILLED, "killed", url, route, 0, null, 0);
    } else if (e instanceof CallFailed known) {
      if (known.kind == Failure.Kind.PROXY && route.absoluteForm()) {
        return ofProxy(known, url, route);
      }
      boolean late = known.kind == Failure.Kind.CONNECT_TIMEOUT || known.kind == Failure.Kind.READ_TIMEOUT;
      int limit = !late ? 0 : call.connectTimeoutMs > 0 ? call.connectTimeoutMs : call.readTimeoutMs;
      return failure(known.kind, known.getMessage(), url, route, known.errno, body, limit);
    } else if (e instanceof SocketTimeoutException && body != null) {
      return failure(Failure.Kind.READ_TIMEOUT_IN_BODY, route.poolName() + ": Read timed out.", url, route, 0, body,
          call.readTimeoutMs);
    } else if (e instanceof SocketTimeoutException) {
      return failure(Failure.Kind.READ_TIMEOUT, route.poolName() + ": Read timed out. (read timeout="
          + Connector.seconds(call.readTimeoutMs) + ")", url, route, 0, null, call.readTimeoutMs);
    } else if (e instanceof NoHttpResponseException) {
      return failure(Failure.Kind.CLOSED, "Remote end closed connection without response", url, route, 0, null, 0);
    } else if (e instanceof CutBody cut) {
      return new Failure(Failure.Kind.BROKEN_BODY, cut.getMessage(), url.text(), route.host(), route.port(), 0,
          cut.bytesRead, cut.bytesMissing, 0);
    } else if (body != null && e instanceof ConnectionClosedException) {
      return failure(Failure.Kind.BROKEN_BODY, incomplete(body), url, route, 0, body, 0);
    } else if (e instanceof SSLException tls && !(e.getCause() instanceof SocketException)) {
      return failure(Failure.Kind.TLS, TlsContexts.explain(tls), url, route, 0, body, 0);
    }
    return socket(e, url, route, body);
  }

  /** The pool that requests names is that of the proxy, unless it only makes a tunnel. */
  private static Failure ofProxy(CallFailed e, Url url, Route route) {
    try {
      ProxyAddress proxy = ProxyAddress.parse(route.proxy());
      return new Failure(e.kind, e.getMessage(), url.text(), proxy.host(), proxy.port(), e.errno, 0, -1, 0);
    } catch (CallFailed notAnAddress) {
      return failure(e.kind, e.getMessage(), url, route, e.errno, null, 0);
    }
  }

  /** As Python's IncompleteRead prints itself. */
  private static String incomplete(BodyReader body) {
    return "IncompleteRead(" + body.bytesRead() + " bytes read"
        + (body.bytesMissing() >= 0 ? ", " + body.bytesMissing() + " more expected)" : ")");
  }

  private static Failure socket(IOException e, Url url, Route route, BodyReader body) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    Failure.Kind kind = body == null ? Failure.Kind.RESET : Failure.Kind.RESET_IN_BODY;
    if (text.contains("broken pipe")) {
      return failure(kind, "Broken pipe", url, route, 32, body, 0);
    } else if (text.contains("timed out")) {
      return failure(kind, "Connection timed out", url, route, 110, body, 0);
    } else if (e instanceof SocketException || e.getCause() instanceof SocketException) {
      return failure(kind, "Connection reset by peer", url, route, 104, body, 0);
    }
    return failure(kind, String.valueOf(e.getMessage()), url, route, 0, body, 0);
  }

  private static Failure failure(Failure.Kind kind, String message, Url url, Route route, int errno, BodyReader body,
      int timeoutMs) {
    return new Failure(kind, message, url.text(), route.host(), route.port(), errno,
        body == null ? 0 : body.bytesRead(), body == null ? -1 : body.bytesMissing(), timeoutMs);
  }
}
