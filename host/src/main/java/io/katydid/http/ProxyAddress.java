package io.katydid.http;

import java.util.Locale;

/**
 * Where an http proxy listens. Parsed from the URL a user gives, with or without scheme.
 *
 * @param authorization value for Proxy-Authorization, or null
 */
record ProxyAddress(String host, int port, String authorization) {

  /** @throws CallFailed PROXY for a proxy we cannot use, with a sentence that says which ones we can */
  static ProxyAddress parse(String url) throws CallFailed {
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.startsWith("socks")) {
      throw new CallFailed(Failure.Kind.INVALID_SCHEMA,
          "SOCKS proxies are not supported, use an http proxy instead of " + url);
    } else if (lower.startsWith("https://")) {
      throw new CallFailed(Failure.Kind.PROXY, "Proxies spoken to with TLS are not supported, use http:// for " + url);
    }
    Origin origin = Url.parse(lower.startsWith("http://") ? url : "http://" + url, null).origin();
    return new ProxyAddress(origin.host(), origin.port(), origin.authorization());
  }
}
