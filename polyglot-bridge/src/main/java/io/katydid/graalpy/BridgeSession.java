package io.katydid.graalpy;

import io.katydid.http.Failure;
import io.katydid.http.HttpCall;
import io.katydid.http.HttpExchange;
import io.katydid.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * One Python session (an HttpSession, a FastHttpSession, a requests.Session) and its Java client. Usually called by one
 * user's thread; its greenlets may call it at the same time. A request gives the gate back while it waits, and is
 * recorded before the gate is asked for again.
 */
public final class BridgeSession {
  private static final int RECORD = 1;
  private static final int FOLLOW = 2;
  private static final int STREAM = 4;
  private static final int EXACT = 8;
  private static final int CHUNKED = 16;
  private static final int ACCEPT_JSON = 32;
  private static final String JSON = "application/json";
  private static final byte[] NOTHING = {};

  private final HttpBridge bridge;
  private final HttpFlavor flavor;
  private final HttpSession http;
  /** Written by the session's Python thread, read by all of them. */
  private volatile SessionHeaders headers = new SessionHeaders(null);

  private volatile String base = "";
  private volatile BridgeOptions options;

  BridgeSession(HttpBridge bridge, HttpFlavor flavor, HttpSession http) {
    this.bridge = bridge;
    this.flavor = flavor;
    this.http = http;
  }

  /** What is put in front of URLs that do not begin with http:// or https://. */
  @HostAccess.Export
  public void base(String url) {
    base = url;
  }

  /**
   * What all requests have in common from now on.
   *
   * @param flat name and value lines of the headers
   * @param common settings of requests that name none, or null for the usual
   */
  @HostAccess.Export
  public void defaults(String flat, BridgeOptions common) {
    headers = new SessionHeaders(flat);
    options = common;
  }

  @HostAccess.Export
  public BridgeCookies cookies() {
    return new BridgeCookies(http.cookies());
  }

  /** Closes the idle connections, except shared ones; the session can still be used. */
  @HostAccess.Export
  public void close() {
    http.close();
  }

  /**
   * A request with nothing special about it: redirects are followed, the session's headers and settings apply.
   *
   * @param name the statistics row, null for the path
   * @param json the body if there is one, already written as JSON
   * @param recorded whether it goes into the statistics
   * @return the reply, or null if the thread was killed
   */
  @HostAccess.Export
  public BridgeReply plain(String method, String url, String name, String json, boolean recorded) {
    HttpCall call = new HttpCall(method, absolute(url));
    if (json != null) {
      call.body(json).headers(headers.merge(null, JSON, flavor == HttpFlavor.FAST));
    } else {
      call.headers(headers.merge(null, null, false));
      emptyBody(call, method);
    }
    apply(call, options, true);
    return run(call, method, name, recorded, flavor == HttpFlavor.FAST && json != null);
  }

  /**
   * Any other request. Everything may be null but method, URL and flags.
   *
   * @param name the statistics row, null for the path
   * @param own name and value lines of the request's own headers
   * @param text a text body, sent as UTF-8
   * @param bytes a body of bytes
   * @param contentType Content-Type unless the headers have one
   * @param flags see `_katydid_http.py`
   * @param special settings instead of the session's
   * @param extraCookies name and value lines of cookies for this request
   * @return the reply, or null if the thread was killed
   */
  @HostAccess.Export
  public BridgeReply send(
      String method,
      String url,
      String name,
      String own,
      String text,
      Value bytes,
      String contentType,
      int flags,
      BridgeOptions special,
      String extraCookies) {
    String upper = method.toUpperCase(Locale.ROOT);
    HttpCall call = new HttpCall(upper, absolute(url));
    if ((flags & EXACT) != 0) {
      call.headers(SessionHeaders.split(own)).ignoreUrlCredentials();
    } else {
      call.headers(headers.merge(own, contentType, (flags & ACCEPT_JSON) != 0));
    }
    if (text != null) {
      call.body(text);
    } else if (bytes != null && !bytes.isNull()) {
      byte[] body = bytesOf(bytes);
      if ((flags & CHUNKED) != 0) {
        call.body(new ByteArrayInputStream(body), -1);
      } else {
        call.body(body);
      }
    } else {
      emptyBody(call, upper);
    }
    if (extraCookies != null) {
      call.cookies(SessionHeaders.split(extraCookies));
    }
    apply(call, special == null ? options : special, (flags & FOLLOW) != 0);
    call.stream((flags & STREAM) != 0);
    boolean textBody = text != null && (flavor == HttpFlavor.FAST || !JSON.equals(contentType));
    return run(call, method, name, (flags & RECORD) != 0, textBody);
  }

  private void apply(HttpCall call, BridgeOptions chosen, boolean follow) {
    if (chosen != null) {
      chosen.apply(call, follow);
    } else {
      call.redirects(follow, HttpCall.DEFAULT_MAX_REDIRECTS);
    }
  }

  /** requests announces an empty body of every method that may have one; FastHttpUser only where one is expected. */
  private void emptyBody(HttpCall call, String method) {
    if (flavor == HttpFlavor.REQUESTS && !method.equals("GET") && !method.equals("HEAD")) {
      call.body(NOTHING);
    }
  }

  static byte[] bytesOf(Value buffer) {
    byte[] bytes = new byte[(int) buffer.getBufferSize()];
    buffer.readBuffer(0, bytes, 0, bytes.length);
    return bytes;
  }

  private String absolute(String url) {
    boolean http = url.regionMatches(true, 0, "http://", 0, 7) || url.regionMatches(true, 0, "https://", 0, 8);
    return http ? url : base + url;
  }

  private BridgeReply run(HttpCall call, String method, String name, boolean recorded, boolean textBody) {
    PythonThread self = PythonThread.current();
    PythonGate gate = bridge.gate();
    gate.leave();
    try {
      if (self != null) {
        self.wakeWith(call::abort);
      }
      HttpExchange exchange = http.execute(call);
      if (exchange.sentAgain()) {
        bridge.sentAgain().add(method, exchange.url());
      }
      Failure failure = exchange.failure();
      if (failure != null && failure.kind() == Failure.Kind.KILLED) {
        if (self != null) {
          self.takeKill();
        }
        return null;
      }
      BridgeReply reply = new BridgeReply(bridge, flavor, call, exchange, textBody);
      if (recorded && failure == null) {
        reply.record(method, name, reply.error(name));
      }
      return reply;
    } finally {
      if (self != null) {
        self.wakeWith(null);
      }
      gate.enter();
    }
  }
}
