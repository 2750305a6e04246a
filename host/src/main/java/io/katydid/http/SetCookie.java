package io.katydid.http;

import java.util.Locale;

/** Reads one Set-Cookie header the lenient way of Python's http.cookiejar. Pure. */
final class SetCookie {
  private SetCookie() {}

  /** The cookie, or null if it has no name or is not for the host that sent it. */
  static Cookie parse(String header, Url url, long nowSeconds) {
    String[] parts = header.split(";");
    int eq = parts.length == 0 ? -1 : parts[0].indexOf('=');
    String name = parts.length == 0 ? "" : (eq < 0 ? parts[0] : parts[0].substring(0, eq)).strip();
    if (name.isEmpty()) {
      return null;
    }
    String value = eq < 0 ? null : parts[0].substring(eq + 1).strip();
    String domain = null;
    String path = null;
    long expires = Cookie.SESSION;
    long maxAge = Long.MIN_VALUE;
    boolean secure = false;
    boolean httpOnly = false;
    for (int i = 1; i < parts.length; i++) {
      int at = parts[i].indexOf('=');
      String key = (at < 0 ? parts[i] : parts[i].substring(0, at)).strip().toLowerCase(Locale.ROOT);
      String text = at < 0 ? "" : unquoted(parts[i].substring(at + 1).strip());
      switch (key) {
        case "domain" -> domain = text.isEmpty() ? domain : text.toLowerCase(Locale.ROOT);
        case "path" -> path = text.isEmpty() ? path : text;
        case "expires" -> expires = CookieDate.epochSeconds(text);
        case "max-age" -> maxAge = seconds(text);
        case "secure" -> secure = true;
        case "httponly" -> httpOnly = true;
        default -> { }
      }
    }
    if (maxAge != Long.MIN_VALUE) {
      expires = maxAge <= 0 ? 0 : nowSeconds + maxAge;
    }
    String host = effectiveHost(url.origin().host());
    domain = domain == null ? host : checkedDomain(domain, host);
    if (domain == null) {
      return null;
    }
    return new Cookie(name, value, domain, path == null || !path.startsWith("/") ? defaultPath(url) : path, expires,
        secure, httpOnly);
  }

  /** The host cookies are filed under: a name without a dot gets `.local`, as in Python. */
  static String effectiveHost(String host) {
    return host.indexOf('.') < 0 && host.indexOf(':') < 0 ? host + ".local" : host;
  }

  private static String checkedDomain(String domain, String host) {
    String dotted = domain.startsWith(".") ? domain : "." + domain;
    boolean embeddedDot = dotted.indexOf('.', 1) > 0 && !dotted.endsWith(".");
    if (!embeddedDot && !dotted.equals(".local")) {
      return dotted.equals("." + host) || (dotted + ".local").equals("." + host) ? host : null;
    }
    return ("." + host).endsWith(dotted) ? dotted : null;
  }

  private static String defaultPath(Url url) {
    String path = url.path();
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1) : text;
  }

  private static long seconds(String text) {
    try {
      return Math.min(Long.parseLong(text), Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      return Long.MIN_VALUE;
    }
  }
}
