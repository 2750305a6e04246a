package io.katydid.http;

import java.util.Locale;

/**
 * A URL ready to be sent: origin, quoted path and query, fragment. Immutable. Parsing a URL whose origin is known (the
 * usual case: one host per user) copies nothing but the path.
 *
 * @param origin scheme, host, port
 * @param target quoted path and query, as in the request line
 * @param fragment with its `#`, or ""
 * @param text the whole URL, as requests shows it in `response.url`
 */
record Url(Origin origin, String target, String fragment, String text) {

  /**
   * Parses and quotes `raw`.
   *
   * @param known an origin that many URLs share, or null
   * @throws CallFailed with the kinds MISSING_SCHEMA, INVALID_SCHEMA, INVALID_URL and requests' messages
   */
  static Url parse(String raw, Origin known) throws CallFailed {
    return parse(raw, known, ClientRules.REQUESTS);
  }

  /** As above; by the rules of geventhttpclient path and query stay as they are written. */
  static Url parse(String raw, Origin known, ClientRules rules) throws CallFailed {
    String url = raw.stripLeading();
    Origin origin = known;
    int pathStart;
    if (known != null && url.startsWith(known.prefix()) && endsAt(url, known.prefix().length())) {
      pathStart = known.prefix().length();
    } else {
      String lower = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
      boolean tls = lower.startsWith("https://");
      if (!tls && !lower.startsWith("http://")) {
        throw schemeFailure(raw, url, lower);
      }
      pathStart = endOfAuthority(url, tls ? 8 : 7);
      origin = Origin.parse(url.substring(0, pathStart), tls, url);
    }
    int hash = url.indexOf('#', pathStart);
    int end = hash < 0 ? url.length() : hash;
    String fragment = hash < 0 || hash + 1 == url.length() ? "" : "#" + UrlQuoting.fragment(url.substring(hash + 1));
    String target = target(url, pathStart, end, rules);
    boolean same = fragment.isEmpty() && end == url.length() && origin.text() == origin.prefix()
        && target.length() == end - pathStart && url.startsWith(target, pathStart);
    return new Url(origin, target, fragment, same ? url : origin.text() + target + fragment);
  }

  private static boolean endsAt(String url, int index) {
    if (index == url.length()) {
      return true;
    }
    char c = url.charAt(index);
    return c == '/' || c == '?' || c == '#';
  }

  private static int endOfAuthority(String url, int from) {
    int i = from;
    while (!endsAt(url, i)) {
      i++;
    }
    return i;
  }

  private static String target(String url, int start, int end, ClientRules rules) {
    if (start < end && url.charAt(start) == '/' && url.charAt(end - 1) != '?' && UrlQuoting.clean(url, start, end)) {
      return url.substring(start, end);
    }
    if (rules == ClientRules.GEVENT) {
      String target = UrlQuoting.asWritten(url.substring(start, end));
      return target.startsWith("/") ? target : "/" + target;
    }
    int mark = url.indexOf('?', start);
    int pathEnd = mark < 0 || mark > end ? end : mark;
    String path = UrlQuoting.path(url.substring(start, pathEnd));
    String query = pathEnd + 1 < end ? "?" + UrlQuoting.query(url.substring(pathEnd + 1, end)) : "";
    return (path.startsWith("/") ? path : "/" + path) + query;
  }

  private static CallFailed schemeFailure(String raw, String url, String lower) {
    if (url.indexOf(':') >= 0 && !lower.startsWith("http")) {
      return new CallFailed(Failure.Kind.INVALID_SCHEMA,
          "No connection adapters were found for " + PythonText.repr(url));
    }
    if (url.contains("://")) {
      return new CallFailed(Failure.Kind.INVALID_SCHEMA,
          "No connection adapters were found for " + PythonText.repr(url));
    } else if (lower.startsWith("http:") || lower.startsWith("https:")) {
      return new CallFailed(Failure.Kind.INVALID_URL, "Invalid URL " + PythonText.repr(raw) + ": No host supplied");
    }
    return new CallFailed(Failure.Kind.MISSING_SCHEMA,
        "Invalid URL " + PythonText.repr(raw) + ": No scheme supplied. Perhaps you meant https://" + raw + "?");
  }

  /**
   * The URL a Location header points to, seen from this one. A fragment is inherited if the new URL has none.
   *
   * @throws CallFailed if that is not an http or https URL
   */
  Url resolve(String location) throws CallFailed {
    String quoted = UrlQuoting.location(location);
    String absolute = absolute(quoted);
    Url next = parse(absolute, origin);
    return next.fragment.isEmpty() && !fragment.isEmpty() && absolute.indexOf('#') < 0
        ? new Url(next.origin, next.target, fragment, next.text + fragment) : next;
  }

  private String absolute(String given) {
    String location = withoutEmptyAuthority(given);
    if (location.startsWith("//")) {
      return origin.scheme() + ":" + location;
    }
    int end = 0;
    while (end < location.length() && "/?#:".indexOf(location.charAt(end)) < 0) {
      end++;
    }
    if (end > 0 && end < location.length() && location.charAt(end) == ':' && Character.isLetter(location.charAt(0))) {
      return location;
    }
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    if (location.isEmpty()) {
      return text;
    } else if (location.startsWith("/")) {
      return origin.text() + location;
    } else if (location.startsWith("?")) {
      return origin.text() + path + location;
    } else if (location.startsWith("#")) {
      return origin.text() + target + location;
    }
    return origin.text() + path.substring(0, path.lastIndexOf('/') + 1) + location;
  }

  /** A location of our scheme, or of none, that names no host is one on this host (urllib.parse.urljoin). */
  private String withoutEmptyAuthority(String location) {
    int scheme = location.startsWith("//") ? 0
        : location.regionMatches(true, 0, origin.scheme() + "://", 0, origin.scheme().length() + 3)
        ? origin.scheme().length() + 1 : -1;
    return scheme >= 0 && endsAt(location, scheme + 2) ? location.substring(scheme + 2) : location;
  }

  /** The path without the query: what cookies are matched with. */
  String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }
}
