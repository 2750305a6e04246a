package io.katydid.graalpy;

import io.katydid.http.HttpCall;
import io.katydid.http.TlsOptions;

/** Settings of requests that differ from a session's usual ones. Immutable; Python keeps and reuses them. */
public final class BridgeOptions {
  private final int connectMs;
  private final int readMs;
  private final TlsOptions tls;
  private final String httpProxy;
  private final String httpsProxy;
  private final int maxRedirects;

  BridgeOptions(
      double connectSeconds,
      double readSeconds,
      boolean verify,
      boolean names,
      String caPath,
      String certPath,
      String keyPath,
      String httpProxy,
      String httpsProxy,
      int maxRedirects) {
    this.connectMs = millis(connectSeconds);
    this.readMs = millis(readSeconds);
    this.tls = new TlsOptions(verify, names, caPath, certPath, keyPath);
    this.httpProxy = httpProxy;
    this.httpsProxy = httpsProxy;
    this.maxRedirects = maxRedirects;
  }

  private static int millis(double seconds) {
    return seconds < 0 ? 0 : (int) Math.max(1, Math.min(Math.ceil(seconds * 1000), Integer.MAX_VALUE));
  }

  void apply(HttpCall call, boolean follow) {
    call.timeouts(connectMs, readMs).redirects(follow, maxRedirects).tls(tls);
    if (httpProxy != null || httpsProxy != null) {
      call.proxies(httpProxy, httpsProxy);
    }
  }
}
