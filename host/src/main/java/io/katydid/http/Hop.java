package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One request of an exchange: the call's own, or one that follows a redirect by requests' rules. Immutable.
 *
 * @param headers the caller's, without those that the session adds
 * @param body in memory, or null
 * @param source streamed body, or null
 * @param authorization for the header if it is not among the headers, or null
 */
record Hop(String method, Url url, String[] headers, byte[] body, InputStream source, long sourceLength,
    String authorization) {

  static Hop first(HttpCall call, Url url) {
    return new Hop(call.method, url, call.headers, call.body, call.source, call.sourceLength,
        call.urlCredentials ? url.origin().authorization() : null);
  }

  /**
   * The headers as they go out: Host first, then the caller's, then Cookie, the body's framing and Authorization.
   *
   * @param cookie value of the Cookie header unless the caller gave one, or null
   * @param proxyAuthorization for a proxy that gets the whole URL, or null
   */
  String[] wireHeaders(String cookie, String proxyAuthorization) {
    String[] out = new String[headers.length + 10];
    int size = 2;
    String host = url.origin().hostHeader();
    boolean hasAuthorization = false;
    boolean hasCookie = false;
    boolean hasLength = false;
    for (int i = 0; i < headers.length; i += 2) {
      String name = headers[i];
      switch (name.length()) {
        case 4 -> {
          if (name.equalsIgnoreCase("host")) {
            host = headers[i + 1];
            continue;
          }
        }
        case 6 -> hasCookie |= name.equalsIgnoreCase("cookie");
        case 13 -> hasAuthorization |= name.equalsIgnoreCase("authorization");
        case 14 -> {
          if (name.equalsIgnoreCase("content-length")) {
            if (body != null || source != null) {
              continue;
            }
            hasLength = true;
          }
        }
        case 17 -> {
          if (name.equalsIgnoreCase("transfer-encoding")) {
            continue;
          }
        }
        default -> { }
      }
      out[size++] = name;
      out[size++] = headers[i + 1];
    }
    out[0] = "Host";
    out[1] = host;
    if (cookie != null && !hasCookie) {
      out[size++] = "Cookie";
      out[size++] = cookie;
    }
    if (source != null && sourceLength < 0) {
      out[size++] = "Transfer-Encoding";
      out[size++] = "chunked";
    } else if (source != null || body != null) {
      out[size++] = "Content-Length";
      out[size++] = Long.toString(source != null ? sourceLength : body.length);
    } else if (!hasLength && expectsBody(method)) {
      out[size++] = "Content-Length";
      out[size++] = "0";
    }
    if (proxyAuthorization != null) {
      out[size++] = "Proxy-Authorization";
      out[size++] = proxyAuthorization;
    }
    if (authorization != null && !hasAuthorization) {
      out[size++] = "Authorization";
      out[size++] = authorization;
    }
    return size == out.length ? out : Arrays.copyOf(out, size);
  }

  /** Methods whose missing body is announced as an empty one (RFC 9112, 6.3). */
  private static boolean expectsBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /** Whether `status` with this Location is a redirect to follow. */
  static boolean redirects(int status, String location) {
    return location != null && !location.isEmpty() && switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /**
   * The request that follows a redirect of this one.
   *
   * @throws CallFailed if the location is no URL for us, or the body cannot be sent again
   */
  Hop follow(int status, String location) throws CallFailed {
    Url next = next(location);
    boolean keepsBody = status == 307 || status == 308;
    if (keepsBody && source != null && !rewound(source)) {
      throw new CallFailed(Failure.Kind.UNREWINDABLE, "Unable to rewind request body for redirect.");
    }
    boolean dropsAuthorization = dropsAuthorization(url.origin(), next.origin());
    List<String> kept = new ArrayList<>(headers.length);
    for (int i = 0; i < headers.length; i += 2) {
      boolean dropped = switch (headers[i].toLowerCase(Locale.ROOT)) {
        case "content-length", "content-type", "transfer-encoding" -> !keepsBody;
        case "authorization" -> dropsAuthorization;
        case "cookie" -> true;
        default -> false;
      };
      if (!dropped) {
        kept.add(headers[i]);
        kept.add(headers[i + 1]);
      }
    }
    return new Hop(nextMethod(status), next, kept.toArray(String[]::new), keepsBody ? body : null,
        keepsBody ? source : null, sourceLength, dropsAuthorization ? null : authorization);
  }

  private Url next(String location) throws CallFailed {
    checkUrl(location);
    try {
      return url.resolve(utf8(location));
    } catch (CallFailed e) {
      throw e.kind == Failure.Kind.INVALID_SCHEMA || e.kind == Failure.Kind.MISSING_SCHEMA
          ? new CallFailed(Failure.Kind.REDIRECT_SCHEMA, e.getMessage()) : e;
    }
  }

  /** @throws CallFailed if Python's urlsplit() refuses the location: half a pair of brackets where the host stands */
  static void checkUrl(String location) throws CallFailed {
    int start = location.indexOf("//");
    if (start < 0) {
      return;
    }
    int end = start + 2;
    while (end < location.length() && "/?#".indexOf(location.charAt(end)) < 0) {
      end++;
    }
    String authority = location.substring(start, end);
    if (authority.indexOf('[') >= 0 != authority.indexOf(']') >= 0) {
      throw new CallFailed(Failure.Kind.REDIRECT_URL, "Invalid IPv6 URL");
    }
  }

  private String nextMethod(int status) {
    boolean head = method.equals("HEAD");
    boolean toGet = status == 303 && !head || status == 302 && !head || status == 301 && method.equals("POST");
    return toGet ? "GET" : method;
  }

  /** Header bytes arrive as Latin-1 characters, but locations are UTF-8. */
  private static String utf8(String location) {
    for (int i = 0; i < location.length(); i++) {
      if (location.charAt(i) > 0x7f) {
        byte[] bytes = location.getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
    return location;
  }

  private static boolean rewound(InputStream source) {
    if (!source.markSupported()) {
      return false;
    }
    try {
      source.reset();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean dropsAuthorization(Origin from, Origin to) {
    if (!from.host().equals(to.host())) {
      return true;
    } else if (!from.tls() && from.port() == 80 && to.tls() && to.port() == 443) {
      return false;
    }
    return from.tls() != to.tls() || from.port() != to.port();
  }
}
