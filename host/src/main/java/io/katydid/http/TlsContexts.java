package io.katydid.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
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
    parameters.setServerNames(serverNames(route.host()));
    if (route.tls().verify() && route.tls().names()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /**
   * What the server is told before it chooses its certificate. Java itself leaves out names without a dot, which are
   * usual inside a cluster; addresses are never named.
   */
  private static List<SNIServerName> serverNames(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    boolean address = name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    try {
      return address ? List.of() : List.of(new SNIHostName(name.getBytes(StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException e) {
      // A name that resolves although no certificate could ever be for it.
      return List.of();
    }
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

  /**
   * A context made of PEM texts instead of files; each null where there is none.
   *
   * @param authorities whom to trust instead of the JDK's
   * @param chain our certificate and those above it
   * @param key of that certificate
   */
  public static SSLContext ofTexts(String authorities, String chain, String key)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] trust = {new ExplainingTrustManager(TlsFiles.trustedText(authorities))};
    context.init(chain == null ? null : TlsFiles.keysOf(chain, key, "the text"), trust, null);
    return context;
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
