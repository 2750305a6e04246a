package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * One request as the script wants it: what to send, and how. Filled in by the script's thread, executed once by
 * {@link HttpSession#execute}. Only {@link #abort} may be called from other threads, at any time, also before the call
 * is executed: a call that was aborted ends with {@link Failure.Kind#KILLED}, whether it had begun or not.
 */
public final class HttpCall {
  public static final int DEFAULT_MAX_REDIRECTS = 30;

  private static final String[] NONE = {};

  final String method;
  final String url;
  String[] headers = NONE;
  String[] cookies = NONE;
  byte[] body;
  InputStream source;
  long sourceLength = -1;
  int connectTimeoutMs;
  int readTimeoutMs;
  boolean followRedirects = true;
  int maxRedirects = DEFAULT_MAX_REDIRECTS;
  boolean urlCredentials = true;
  boolean stream;
  TlsOptions tls;
  String httpProxy;
  String httpsProxy;

  private volatile boolean aborted;
  private volatile Thread waiting;
  /** These belong to the calling thread. */
  private long waitingSinceNanos;
  private long waitedNanos;
  private volatile Socket socket;

  /** A call of `method` (sent as given) to the absolute `url`; the URL is quoted the way requests does it. */
  public HttpCall(String method, String url) {
    this.method = method;
    this.url = url;
  }

  /**
   * Headers to send: name, value, name, value ... in this order and case. Host, Cookie, Content-Length,
   * Transfer-Encoding and Authorization (from credentials in the URL) are added where they are needed and not given.
   * The array is not to be changed afterwards: a session knows headers it has sent before by it.
   */
  public HttpCall headers(String... nameValuePairs) {
    if (nameValuePairs.length % 2 != 0) {
      throw new IllegalArgumentException("headers are pairs of name and value, got " + nameValuePairs.length);
    }
    headers = nameValuePairs;
    return this;
  }

  /** Cookies for this call and its redirects only: name, value, name, value ... They win over those of the session. */
  public HttpCall cookies(String... nameValuePairs) {
    if (nameValuePairs.length % 2 != 0) {
      throw new IllegalArgumentException("cookies are pairs of name and value, got " + nameValuePairs.length);
    }
    cookies = nameValuePairs;
    return this;
  }

  /** A body kept in memory, so that it can be sent again after a redirect or on a new connection. */
  public HttpCall body(byte[] bytes) {
    body = bytes;
    return this;
  }

  /** A text body, sent as UTF-8. */
  public HttpCall body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A body read while it is sent, with Content-Length if `length` is known and chunked if it is negative. It is read
   * on the calling thread and cannot be sent twice.
   */
  public HttpCall body(InputStream source, long length) {
    this.source = source;
    this.sourceLength = length;
    return this;
  }

  /** Limits in milliseconds for one connection attempt and for one read from the socket; 0 waits for ever. */
  public HttpCall timeouts(int connectMs, int readMs) {
    connectTimeoutMs = connectMs;
    readTimeoutMs = readMs;
    return this;
  }

  /** Whether redirects are followed (default true), and how many of them before the call fails (default 30). */
  public HttpCall redirects(boolean follow, int max) {
    followRedirects = follow;
    maxRedirects = max;
    return this;
  }

  /** Return after the headers; the body is then read from the exchange, which must be read to its end or closed. */
  public HttpCall stream(boolean on) {
    stream = on;
    return this;
  }

  /** The URL as it was given. */
  public String url() {
    return url;
  }

  /** Whether the body is left to be read from the exchange. */
  public boolean streamed() {
    return stream;
  }

  /** Do not turn `user:password@` of the URL into an Authorization header (the caller has its own). */
  public HttpCall ignoreUrlCredentials() {
    urlCredentials = false;
    return this;
  }

  /** TLS options of this call instead of the session's. */
  public HttpCall tls(TlsOptions options) {
    tls = options;
    return this;
  }

  /** Proxies of this call instead of the session's: `http://user:password@host:port`, or null for none. */
  public HttpCall proxies(String forHttp, String forHttps) {
    httpProxy = forHttp == null ? "" : forHttp;
    httpsProxy = forHttps == null ? "" : forHttps;
    return this;
  }

  /** Ends this call at once, from any thread, by closing its socket. A name lookup under way is waited for. */
  public void abort() {
    aborted = true;
    closeQuietly(socket);
    LockSupport.unpark(waiting);
  }

  /** The calling thread begins to wait for a connection: abort wakes it. */
  void waits() {
    waitingSinceNanos = System.nanoTime();
    waiting = Thread.currentThread();
  }

  /** The wait is over. */
  void goesOn() {
    waiting = null;
    waitedNanos += System.nanoTime() - waitingSinceNanos;
  }

  /** How long the call has waited for connections of a pool that limits them. */
  long waitedNanos() {
    return waitedNanos;
  }

  boolean aborted() {
    return aborted;
  }

  /** Makes `current` the socket that abort closes; null when the call has no connection any more. */
  void attach(Socket current) {
    socket = current;
    if (aborted) {
      closeQuietly(current);
    }
  }

  private static void closeQuietly(Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // Closing was the aim; a socket that cannot be closed is already gone.
      }
    }
  }
}
