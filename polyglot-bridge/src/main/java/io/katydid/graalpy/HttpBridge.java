package io.katydid.graalpy;

import io.katydid.http.ClientRules;
import io.katydid.http.ConnectionPool;
import io.katydid.http.Failure;
import io.katydid.http.HttpSession;
import io.katydid.http.PreparedUrl;
import io.katydid.http.SessionSettings;
import io.katydid.http.SocketLoop;
import io.katydid.http.TlsContexts;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Katydid's HTTP client as the Python packages `requests` and `locust` see it: makes sessions, jars and options. One
 * per context; called from every thread that is in Python.
 */
public final class HttpBridge {
  private final PythonGate gate;
  private final TlsContexts tls = new TlsContexts();
  private final SocketLoop sockets = new SocketLoop();
  private final SentAgain sentAgain = new SentAgain();
  private volatile int maxBodyBytes = SessionSettings.DEFAULT_MAX_BODY_BYTES;
  private final PythonNames names;
  private volatile RequestRecorder recorder = (method, name, nanos, length, error) -> {};

  HttpBridge(PythonGate gate) {
    this.gate = gate;
    this.names = new PythonNames(gate);
  }

  /** From now on this Python function says where a name leads; null: the system. */
  void lookUpWith(Value function) {
    names.ask(function);
  }

  /** Names the statistics that requests are recorded in from now on; until then they are recorded nowhere. */
  public void recordWith(RequestRecorder target) {
    recorder = target;
  }

  /** Requests that are sent twice are counted here. */
  SentAgain sentAgain() {
    return sentAgain;
  }

  /** How large a body may be in sessions that are made from now on, as it comes and decompressed. */
  void maxBodyBytes(int bytes) {
    maxBodyBytes = bytes;
  }

  RequestRecorder recorder() {
    return recorder;
  }

  PythonGate gate() {
    return gate;
  }

  /** The context is about to close. */
  void close() {
    sockets.close();
  }

  /**
   * A session with cookies of its own.
   *
   * @param fast whether requests are sent and judged as FastHttpUser does it, otherwise as requests does
   * @param connections those of {@link #newConnections}, or null for its own
   * @param most how many requests it makes to one server at the same time over its own connections; 0 = no limit
   */
  @HostAccess.Export
  public BridgeSession newSession(boolean fast, ConnectionPool connections, int most) {
    SessionSettings settings = SessionSettings.DEFAULTS.withNames(names).withMaxBodyBytes(maxBodyBytes).withRules(
        fast ? ClientRules.GEVENT : ClientRules.REQUESTS);
    HttpSession http = connections != null ? new HttpSession(settings, connections, tls, sockets)
        : most > 0 ? new HttpSession(settings, most, tls, sockets)
        : new HttpSession(settings, tls, sockets);
    return new BridgeSession(this, fast ? HttpFlavor.FAST : HttpFlavor.REQUESTS, http);
  }

  /**
   * Connections for several sessions.
   *
   * @param perServer how many to one server are kept
   * @param limited whether there are never more than that: others wait
   */
  @HostAccess.Export
  public ConnectionPool newConnections(int perServer, boolean limited) {
    return ConnectionPool.shared(perServer, limited);
  }

  /** Closes the idle ones of {@link #newConnections}. */
  @HostAccess.Export
  public void closeIdle(ConnectionPool connections) {
    connections.closeIdle();
  }

  /** An empty jar. */
  @HostAccess.Export
  public BridgeCookies newCookies() {
    return new BridgeCookies();
  }

  /**
   * Settings of requests that differ from the usual. Times in seconds, negative = no limit; texts may be null.
   *
   * @param names whether the server's name is checked with its certificate
   * @param caPath PEM file or folder of trusted authorities
   * @param certPath PEM file with our certificate
   * @param keyPath PEM file with its key, null if that is in {@code certPath}
   */
  @HostAccess.Export
  public BridgeOptions newOptions(
      double connectSeconds,
      double readSeconds,
      boolean verify,
      boolean names,
      String caPath,
      String certPath,
      String keyPath,
      String httpProxy,
      String httpsProxy,
      int maxRedirects) {
    return new BridgeOptions(
        connectSeconds, readSeconds, verify, names, caPath, certPath, keyPath, httpProxy, httpsProxy, maxRedirects);
  }

  /** The URL quoted as requests does it, or `!KIND message` if it cannot be used. */
  @HostAccess.Export
  public String preparedUrl(String url) {
    Failure failure = PreparedUrl.problem(url);
    return failure == null ? PreparedUrl.text(url) : "!" + failure.kind().name() + " " + failure.message();
  }

  /** The same as the reply's own method, for Python's short way: a function that it keeps. */
  @HostAccess.Export
  public int statusOf(BridgeReply reply) {
    return reply.status();
  }

  /** The same as the reply's own method. */
  @HostAccess.Export
  public String jsonTextOf(BridgeReply reply) {
    return reply.jsonText();
  }

  /** The same as the reply's own method. */
  @HostAccess.Export
  public double millisOf(BridgeReply reply) {
    return reply.millis();
  }

  /** The same as the reply's own method. */
  @HostAccess.Export
  public double startTimeOf(BridgeReply reply) {
    return reply.startTime();
  }

  /** The same as the reply's own method. */
  @HostAccess.Export
  public String urlOf(BridgeReply reply) {
    return reply.url();
  }

  /** The same as the reply's own method. */
  @HostAccess.Export
  public long lengthOf(BridgeReply reply) {
    return reply.length();
  }

  /** The same as the reply's own method. */
  @HostAccess.Export
  public void recordReply(BridgeReply reply, String method, String name, String error) {
    reply.record(method, name, error);
  }

  /**
   * Records a request that Python has judged.
   *
   * @param millis response time, negative if it was not timed
   */
  @HostAccess.Export
  public void record(String method, String name, double millis, long length, String error) {
    long nanos = millis < 0 ? RequestRecorder.NOT_TIMED : Math.round(millis * 1e6);
    recorder.record(method, name, nanos, length, error);
  }
}
