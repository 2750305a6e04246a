package io.katydid.web;

import io.katydid.console.TestConsole;
import io.katydid.script.ScriptPages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Between Jetty and the routes: base path, methods, login, the locustfile's own routes, errors, common headers. One
 * instance for the server, called by all web threads; it has no state of its own.
 */
final class WebHandler extends Handler.Abstract {
  private final TestConsole console;
  private final String basePath;
  private final Routes routes;
  private final Sessions sessions;
  private final Gatekeeper gatekeeper;
  private final IndexPage indexPage;
  private final LiveFeed liveFeed;

  WebHandler(
      TestConsole console,
      String basePath,
      Routes routes,
      Sessions sessions,
      Gatekeeper gatekeeper,
      IndexPage indexPage,
      LiveFeed liveFeed) {
    super(InvocationType.NON_BLOCKING);
    this.console = console;
    this.basePath = basePath;
    this.routes = routes;
    this.sessions = sessions;
    this.gatekeeper = gatekeeper;
    this.indexPage = indexPage;
    this.liveFeed = liveFeed;
  }

  /** Called by the thread that reads from all connections, which must not wait: it answers only what is at hand. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    WebReply atHand = atHand(request);
    if (atHand != null) {
      write(request, response, callback, atHand);
    } else {
      request.getComponents().getExecutor().execute(() -> {
        try {
          work(request, response, callback);
        } catch (Throwable e) {
          // A mistake of ours: without an answer the connection would stay open for ever.
          Response.writeError(request, response, callback, e);
        }
      });
    }
    return true;
  }

  private WebReply atHand(Request request) {
    if (!request.getMethod().equals("GET") || request.getLength() > 0 || gatekeeper.loginNeeded()) {
      return null;
    }
    String path = Request.getPathInContext(request);
    if (!path.startsWith(basePath)) {
      return null;
    }
    Routes.Entry entry = routes.find(path.substring(basePath.length()));
    boolean known = entry != null && entry.atHand() != null && !console.pages().watchesReplies();
    return known ? entry.atHand().apply(request.getComponents().getExecutor()) : null;
  }

  private void work(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    try {
      if (!basePath.isEmpty()) {
        if (path.equals(basePath)) {
          String target = request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority() + basePath
              + "/";
          write(request, response, callback, WebReply.redirect(308, target));
          return;
        }
        if (!path.startsWith(basePath + "/")) {
          // Rules of a locustfile say themselves where they are.
          WebRequest outside = read(request, path);
          write(request, response, callback, scriptReply(outside, path));
          return;
        }
        path = path.substring(basePath.length());
      }
      WebRequest webRequest = read(request, path);
      if (path.equals(LiveFeed.PATH) && webRequest.method().equals("GET")
          && gatekeeper.refusal(webRequest, Routes.Access.READ) == null) {
        addCommonHeaders(response.getHeaders(), request.getHeaders().get(HttpHeader.ORIGIN));
        liveFeed.open(response, callback);
        return;
      }
      write(request, response, callback, answer(webRequest));
    } catch (HttpException.RuntimeException e) {
      write(request, response, callback, WebReply.error(e.getCode(), e.getReason()));
    } catch (Exception e) {
      write(request, response, callback, failure(request.getMethod(), path, e));
    }
  }

  private WebRequest read(Request request, String path) throws Exception {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>()).add(field.getValue());
    }
    Sessions.Session session = null;
    for (HttpCookie cookie : Request.getCookies(request)) {
      // Other servers of this machine may have set one of that name too: browsers send it to all ports.
      if (cookie.getName().equals(Sessions.COOKIE) && session == null) {
        session = sessions.find(cookie.getValue());
      }
    }
    byte[] body = BodyReader.read(request);
    String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    String query = request.getHttpURI().getQuery() == null ? "" : request.getHttpURI().getQuery();
    return new WebRequest(
        request.getMethod().toUpperCase(Locale.ROOT),
        path,
        query,
        BodyReader.query(query),
        headers,
        body,
        BodyReader.form(contentType, body),
        Request.getRemoteAddr(request),
        request.isSecure(),
        session);
  }

  private WebReply answer(WebRequest request) {
    Routes.Entry entry = routes.find(request.path());
    if (entry == null) {
      return scriptReply(request, basePath + request.path());
    }
    if (request.method().equals("OPTIONS")) {
      return WebReply.text(200, "text/html; charset=utf-8", "").with("Allow", entry.allowed());
    }
    if (!entry.allows(request.method())) {
      return WebReply.page(405, "Method Not Allowed", "This address answers " + entry.allowed() + " only.")
          .with("Allow", entry.allowed());
    }
    WebReply refusal = gatekeeper.refusal(request, entry.access());
    if (refusal != null) {
      return refusal;
    }
    WebReply reply;
    try {
      reply = entry.route().answer(request);
    } catch (HttpException.RuntimeException e) {
      reply = WebReply.error(e.getCode(), e.getReason());
    } catch (Exception e) {
      reply = failure(request.method(), request.path(), e);
    }
    // Asking the script takes the interpreter from the users: not for addresses that Locust does not have.
    boolean ofLocust = entry.access() != Routes.Access.OPEN && !request.path().startsWith("/api/")
        && !request.path().equals("/metrics");
    return ofLocust && console.pages().watchesReplies() ? afterReply(request, reply) : reply;
  }

  private WebReply scriptReply(WebRequest request, String fullPath) {
    try {
      ScriptPages.Reply reply = console.pages().route(scriptRequest(request, fullPath));
      if (reply != null && reply.status() == 405 && isLoginForm(request, fullPath)) {
        reply = console.pages().route(scriptRequest(asGet(request), fullPath));
      }
      return reply == null ? notFound() : fromScript(request, reply);
    } catch (RuntimeException e) {
      return failure(request.method(), request.path(), e);
    }
  }

  /** True for what the login page sends to the locustfile's own route. */
  private boolean isLoginForm(WebRequest request, String fullPath) {
    return gatekeeper.loginNeeded() && request.method().equals("POST")
        && fullPath.equals(console.pages().authArgs().get("username_password_callback"));
  }

  /**
   * Locustfiles written for Locust before 2.32 read the login from the query. The page posts it in any case, so that no
   * password stands in the address.
   */
  private static WebRequest asGet(WebRequest form) {
    String query = new String(form.body(), StandardCharsets.UTF_8);
    return new WebRequest("GET", form.path(), query, form.form(), form.headers(), new byte[0], new Form(),
        form.remoteAddress(), form.secure(), form.session());
  }

  private WebReply afterReply(WebRequest request, WebReply reply) {
    try {
      ScriptPages.Reply before = new ScriptPages.Reply(reply.status(), reply.headers(), reply.body(), null, null);
      return fromScript(request, console.pages().after(scriptRequest(request, basePath + request.path()), before));
    } catch (RuntimeException e) {
      return failure(request.method(), request.path(), e);
    }
  }

  private static ScriptPages.Request scriptRequest(WebRequest request, String fullPath) {
    return new ScriptPages.Request(
        request.method(),
        fullPath,
        request.rawQuery(),
        request.headers(),
        request.body(),
        request.remoteAddress(),
        request.session() == null ? Map.of() : request.session().data());
  }

  private WebReply fromScript(WebRequest request, ScriptPages.Reply reply) {
    Sessions.Session session = request.session();
    WebReply out;
    String cookie = null;
    if (reply.session() != null) {
      boolean loginChanges = session == null
          || !java.util.Objects.equals(session.data().get(Sessions.USER), reply.session().get(Sessions.USER));
      if (!loginChanges) {
        session.data(reply.session());
      } else if (session != null || !reply.session().isEmpty()) {
        if (session != null) {
          sessions.end(session);
        }
        session = sessions.create(reply.session());
        cookie = gatekeeper.cookie(session, request.secure());
      }
    }
    out = reply.indexArgs() == null
        ? new WebReply(reply.status(), List.copyOf(reply.headers()), reply.body())
        : indexPage.render(session, reply.indexArgs());
    return cookie == null ? out : out.with("Set-Cookie", cookie);
  }

  private WebReply failure(String method, String path, Exception e) {
    String kind = e.getClass().getSimpleName();
    console.log(
        "ERROR", "locust.web", "UI got request for " + method + " " + path + ", but it resulted in a 500: " + kind);
    String sentence = e.getMessage() == null ? kind : e.getMessage();
    return WebReply.error(500, sentence);
  }

  private static WebReply notFound() {
    return WebReply.page(404, "Not Found", "There is nothing at this address. Check the spelling.");
  }

  private void write(Request request, Response response, Callback callback, WebReply reply) {
    response.setStatus(reply.status());
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    Packed packed = reply.packed();
    boolean gzip = packed != null && Packed.wantedBy(request.getHeaders().get(HttpHeader.ACCEPT_ENCODING));
    ByteBuffer body = packed == null ? ByteBuffer.wrap(reply.body()) : gzip ? packed.gzip() : packed.plain();
    int length = body.remaining();
    boolean sameForAll = packed != null && origin == null;
    response.getHeaders().add(sameForAll
        ? packed.headers(gzip, () -> headers(reply, null, gzip, length))
        : headers(reply, origin, gzip, length));
    response.write(true, body, callback);
  }

  private HttpFields headers(WebReply reply, String origin, boolean gzip, int length) {
    HttpFields.Mutable headers = HttpFields.build();
    addCommonHeaders(headers, origin);
    for (Map.Entry<String, String> header : reply.headers()) {
      String name = header.getKey();
      if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
        continue;
      }
      if (name.equalsIgnoreCase("Set-Cookie") || name.equalsIgnoreCase("Vary")) {
        headers.add(name, clean(header.getValue()));
      } else {
        headers.put(name, clean(header.getValue()));
      }
    }
    if (gatekeeper.loginNeeded()) {
      headers.add("Vary", "Cookie");
      if (reply.header("Cache-Control") == null) {
        headers.put("Cache-Control", "no-store");
      }
    }
    if (reply.packed() != null) {
      headers.add("Vary", "Accept-Encoding");
      if (gzip) {
        headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
      }
    }
    return headers.put(HttpHeader.CONTENT_LENGTH, length);
  }

  private void addCommonHeaders(HttpFields.Mutable headers, String origin) {
    if (!gatekeeper.loginNeeded()) {
      headers.put("Access-Control-Allow-Origin", origin == null ? "*" : origin);
      if (origin != null) {
        headers.add("Vary", "Origin");
      }
    }
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "same-origin");
  }

  /** A header value without line ends, so that no name of a locustfile can add headers. */
  private static String clean(String value) {
    return value.replace('\r', ' ').replace('\n', ' ');
  }
}
