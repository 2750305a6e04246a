package io.katydid.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Which route answers which path and method. Filled at start, then only read. */
final class Routes {

  /** How a route is protected when `--web-login` is on. */
  enum Access {
    /** Everybody. */
    OPEN,
    /** Needs a login; only reads. */
    READ,
    /** Needs a login and, from a browser, the page's token: it changes the run. */
    CHANGE
  }

  /**
   * @param waits the answer may have to wait, for the locustfile or for the run: not on Jetty's threads
   * @param atHand an answer to GET that needs neither waiting nor work, or null; work for later it gives to the
   *     executor; itself null where that never is
   */
  record Entry(
      List<String> methods, Access access, boolean waits, Route route, Function<Executor, WebReply> atHand) {
    boolean allows(String method) {
      return methods.contains(method) || method.equals("HEAD") && methods.contains("GET");
    }

    /** The `Allow` header's value. */
    String allowed() {
      List<String> all = new ArrayList<>(methods);
      if (methods.contains("GET")) {
        all.add("HEAD");
      }
      all.add("OPTIONS");
      return String.join(", ", all);
    }
  }

  private final Map<String, Entry> exact = new HashMap<>();
  private final Map<String, Entry> prefixes = new HashMap<>();

  Routes get(String path, Route route) {
    return add(path, List.of("GET"), Access.READ, true, route);
  }

  /** A route that neither asks the locustfile nor waits for the run: it is answered however busy these are. */
  Routes getReady(String path, Route route) {
    return add(path, List.of("GET"), Access.READ, false, route);
  }

  /** A route that is asked again and again and remembers its answer for a while. */
  Routes get(String path, Remembered<WebReply> remembered) {
    exact.put(path, new Entry(List.of("GET"), Access.READ, false, request -> remembered.get(), remembered::atHand));
    return this;
  }

  /** For routes that were GET in older versions and are POST now. */
  Routes getOrPost(String path, Route route) {
    return add(path, List.of("POST", "GET"), Access.CHANGE, true, route);
  }

  Routes post(String path, Route route) {
    return add(path, List.of("POST"), Access.CHANGE, true, route);
  }

  Routes open(String path, List<String> methods, Route route) {
    return add(path, methods, Access.OPEN, true, route);
  }

  /** As {@link #getReady}, for everybody. */
  Routes openReady(String path, Route route) {
    return add(path, List.of("GET"), Access.OPEN, false, route);
  }

  /** A path that ends in a slash: answers everything below it. */
  Routes openBelow(String prefix, Route route) {
    prefixes.put(prefix, new Entry(List.of("GET"), Access.OPEN, false, route, null));
    return this;
  }

  private Routes add(String path, List<String> methods, Access access, boolean waits, Route route) {
    exact.put(path, new Entry(methods, access, waits, route, null));
    return this;
  }

  /** The entry for a path, or null. */
  Entry find(String path) {
    Entry entry = exact.get(path);
    if (entry != null) {
      return entry;
    }
    for (Map.Entry<String, Entry> prefix : prefixes.entrySet()) {
      if (path.startsWith(prefix.getKey())) {
        return prefix.getValue();
      }
    }
    return null;
  }
}
