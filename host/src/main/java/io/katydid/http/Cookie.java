package io.katydid.http;

/**
 * One cookie, with the fields of Python's `http.cookiejar.Cookie` that scripts use. Plain data.
 *
 * @param value null for a Set-Cookie without `=`
 * @param domain with a leading dot if the server named one; "" is sent to every host (set by the script)
 * @param expires epoch seconds, or -1 for a session cookie
 * @param httpOnly kept for the script; it changes nothing
 */
public record Cookie(String name, String value, String domain, String path, long expires, boolean secure,
    boolean httpOnly) {
  public static final long SESSION = -1;

  /** A cookie as `session.cookies.set(name, value)` makes it: for every host, every path, until the session ends. */
  public Cookie(String name, String value) {
    this(name, value, "", "/", SESSION, false, false);
  }

  /** Whether the domain was named by Set-Cookie, so that subdomains match too. */
  public boolean domainSpecified() {
    return domain.startsWith(".");
  }

  boolean expired(long nowSeconds) {
    return expires != SESSION && expires <= nowSeconds;
  }

  boolean sameAs(String otherDomain, String otherPath, String otherName) {
    return name.equals(otherName) && path.equals(otherPath) && domain.equals(otherDomain);
  }

  /**
   * Whether the cookie goes along with a request. As in Python, one that the server gave no domain is sent to
   * subdomains too.
   */
  boolean matches(String requestHost, String requestPath, boolean tls) {
    return (!secure || tls) && matchesHost(requestHost) && matchesPath(requestPath);
  }

  private boolean matchesHost(String host) {
    int dot = domain.startsWith(".") ? 1 : 0;
    int bare = domain.length() - dot;
    return bare == 0 || host.regionMatches(host.length() - bare, domain, dot, bare)
        && (host.length() == bare || host.charAt(host.length() - bare - 1) == '.');
  }

  private boolean matchesPath(String requestPath) {
    return requestPath.startsWith(path) && (path.endsWith("/") || requestPath.length() == path.length()
        || requestPath.charAt(path.length()) == '/');
  }
}
