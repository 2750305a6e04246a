package io.katydid.graalpy;

import io.katydid.http.Cookie;
import io.katydid.http.CookieJar;
import java.util.List;
import org.graalvm.polyglot.HostAccess;

/** A cookie jar for Python, usually a session's own. Any thread. */
public final class BridgeCookies {
  private final CookieJar jar;

  BridgeCookies() {
    this(new CookieJar());
  }

  BridgeCookies(CookieJar jar) {
    this.jar = jar;
  }

  static BridgeCookies of(List<Cookie> cookies) {
    BridgeCookies made = new BridgeCookies();
    cookies.forEach(made.jar::set);
    return made;
  }

  @HostAccess.Export
  public int size() {
    return jar.list().size();
  }

  @HostAccess.Export
  public boolean has(String name) {
    return jar.get(name, null, null) != null;
  }

  /**
   * All cookies as texts of seven lines: name, `=` and value (empty for a cookie without one), domain, path, expiry in
   * epoch seconds (empty for a session cookie), 1 if secure, 1 if HttpOnly.
   */
  @HostAccess.Export
  public String[] lines() {
    return jar.list().stream().map(BridgeCookies::line).toArray(String[]::new);
  }

  private static String line(Cookie cookie) {
    return String.join(
        "\n",
        cookie.name(),
        cookie.value() == null ? "" : "=" + cookie.value(),
        cookie.domain(),
        cookie.path(),
        cookie.expires() == Cookie.SESSION ? "" : Long.toString(cookie.expires()),
        cookie.secure() ? "1" : "0",
        cookie.httpOnly() ? "1" : "0");
  }

  /**
   * Adds or replaces a cookie.
   *
   * @param value null for a cookie without a value
   * @param domain empty for every host
   * @param expires epoch seconds, -1 for a session cookie
   */
  @HostAccess.Export
  public void set(
      String name, String value, String domain, String path, long expires, boolean secure, boolean httpOnly) {
    jar.set(new Cookie(name, value, domain, path, expires, secure, httpOnly));
  }

  /** Removes cookies, null meaning any; returns how many. */
  @HostAccess.Export
  public int delete(String domain, String path, String name) {
    return jar.delete(domain, path, name);
  }

  /** The Cookie header for a URL, or null. */
  @HostAccess.Export
  public String header(String url) {
    return jar.header(url);
  }

  /** Makes this jar hold what the other holds. */
  @HostAccess.Export
  public void replaceBy(BridgeCookies other) {
    List<Cookie> cookies = other.jar.list();
    jar.clear();
    cookies.forEach(jar::set);
  }
}
