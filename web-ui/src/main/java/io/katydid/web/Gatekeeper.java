package io.katydid.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

/**
 * Decides who may have an answer when `--web-login` is on: a browser with a logged-in session (and the page's token
 * when it changes the run), or a script with HTTP Basic credentials from the password file. Without the option
 * everybody may, as with Locust. Called by all web threads; no state of its own.
 */
final class Gatekeeper {
  /** The header in which our page repeats the session's token. */
  static final String TOKEN_HEADER = "x-csrf-token";

  /** The form field for the same. */
  static final String TOKEN_FIELD = "csrf_token";

  private final boolean loginNeeded;
  private final String basePath;
  private final Sessions sessions;
  private final Passwords passwords;
  private final LoginThrottle throttle;

  Gatekeeper(boolean loginNeeded, String basePath, Sessions sessions, Passwords passwords, LoginThrottle throttle) {
    this.loginNeeded = loginNeeded;
    this.basePath = basePath;
    this.sessions = sessions;
    this.passwords = passwords;
    this.throttle = throttle;
  }

  boolean loginNeeded() {
    return loginNeeded;
  }

  /** Whether {@link #refusal} takes its time for this request: passwords are slow to compare on purpose. */
  boolean comparesPassword(WebRequest request, Routes.Access access) {
    return loginNeeded && access != Routes.Access.OPEN && basicCredentials(request) != null;
  }

  /** Null if the request may go on, else the answer it gets. Needs no body: who may not come in need not send one. */
  WebReply refusal(WebRequest request, Routes.Access access) {
    if (!loginNeeded || access == Routes.Access.OPEN) {
      return null;
    }
    String credentials = basicCredentials(request);
    if (credentials != null) {
      return basicRefusal(request, credentials);
    }
    Sessions.Session session = request.session();
    if (session == null || !session.loggedIn()) {
      return toLogin(request);
    }
    if (access == Routes.Access.CHANGE && (request.method().equals("GET") || request.method().equals("HEAD"))) {
      return WebReply.page(405, "Method Not Allowed", "With --web-login this address answers POST only.")
          .with("Allow", "POST, OPTIONS");
    }
    return null;
  }

  /** The same once the body is there, in whose form the page's token may be. */
  WebReply tokenRefusal(WebRequest request, Routes.Access access) {
    boolean needed = loginNeeded && access == Routes.Access.CHANGE && basicCredentials(request) == null;
    if (needed && (request.session() == null || !tokenMatches(request, request.session()))) {
      return WebReply.error(403, "The request lacks the token of the page. Reload the page and try again.");
    }
    return null;
  }

  private static String basicCredentials(WebRequest request) {
    String authorization = request.header("authorization");
    return authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)
        ? authorization.substring(6).trim() : null;
  }

  /** True if the request repeats the session's token in the header or the form. */
  static boolean tokenMatches(WebRequest request, Sessions.Session session) {
    String token = request.header(TOKEN_HEADER);
    if (token == null) {
      token = request.form().first(TOKEN_FIELD, "");
    }
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), session.token().getBytes(StandardCharsets.UTF_8));
  }

  private WebReply basicRefusal(WebRequest request, String encoded) {
    if (!throttle.mayTry(request.remoteAddress())) {
      return tooManyTries();
    }
    String credentials;
    try {
      credentials = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      credentials = "";
    }
    int colon = credentials.indexOf(':');
    if (colon >= 0 && passwords.accepts(credentials.substring(0, colon), credentials.substring(colon + 1))) {
      throttle.succeeded(request.remoteAddress());
      return null;
    }
    throttle.failed(request.remoteAddress());
    return WebReply.error(401, "The user name or the password is wrong.");
  }

  static WebReply tooManyTries() {
    return WebReply.error(429, "Too many failed logins from this address. Wait five minutes and try again.")
        .with("Retry-After", "300");
  }

  private WebReply toLogin(WebRequest request) {
    String path = basePath + request.path() + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery());
    String location = basePath + "/login?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    WebReply reply = WebReply.redirect(302, location);
    if (request.session() == null) {
      Sessions.Session session = sessions.create(Map.of());
      reply = reply.with("Set-Cookie", cookie(session, request.secure()));
    }
    return reply;
  }

  /** The `Set-Cookie` value that gives a browser this session. */
  String cookie(Sessions.Session session, boolean secure) {
    return Sessions.COOKIE + "=" + session.id() + "; HttpOnly; SameSite=Lax; Path=" + basePath + "/"
        + (secure ? "; Secure" : "");
  }
}
