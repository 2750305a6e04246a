package io.katydid.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The cookies of one user, with the rules of Python's http.cookiejar as requests uses it. Any thread; written by
 * replies and by the script. An empty jar costs a request nothing.
 */
public final class CookieJar {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile List<Cookie> cookies = List.of();

  /** All cookies, oldest first; an immutable snapshot. */
  public List<Cookie> list() {
    return cookies;
  }

  /** The first cookie of that name, restricted to a domain and a path unless those are null; or null. */
  public Cookie get(String name, String domain, String path) {
    for (Cookie cookie : cookies) {
      if (cookie.name().equals(name) && (domain == null || cookie.domain().equals(domain))
          && (path == null || cookie.path().equals(path))) {
        return cookie;
      }
    }
    return null;
  }

  /** Adds a cookie, in the place of one with the same domain, path and name. */
  public void set(Cookie cookie) {
    lock.lock();
    try {
      List<Cookie> next = new ArrayList<>(cookies);
      addOrReplace(next, cookie);
      cookies = List.copyOf(next);
    } finally {
      lock.unlock();
    }
  }

  /** Removes cookies; null stands for any. Returns how many there were. */
  public int delete(String domain, String path, String name) {
    lock.lock();
    try {
      List<Cookie> next = new ArrayList<>(cookies);
      next.removeIf(c -> (name == null || c.name().equals(name)) && (domain == null || c.domain().equals(domain))
          && (path == null || c.path().equals(path)));
      int removed = cookies.size() - next.size();
      cookies = List.copyOf(next);
      return removed;
    } finally {
      lock.unlock();
    }
  }

  public void clear() {
    delete(null, null, null);
  }

  /** Takes over the Set-Cookie headers of a reply to a request for `url`. */
  void store(Url url, String[] headers, long nowSeconds) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase("set-cookie")) {
        Cookie cookie = SetCookie.parse(headers[i + 1], url, nowSeconds);
        if (cookie != null && cookie.expired(nowSeconds)) {
          delete(cookie.domain(), cookie.path(), cookie.name());
        } else if (cookie != null) {
          set(cookie);
        }
      }
    }
  }

  /** The Cookie header a request for `url` would carry, or null; also null if that is no http or https URL. */
  public String header(String url) {
    try {
      return header(Url.parse(url, null), new String[0], System.currentTimeMillis() / 1000);
    } catch (CallFailed e) {
      return null;
    }
  }

  /**
   * The Cookie header for a request, or null.
   *
   * @param extra cookies of this request only, as name, value, name, value ...; they replace those
   *     the script has put into the jar, as when requests merges them
   */
  String header(Url url, String[] extra, long nowSeconds) {
    List<Cookie> all = cookies;
    if (all.isEmpty() && extra.length == 0) {
      return null;
    }
    List<Cookie> matching = new ArrayList<>(all.size() + extra.length / 2);
    String host = SetCookie.effectiveHost(url.origin().host());
    String path = url.path();
    for (Cookie cookie : all) {
      if (cookie.matches(host, path, url.origin().tls()) && !cookie.expired(nowSeconds)) {
        matching.add(cookie);
      }
    }
    for (int i = 0; i < extra.length; i += 2) {
      addOrReplace(matching, new Cookie(extra[i], extra[i + 1]));
    }
    if (matching.isEmpty()) {
      return null;
    }
    matching.sort((a, b) -> Integer.compare(b.path().length(), a.path().length()));
    StringBuilder out = new StringBuilder(matching.size() * 32);
    for (Cookie cookie : matching) {
      out.append(out.isEmpty() ? "" : "; ").append(cookie.name());
      if (cookie.value() != null) {
        out.append('=').append(cookie.value());
      }
    }
    return out.toString();
  }

  private static void addOrReplace(List<Cookie> list, Cookie cookie) {
    int at = indexOf(list, cookie.domain(), cookie.path(), cookie.name());
    if (at < 0) {
      list.add(cookie);
    } else {
      list.set(at, cookie);
    }
  }

  private static int indexOf(List<Cookie> list, String domain, String path, String name) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).sameAs(domain, path, name)) {
        return i;
      }
    }
    return -1;
  }
}
