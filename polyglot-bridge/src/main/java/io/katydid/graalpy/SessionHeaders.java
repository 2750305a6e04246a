package io.katydid.graalpy;

import java.util.Arrays;

/**
 * The headers every request of a session carries, and their merging with those of one request. Immutable but for a
 * cache of the last merge: scripts usually send the same headers again. Any thread; a race costs a merge.
 */
final class SessionHeaders {
  /** In a request's headers: the header of this name is not sent. */
  private static final String REMOVED = "\0";

  private record Merged(String overlay, String contentType, boolean acceptJson, String[] headers) {}

  private final String[] defaults;
  private volatile Merged last = new Merged(null, null, false, null);

  /** Takes name and value lines. */
  SessionHeaders(String flat) {
    this.defaults = split(flat);
  }

  static String[] split(String flat) {
    return flat == null || flat.isEmpty() ? new String[0] : flat.split("\n", -1);
  }

  /**
   * The headers of one request.
   *
   * @param overlay name and value lines of the request's own headers, or null
   * @param contentType Content-Type unless one is among the headers, or null
   * @param acceptJson whether to add `Accept: application/json` unless there is an Accept
   */
  String[] merge(String overlay, String contentType, boolean acceptJson) {
    if (overlay == null && contentType == null) {
      return defaults;
    }
    Merged before = last;
    if (before.headers != null
        && before.acceptJson == acceptJson
        && equal(before.overlay, overlay)
        && equal(before.contentType, contentType)) {
      return before.headers;
    }
    String[] own = split(overlay);
    String[] all = Arrays.copyOf(defaults, defaults.length + own.length + 4);
    int size = defaults.length;
    for (int i = 0; i + 1 < own.length; i += 2) {
      size = put(all, size, own[i], own[i + 1], true);
    }
    if (contentType != null) {
      size = put(all, size, "Content-Type", contentType, false);
    }
    if (acceptJson) {
      size = put(all, size, "Accept", "application/json", false);
    }
    String[] headers = withoutRemoved(all, size);
    last = new Merged(overlay, contentType, acceptJson, headers);
    return headers;
  }

  private static boolean equal(String a, String b) {
    return a == null ? b == null : a.equals(b);
  }

  /** Replaces a header of the name where it stands, or appends it. */
  private static int put(String[] headers, int size, String name, String value, boolean replace) {
    for (int i = 0; i < size; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        if (replace) {
          headers[i] = name;
          headers[i + 1] = value;
        }
        return size;
      }
    }
    headers[size] = name;
    headers[size + 1] = value;
    return size + 2;
  }

  private static String[] withoutRemoved(String[] headers, int size) {
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      if (!REMOVED.equals(headers[i + 1])) {
        headers[kept++] = headers[i];
        headers[kept++] = headers[i + 1];
      }
    }
    return Arrays.copyOf(headers, kept);
  }
}
