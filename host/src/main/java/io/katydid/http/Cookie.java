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

  /** Whether the cookie goes along with a request. */
  boolean matches(String requestHost, String requestPath, boolean tls) {
    if (secure && !tls) {
      return false;
    }
    boolean host = domain.isEmpty() || domain.equals(requestHost)
        || domain.startsWith(".") && (requestHost.endsWith(domain) || requestHost.length() == domain.length() - 1
            && domain.endsWith(requestHost));
    return host && requestPath.startsWith(path) && (path.endsWith("/") || requestPath.length() == path.length()
        || requestPath.charAt(path.length()) == '/');
  }
}
