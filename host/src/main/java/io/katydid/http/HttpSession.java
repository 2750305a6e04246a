package io.katydid.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP client of one user: cookies, connections and settings. {@link #execute} does everything on the calling
 * thread, virtual or platform, and blocks it. Several threads of one user may call it at once, each on a connection of
 * its own. Holds no thread and needs no closing beyond {@link #close}, which gives the sockets back early.
 *
 * <pre>
 *   HttpSession session = new HttpSession(SessionSettings.DEFAULTS);
 *   HttpExchange done = session.execute(new HttpCall("GET", "http://127.0.0.1:8000/").headers("Accept", "*" + "/*"));
 *   if (done.failure() == null) { use(done.reply().status(), done.reply().body(), done.responseNanos()); }
 * </pre>
 */
public final class HttpSession {
  private final SessionSettings settings;
  private final ConnectionPool pool;
  private final boolean ownsPool;
  private final Connector connector;
  private final BodyLimit bodyLimit;
  private final CookieJar cookies = new CookieJar();

  /** The last ones used; all immutable, so a race costs a parse and nothing else. */
  private Origin lastOrigin;
  private Route lastRoute;
  private Origin lastRouteOrigin;
  private PlainHeaders lastPlain;

  /** Headers on the wire of a request without body, cookies and proxy, and what they were made from. */
  private record PlainHeaders(String method, Origin origin, String[] from, String authorization, String[] wire) {
    boolean areOf(Hop hop) {
      return from == hop.headers() && origin == hop.url().origin() && authorization == hop.authorization()
          && method.equals(hop.method());
    }
  }

  public HttpSession(SessionSettings settings) {
    this(settings, new TlsContexts(), new SocketLoop());
  }

  /**
   * A session with connections of its own.
   *
   * @param tls contexts; one for the process is best
   * @param sockets it has a thread: one for all sessions is best
   */
  public HttpSession(SessionSettings settings, TlsContexts tls, SocketLoop sockets) {
    this(settings, ConnectionPool.own(), true, tls, sockets);
  }

  /**
   * The same with a limit.
   *
   * @param most requests to one server at the same time; others wait
   */
  public HttpSession(SessionSettings settings, int most, TlsContexts tls, SocketLoop sockets) {
    this(settings, ConnectionPool.shared(most, true), true, tls, sockets);
  }

  /**
   * A session that shares its connections with others.
   *
   * @param pool stays as it is when the session is closed
   */
  public HttpSession(SessionSettings settings, ConnectionPool pool, TlsContexts tls, SocketLoop sockets) {
    this(settings, pool, false, tls, sockets);
  }

  private HttpSession(
      SessionSettings settings, ConnectionPool pool, boolean ownsPool, TlsContexts tls, SocketLoop sockets) {
    this.settings = settings;
    this.pool = pool;
    this.ownsPool = ownsPool;
    this.connector = new Connector(tls, sockets, settings.rules(), settings.names());
    this.bodyLimit = new BodyLimit(settings.maxBodyBytes(), sockets.bodyMemory());
  }

  public CookieJar cookies() {
    return cookies;
  }

  /** Closes the idle connections, unless they are in a pool that was given to the session. It can still be used. */
  public void close() {
    if (ownsPool) {
      pool.closeIdle();
    }
  }

  /** Sends the call, follows its redirects and returns what came of it. Never throws for what the network does. */
  public HttpExchange execute(HttpCall call) {
    Url url;
    Route route;
    HttpConnection idle;
    try {
      url = Url.parse(call.url, lastOrigin, settings.rules());
      if (lastOrigin != url.origin()) {
        // Not written for nothing: docs/design/http.md, What thousands of connections cost the collector.
        lastOrigin = url.origin();
      }
      route = route(call, url.origin());
      idle = pool.take(route, call, IdempotentMethods.include(call.method));
    } catch (CallFailed e) {
      Failure failure = new Failure(e.kind, e.getMessage(), call.url, "", 0, e.errno, 0, -1, 0);
      return new HttpExchange(null, List.of(), failure, System.currentTimeMillis() / 1000.0, 0, call.url, null, false);
    }
    long waitedNanos = call.waitedNanos();
    double startTime = System.currentTimeMillis() / 1000.0 - waitedNanos / 1e9;
    long beganNanos = System.nanoTime();
    long startNanos = beganNanos - waitedNanos;
    Chain chain = new Chain(call, startNanos, beganNanos);
    Failure failure = chain.run(Hop.first(call, url), route, idle);
    long responseNanos = (chain.endNanos == 0 ? System.nanoTime() : chain.endNanos) - startNanos - chain.heldBackNanos;
    if (failure == null && chain.stream == null) {
      failure = chain.decode();
    }
    return new HttpExchange(chain.reply, chain.history, failure, startTime, responseNanos, url.text(), chain.stream,
        chain.sentAgain);
  }

  ClientRules rules() {
    return settings.rules();
  }

  BodyLimit bodyLimit() {
    return bodyLimit;
  }

  private Route route(HttpCall call, Origin origin) {
    TlsOptions tls = !origin.tls() ? null : call.tls != null ? call.tls : settings.tls();
    String chosen = origin.tls() ? call.httpsProxy : call.httpProxy;
    String proxy = chosen == null ? (origin.tls() ? settings.httpsProxy() : settings.httpProxy()) : chosen;
    proxy = proxy == null || proxy.isEmpty() ? null : proxy;
    Route last = lastRoute;
    if (last != null && lastRouteOrigin == origin && last.tls() == tls && last.proxy() == proxy
        && last.port() == origin.port() && last.host().equals(origin.host())) {
      return last;
    }
    Route route = new Route(origin.host(), origin.port(), tls, proxy);
    lastRoute = route;
    lastRouteOrigin = origin;
    return route;
  }

  /** Keeps the connection for the next request, or closes it if there can be none. */
  void release(HttpCall call, HttpConnection connection, RawReply reply) {
    call.attach(null);
    if (connection.reusableAfter(reply)) {
      pool.give(connection, System.nanoTime());
    } else {
      connection.close();
    }
  }

  /** The requests of one call, from the first to the last redirect. Lives on the stack of {@link #execute}. */
  private final class Chain {
    private final HttpCall call;
    private final long startNanos;
    private List<HttpReply> history = List.of();
    private HttpReply reply;
    private byte[] rawBody;
    private BodyReader body;
    private BodyStream stream;
    private long endNanos;
    /**
     * Since when the first request could have been sent: what is done before it is, a collection of garbage for one, is not the
     * server's time. 0 once an attempt has been made.
     */
    private long beganNanos;
    /** How much of the time so far servers have waited for us. */
    private long heldBackNanos;
    /** The connection that the last reply came on: it waits for the next request. */
    private HttpConnection redirected;
    private boolean sentAgain;

    Chain(HttpCall call, long startNanos, long beganNanos) {
      this.call = call;
      this.startNanos = startNanos;
      this.beganNanos = beganNanos;
    }

    Failure run(Hop first, Route firstRoute, HttpConnection firstIdle) {
      Hop hop = first;
      Route route = firstRoute;
      HttpConnection connection = firstIdle;
      while (true) {
        try {
          body = null;
          exchange(hop, route, connection);
          if (stream != null || !followed()) {
            checkUnfollowed();
            return null;
          }
          if (history.size() >= call.maxRedirects) {
            return Failures.of(new CallFailed(Failure.Kind.TOO_MANY_REDIRECTS,
                "Exceeded " + call.maxRedirects + " redirects."), call, hop.url(), route, null);
          }
          Hop next = hop.follow(reply.status(), reply.location());
          remember();
          hop = next;
          route = route(call, hop.url().origin());
          connection = pool.take(route, call, IdempotentMethods.include(hop.method()));
        } catch (IOException e) {
          if (body != null && reply != null) {
            reply.body(body.partial(), body.partial().length);
          }
          return Failures.of(e, call, hop.url(), route, body);
        }
      }
    }

    private boolean followed() {
      return call.followRedirects && Hop.redirects(reply.status(), reply.location());
    }

    /** requests looks at where a redirect leads also if it does not go there. */
    private void checkUnfollowed() throws CallFailed {
      if (settings.rules() == ClientRules.REQUESTS && reply.location() != null
          && Hop.redirects(reply.status(), reply.location())) {
        Hop.checkUrl(reply.location());
      }
    }

    private void remember() throws CallFailed {
      Failure broken = decode();
      if (broken != null) {
        throw new CallFailed(broken.kind(), broken.message());
      }
      if (history.isEmpty()) {
        history = new ArrayList<>(2);
      }
      history.add(reply);
    }

    private void exchange(Hop hop, Route route, HttpConnection idle) throws IOException {
      try {
        attempt(hop, route, idle);
      } finally {
        pool.leave(route);
      }
    }

    /**
     * One request and its reply, with a second attempt if the connection was an old one that had been closed, and the request may be
     * sent again. Afterwards the pool or the stream has the connection; if it throws, it is closed.
     */
    private void attempt(Hop hop, Route route, HttpConnection idle) throws IOException {
      HttpConnection connection = idle;
      while (true) {
        long hopStart = beganNanos == 0 ? System.nanoTime() : beganNanos;
        beganNanos = 0;
        reply = null;
        endNanos = 0;
        long heldBack = 0;
        if (connection == null) {
          connection = connector.open(route, call);
        } else {
          heldBack = connection.heldBackNanos();
          if (connection != redirected) {
            connection.beginExchange(hopStart);
          }
          call.attach(connection.socket());
        }
        try {
          connection.readTimeout(call.readTimeoutMs);
          String[] headers = headers(hop, route);
          RawReply raw = sendAndReceive(hop, route, connection, headers);
          redirected = connection;
          heldBack = connection.heldBackNanos() - heldBack;
          heldBackNanos += heldBack;
          reply = new HttpReply(hop.method(), hop.url(), headers, hop.body(), raw, connection.remoteAddress(),
              connection.lastArrivalNanos(hopStart + heldBack) - hopStart - heldBack);
          if (raw.setsCookies()) {
            cookies.store(hop.url(), raw.headers, System.currentTimeMillis() / 1000);
          }
          finish(hop, connection, raw);
          return;
        } catch (IOException | RuntimeException e) {
          connection.close();
          if (!mayBeSentAgain(hop, connection, e)) {
            throw e;
          }
          sentAgain = true;
          connection = null;
        }
      }
    }

    /**
     * Whether a request that failed is sent once more: its connection had served before, nothing of a reply has come, and
     * the server may get it twice (RFC 9110, 9.2.2).
     */
    private boolean mayBeSentAgain(Hop hop, HttpConnection connection, Exception e) {
      return connection.perhapsStale() && (!connection.rested() || settings.rules() == ClientRules.GEVENT)
          && IdempotentMethods.include(hop.method()) && hop.source() == null && !call.aborted()
          && !(e instanceof CallFailed || e instanceof SocketTimeoutException || e instanceof RuntimeException);
    }

    private String[] headers(Hop hop, Route route) throws CallFailed {
      String cookie = cookies.list().isEmpty() && call.cookies.length == 0 ? null
          : cookies.header(hop.url(), call.cookies, System.currentTimeMillis() / 1000);
      String proxyAuthorization = route.absoluteForm() ? ProxyAddress.parse(route.proxy()).authorization() : null;
      if (cookie != null || proxyAuthorization != null || hop.body() != null || hop.source() != null) {
        return hop.wireHeaders(cookie, proxyAuthorization);
      }
      PlainHeaders plain = lastPlain;
      if (plain == null || !plain.areOf(hop)) {
        plain = new PlainHeaders(hop.method(), hop.url().origin(), hop.headers(), hop.authorization(),
            hop.wireHeaders(null, null));
        lastPlain = plain;
      }
      return plain.wire;
    }

    /** A server may answer and close before it has read a large body: its reply counts, not our broken pipe. */
    private RawReply sendAndReceive(Hop hop, Route route, HttpConnection connection, String[] headers)
        throws IOException {
      String target = route.absoluteForm() ? absoluteTarget(hop.url()) : hop.url().target();
      IOException writing = null;
      try {
        if (hop.source() == null) {
          connection.send(hop.method(), target, headers, hop.body());
        } else {
          connection.send(hop.method(), target, headers, new UploadStream(hop.source()), hop.sourceLength());
        }
      } catch (CallFailed e) {
        throw e;
      } catch (IOException e) {
        writing = e;
        connection.markWriteFailed();
      }
      try {
        return connection.receive();
      } catch (IOException e) {
        throw writing != null && !(e instanceof CallFailed) ? writing : e;
      }
    }

    private String absoluteTarget(Url url) {
      return url.origin().scheme() + "://" + url.origin().hostHeader() + url.target();
    }

    private void finish(Hop hop, HttpConnection connection, RawReply raw) throws IOException {
      body = new BodyReader(connection, raw, bodyLimit);
      if (call.stream && !followed()) {
        endNanos = connection.lastArrivalNanos(startNanos + heldBackNanos);
        stream = new BodyStream(HttpSession.this, call, hop.url(), connection, raw, body);
        return;
      }
      rawBody = body.readAll();
      endNanos = connection.lastArrivalNanos(startNanos + heldBackNanos);
      release(call, connection, raw);
    }

    /** Decompresses the body of the current reply, outside the measured time. */
    Failure decode() {
      RawReply raw = reply.raw();
      try {
        reply.body(ContentDecoding.decode(rawBody, raw.contentEncoding(), bodyLimit, settings.rules()), rawBody.length);
        return null;
      } catch (CallFailed e) {
        Url url = reply.parsedUrl();
        return new Failure(e.kind, e.getMessage(), url.text(), url.origin().host(), url.origin().port(), 0,
            rawBody.length, -1, 0);
      }
    }
  }
}
