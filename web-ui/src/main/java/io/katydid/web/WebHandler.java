package io.katydid.web;

import io.katydid.console.TestConsole;
import io.katydid.log.Visible;
import io.katydid.script.ScriptPages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
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
  /** Of bodies that everybody may send: a login form. */
  private static final int MAX_OPEN_BODY_BYTES = 64 * 1024;

  private static final int LONGEST_LOGGED_PATH = 300;
  private static final int SMALL_ANSWER_BYTES = 16 * 1024;

  private final TestConsole console;
  private final String basePath;
  private final Routes routes;
  private final Sessions sessions;
  private final Gatekeeper gatekeeper;
  private final IndexPage indexPage;
  private final LiveFeed liveFeed;
  private final Transfers transfers;
  private final Connections connections;
  /** For what asks the run or the locustfile on the way, and for comparing passwords. */
  private final BoundedThreads waiting;
  /** For the locustfile's own routes: the way to Stop does not lead through these. */
  private final BoundedThreads script;
  /** For its functions that see the answers of our routes. */
  private final BoundedThreads watching;

  WebHandler(
      TestConsole console,
      String basePath,
      Routes routes,
      Sessions sessions,
      Gatekeeper gatekeeper,
      IndexPage indexPage,
      LiveFeed liveFeed,
      Limits limits) {
    super(InvocationType.NON_BLOCKING);
    this.console = console;
    this.basePath = basePath;
    this.routes = routes;
    this.sessions = sessions;
    this.gatekeeper = gatekeeper;
    this.indexPage = indexPage;
    this.liveFeed = liveFeed;
    this.transfers = limits.transfers();
    this.connections = limits.connections();
    this.waiting = limits.waiting();
    this.script = limits.script();
    this.watching = limits.watching();
  }

  /** One request and the way back to who asked. */
  private record Exchange(Request request, Response response, Callback callback) {}

  /** Called by the thread that reads from all connections, which must not wait: it answers only what is at hand. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, connections.asked(request, callback));
    WebReply atHand = atHand(request);
    if (atHand != null) {
      write(exchange, atHand);
    } else {
      onPool(exchange, () -> arrived(exchange));
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
    boolean known = entry != null && entry.atHand() != null && !console.pages().mayWatchReplies();
    return known ? entry.atHand().apply(request.getComponents().getExecutor()) : null;
  }

  /** On a thread of Jetty's pool, where nothing waits. */
  private void onPool(Exchange exchange, Runnable work) {
    exchange.request().getComponents().getExecutor().execute(() -> guarded(exchange, work));
  }

  /** On one of the few threads that may wait. */
  private void onThreads(BoundedThreads threads, Exchange exchange, Runnable work) {
    threads.run(() -> guarded(exchange, work), () -> guarded(exchange, () -> write(exchange, WebReply.error(503,
        "The server is busy with other requests, which wait for the locustfile or for the run. Try again later."))));
  }

  private void guarded(Exchange exchange, Runnable work) {
    Request request = exchange.request();
    try {
      work.run();
    } catch (HttpException.RuntimeException e) {
      write(exchange, WebReply.error(e.getCode(), e.getReason()));
    } catch (Exception e) {
      write(exchange, failure(request.getMethod(), Request.getPathInContext(request), e));
    } catch (Throwable e) {
      // A mistake of ours: without an answer the connection would stay open for ever.
      Response.writeError(request, exchange.response(), exchange.callback(), e);
    }
  }

  /** The head is there: what it is for, and whether this method is answered there. */
  private void arrived(Exchange exchange) {
    Request request = exchange.request();
    String path = Request.getPathInContext(request);
    if (!basePath.isEmpty()) {
      if (path.equals(basePath)) {
        String target = request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority() + basePath + "/";
        write(exchange, WebReply.redirect(308, target));
        return;
      }
      if (!path.startsWith(basePath + "/")) {
        // Rules of a locustfile say themselves where they are.
        askScript(exchange, head(request, path), path);
        return;
      }
      path = path.substring(basePath.length());
    }
    WebRequest head = head(request, path);
    Routes.Entry entry = routes.find(path);
    if (entry == null) {
      askScript(exchange, head, basePath + path);
    } else if (head.method().equals("OPTIONS")) {
      write(exchange, WebReply.text(200, "text/html; charset=utf-8", "").with("Allow", entry.allowed()));
    } else if (!entry.allows(head.method())) {
      write(exchange, WebReply.page(405, "Method Not Allowed", "This address answers " + entry.allowed() + " only.")
          .with("Allow", entry.allowed()));
    } else if (gatekeeper.comparesPassword(head, entry.access())) {
      onThreads(waiting, exchange, () -> welcome(exchange, head, entry));
    } else {
      welcome(exchange, head, entry);
    }
  }

  /** Route and method are known: whoever may have the answer is asked for the body. */
  private void welcome(Exchange exchange, WebRequest head, Routes.Entry entry) {
    WebReply refusal = gatekeeper.refusal(head, entry.access());
    if (refusal != null) {
      write(exchange, refusal);
    } else if (head.path().equals(LiveFeed.PATH) && head.method().equals("GET")) {
      openFeed(exchange);
    } else if (!head.method().equals("POST")) {
      serve(exchange, head, entry);
    } else {
      int most = entry.access() == Routes.Access.OPEN ? MAX_OPEN_BODY_BYTES : BodyReader.MAX_BODY_BYTES;
      readBody(exchange, most, body -> {
        WebRequest whole = head.with(body);
        WebReply noToken = gatekeeper.tokenRefusal(whole, entry.access());
        if (noToken != null) {
          write(exchange, noToken);
        } else {
          serve(exchange, whole, entry);
        }
      });
    }
  }

  private void openFeed(Exchange exchange) {
    Request request = exchange.request();
    connections.keeps(request);
    addCommonHeaders(exchange.response().getHeaders(), request.getHeaders().get(HttpHeader.ORIGIN));
    liveFeed.open(exchange.response(), exchange.callback());
  }

  private void readBody(Exchange exchange, int mostBytes, Consumer<byte[]> whenComplete) {
    IncomingBody.read(exchange.request(), mostBytes, transfers,
        body -> onPool(exchange, () -> whenComplete.accept(body)),
        why -> onPool(exchange, () -> write(exchange, WebReply.error(why.getCode(), why.getReason())
            .with("Connection", "close"))));
  }

  private void serve(Exchange exchange, WebRequest request, Routes.Entry entry) {
    if (entry.waits()) {
      onThreads(waiting, exchange, () -> answer(exchange, request, entry));
    } else {
      answer(exchange, request, entry);
    }
  }

  private void answer(Exchange exchange, WebRequest request, Routes.Entry entry) {
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
    if (ofLocust && console.pages().mayWatchReplies()) {
      WebReply before = reply;
      onThreads(watching, exchange, () -> write(exchange, afterReply(request, before)));
    } else {
      write(exchange, reply);
    }
  }

  /** Whether the locustfile has such a route only it can tell, and it is told the body too. */
  private void askScript(Exchange exchange, WebRequest head, String fullPath) {
    readBody(exchange, BodyReader.MAX_BODY_BYTES, body -> onThreads(script, exchange,
        () -> write(exchange, scriptReply(head.with(body), fullPath))));
  }

  private WebRequest head(Request request, String path) {
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
    String query = request.getHttpURI().getQuery() == null ? "" : request.getHttpURI().getQuery();
    return new WebRequest(
        request.getMethod().toUpperCase(Locale.ROOT),
        path,
        query,
        BodyReader.query(query),
        headers,
        new byte[0],
        new Form(),
        Request.getRemoteAddr(request),
        request.isSecure(),
        session);
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
      if (!console.pages().watchesReplies()) {
        return reply;
      }
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
    String shown = Visible.line(path.length() <= LONGEST_LOGGED_PATH ? path : path.substring(0, LONGEST_LOGGED_PATH));
    console.log(
        "ERROR", "locust.web", "UI got request for " + method + " " + shown + ", but it resulted in a 500: " + kind);
    String sentence = e.getMessage() == null ? kind : e.getMessage();
    return WebReply.error(500, sentence);
  }

  private static WebReply notFound() {
    return WebReply.page(404, "Not Found", "There is nothing at this address. Check the spelling.");
  }

  private void write(Exchange exchange, WebReply reply) {
    Request request = exchange.request();
    Response response = exchange.response();
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
    response.write(true, body, length < SMALL_ANSWER_BYTES ? exchange.callback() : watched(exchange, length));
  }

  /** A client that does not take its answer is cut off. */
  private Callback watched(Exchange exchange, int length) {
    Transfers.Transfer transfer = transfers.begin(() -> connections.cut(exchange.request()));
    transfer.keeps(length);
    return Callback.from(transfer::ends, exchange.callback());
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
