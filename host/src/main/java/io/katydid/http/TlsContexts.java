package io.katydid.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One SSLContext per {@link TlsOptions}, shared by all users of a process so that certificates are read once and TLS
 * sessions are resumed. Any thread.
 */
public final class TlsContexts {
  private static final String[] ALPN = {"http/1.1"};

  private final ConcurrentMap<TlsOptions, SSLContext> contexts = new ConcurrentHashMap<>();

  /** Wraps a connected socket and shakes hands with `route`'s server on the calling thread. */
  SSLSocket handshake(Socket raw, Route route) throws IOException {
    SSLContext context = context(route.tls());
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, route.host(), route.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(ALPN);
    if (route.tls().verify()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context(TlsOptions options) throws CallFailed {
    SSLContext known = contexts.get(options);
    if (known != null) {
      return known;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = {
        options.verify() ? new ExplainingTrustManager(TlsFiles.trusted(options.caPath())) : new TrustEverything()
      };
      context.init(TlsFiles.keys(options.certPath(), options.keyPath()), trust, null);
      SSLContext raced = contexts.putIfAbsent(options, context);
      return raced == null ? context : raced;
    } catch (GeneralSecurityException e) {
      throw new CallFailed(Failure.Kind.TLS_FILE, String.valueOf(e.getMessage()));
    }
  }

  /** What Python's ssl module would say about the same failure, as far as ours can be told. */
  static String explain(SSLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ExplainingTrustManager.Rejected rejected) {
        return rejected.getMessage();
      }
    }
    String text = String.valueOf(e.getMessage());
    if (text.contains("Unsupported or unrecognized SSL message")) {
      return "[SSL: WRONG_VERSION_NUMBER] wrong version number";
    } else if (text.contains("Remote host terminated the handshake")) {
      return "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol";
    }
    int alert = text.indexOf("fatal alert: ");
    if (alert >= 0) {
      String name = text.substring(alert + "fatal alert: ".length()).replace(')', ' ').strip();
      return "[SSL: TLS_ALERT_" + name.toUpperCase(Locale.ROOT) + "] tls alert " + name.replace('_', ' ');
    }
    return "[SSL] " + text;
  }
}
