package io.katydid.http;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Scheme, host and port of a URL, parsed once and shared by all URLs that begin with the same text. Immutable.
 *
 * @param prefix the text as the caller wrote it, `http://user@Host:80`
 * @param text the same normalised: scheme and host in lower case, the host in ASCII
 * @param tls whether the scheme is https
 * @param host for connecting and checking: no brackets around IPv6
 * @param port explicit or the scheme's
 * @param hostHeader the Host header: no default port
 * @param authorization Basic credentials of the URL ready for the header, or null
 */
record Origin(String prefix, String text, boolean tls, String host, int port, String hostHeader, String authorization) {

  String scheme() {
    return tls ? "https" : "http";
  }

  /**
   * Parses `scheme://[user[:password]@]host[:port]`.
   *
   * @param url the whole URL, for error messages
   */
  static Origin parse(String prefix, boolean tls, String url) throws CallFailed {
    int start = tls ? "https://".length() : "http://".length();
    int at = prefix.lastIndexOf('@');
    String userInfo = at < 0 ? null : prefix.substring(start, at);
    String hostPort = prefix.substring(at < 0 ? start : at + 1);
    int bracket = hostPort.lastIndexOf(']');
    int colon = hostPort.indexOf(':', bracket < 0 ? 0 : bracket);
    String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
    String portText = colon < 0 ? "" : hostPort.substring(colon + 1);
    int port = portText.isEmpty() ? (tls ? 443 : 80) : port(portText, hostPort, url);
    host = asciiHost(host, hostPort, url);
    boolean defaultPort = port == (tls ? 443 : 80);
    String text = (tls ? "https://" : "http://") + (userInfo == null ? "" : UrlQuoting.userInfo(userInfo) + "@") + host
        + (portText.isEmpty() ? "" : ":" + port);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Origin(prefix, text.equals(prefix) ? prefix : text, tls, bare, port,
        defaultPort ? host : host + ":" + port, userInfo == null ? null : basic(userInfo));
  }

  private static int port(String text, String hostPort, String url) throws CallFailed {
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw badHost(hostPort);
      }
      port = Math.min(port * 10 + c - '0', 100_000);
    }
    if (port > 65535) {
      throw new CallFailed(Failure.Kind.INVALID_URL, "Failed to parse: " + url);
    }
    return port;
  }

  private static CallFailed badHost(String hostPort) {
    return new CallFailed(Failure.Kind.INVALID_URL,
        "Failed to parse: " + PythonText.repr(hostPort) + " is not a valid host or port");
  }

  private static String asciiHost(String host, String hostPort, String url) throws CallFailed {
    if (host.startsWith("[")) {
      if (!host.endsWith("]")) {
        throw badHost(hostPort);
      }
      return host.toLowerCase(Locale.ROOT);
    }
    if (host.isEmpty()) {
      throw new CallFailed(Failure.Kind.INVALID_URL, "Invalid URL " + PythonText.repr(url) + ": No host supplied");
    }
    boolean ascii = true;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      ascii &= c < 0x80;
      if (c <= ' ' || "\\[]<>^|\"{}`".indexOf(c) >= 0) {
        throw new CallFailed(Failure.Kind.INVALID_URL, "Failed to parse: Host " + PythonText.repr(host)
            + " contains invalid character " + PythonText.repr(String.valueOf(c)));
      }
    }
    if (host.startsWith("*") || host.startsWith(".")) {
      throw new CallFailed(Failure.Kind.INVALID_URL, "URL has an invalid label.");
    }
    if (ascii) {
      return host.toLowerCase(Locale.ROOT);
    }
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new CallFailed(Failure.Kind.INVALID_URL, "URL has an invalid label.");
    }
  }

  /** The Basic authorization of `user:password`, both percent-decoded, in Latin-1 where it can be, as requests does. */
  static String basic(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = UrlQuoting.unquote(colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? "" : UrlQuoting.unquote(userInfo.substring(colon + 1));
    String both = user + ":" + password;
    boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(both);
    byte[] bytes = both.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
