package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/**
 * One open connection: a socket with HttpCore's buffers around it. Held by one thread at a time, between exchanges by
 * the {@link ConnectionPool}. Errors are plain IOExceptions; the session turns them into failures.
 */
final class HttpConnection {
  /**
   * Three of these belong to each connection, also while its user waits: for what is sent, for what is received, and for a
   * line of it. Larger requests, and the bodies of larger replies, do not go through them, and a piece more of a head costs
   * no system call, because the {@link SocketLoop} has read it already.
   */
  private static final int BUFFER_BYTES = 512;
  private static final int CHUNK_BYTES = 2 * 1024;
  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(BUFFER_BYTES)
      .setMaxLineLength(ReplyParser.MAX_LINE_BYTES_OF_ALL).setChunkSizeHint(CHUNK_BYTES).build();
  private static final int MAX_INTERIM_REPLIES = 100;
  private static final AtomicIntegerFieldUpdater<HttpConnection> ON_OFFER =
      AtomicIntegerFieldUpdater.newUpdater(HttpConnection.class, "onOffer");
  /** Sockets that somebody reads stay open when they are forgotten; those of a user that has ended have to be closed. */
  private static final Cleaner CLEANER = Cleaner.create();

  final Route route;

  private final ReadAheadSocket raw;
  private final Socket socket;
  private final ReplyParser parser;
  private final RawRequest request = new RawRequest();
  private final DefaultBHttpClientConnection http;
  private final String remoteAddress;
  private final ClientRules rules;
  private boolean head;
  /** 1 while whoever comes first may {@link #claim} it. */
  private volatile int onOffer;
  private long idleSinceNanos;
  private boolean used;
  private boolean rested;
  /** Null until a request comes that must not be sent twice. */
  private SocketLook look;
  private boolean writeFailed;

  /**
   * @param raw the TCP socket, connected
   * @param tls the TLS socket over it, after the handshake, or null
   * @param heads what replies of all connections have begun with
   * @param rules which replies are wrong
   */
  HttpConnection(Route route, ReadAheadSocket raw, SSLSocket tls, KeptHeads heads, ClientRules rules) throws IOException {
    this.route = route;
    this.raw = raw;
    this.socket = tls == null ? raw : tls;
    this.parser = new ReplyParser(tls == null ? raw : null, heads, rules);
    this.rules = rules;
    this.remoteAddress = raw.getInetAddress().getHostAddress() + ":" + raw.getPort();
    this.http = new Framing();
    if (tls == null) {
      http.bind(raw);
    } else {
      http.bind(tls, raw);
    }
    CLEANER.register(this, new Forgotten(raw));
  }

  /** HttpCore's part of it: its buffers and the framing of bodies, but for chunks. */
  private final class Framing extends DefaultBHttpClientConnection {
    Framing() {
      super(CONFIG, null, null, reply -> ((RawReply) reply).bodyLength(head),
          message -> ((RawRequest) message).sourceLength(), null, () -> RawRequest.WRITER, config -> parser);
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream source) {
      return length == ContentLengthStrategy.CHUNKED
          ? new ChunkedBody(buffer, source, rules == ClientRules.GEVENT) : super.createContentInputStream(length, buffer, source);
    }
  }

  /** Closes the socket of a connection that nobody has any more. */
  private record Forgotten(ReadAheadSocket raw) implements Runnable {
    @Override
    public void run() {
      raw.close();
    }
  }

  Socket socket() {
    return raw;
  }

  /** `address:port` of the peer, which is the proxy if there is one. */
  String remoteAddress() {
    return remoteAddress;
  }

  /**
   * Whether the server may have closed before it saw the request now failing: the connection has served before, and not a
   * byte of the reply has come.
   */
  boolean perhapsStale() {
    return used && parser.silent();
  }

  /** Whether it had been idle for long enough for its end to have been seen by the last {@link #alive}. */
  boolean rested() {
    return rested;
  }

  /** Sets the limit of each read, in milliseconds, 0 for none. */
  void readTimeout(int ms) {
    raw.setSoTimeout(ms);
  }

  /** When the last of what has been received arrived, but not before `sinceNanos`; on the scale of {@link System#nanoTime}. */
  long lastArrivalNanos(long sinceNanos) {
    return Math.max(sinceNanos, raw.lastArrivalNanos());
  }

  /** A request follows. What is sent for it could have been since `nanos`. */
  void beginExchange(long nanos) {
    raw.beginExchange(nanos);
  }

  /** How long the server has waited for us without need, all together; after a reply. See {@link ReadAheadSocket}. */
  long heldBackNanos() {
    return raw.heldBackNanos();
  }

  /** Sends a request whose body, if any, is in memory. */
  void send(String method, String target, String[] headers, byte[] body) throws IOException {
    head = method.equals("HEAD");
    parser.expectReply();
    request.fill(method, target, headers, body, 0);
    try {
      http.sendRequestHeader(request);
      http.flush();
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }

  /** Sends a request and then its body from `source`; chunked if `length` is negative. */
  void send(String method, String target, String[] headers, InputStream source, long length) throws IOException {
    head = method.equals("HEAD");
    parser.expectReply();
    request.fill(method, target, headers, null, length < 0 ? -1 : length);
    request.setEntity(new InputStreamEntity(source, length, null));
    try {
      http.sendRequestHeader(request);
      http.sendRequestEntity(request);
      http.flush();
    } catch (HttpException e) {
      throw new IOException(e);
    } finally {
      request.setEntity(null);
    }
  }

  /** The next final reply head; interim ones (1xx) are skipped. */
  RawReply receive() throws IOException {
    try {
      for (int i = 0; i < MAX_INTERIM_REPLIES; i++) {
        RawReply reply = (RawReply) http.receiveResponseHeader();
        if (reply.getCode() >= 200 || reply.getCode() == 101) {
          return reply;
        }
      }
    } catch (HttpException e) {
      throw new CallFailed(Failure.Kind.NOT_HTTP, e.getMessage());
    }
    throw new CallFailed(Failure.Kind.NOT_HTTP, "More than " + MAX_INTERIM_REPLIES + " interim replies (1xx).");
  }

  /** Length of the reply's body: 0 for none, -1 for chunked, less than -1 for "until the server closes". */
  long bodyLength(RawReply reply) {
    return reply.bodyLength(head);
  }

  /** The body without its framing, to be read before the next request. */
  InputStream body(RawReply reply) throws IOException {
    try {
      http.receiveResponseEntity(reply);
    } catch (HttpException e) {
      throw new CallFailed(Failure.Kind.NOT_HTTP, e.getMessage());
    }
    return reply.getEntity().getContent();
  }

  /** The request could not be written to its end: a reply may still be read, but none after it. */
  void markWriteFailed() {
    writeFailed = true;
  }

  /** Whether another request may follow, now that the body of `reply` has been read. */
  boolean reusableAfter(RawReply reply) {
    return reply.keepsAlive(head) && !request.closes() && !writeFailed && !parser.leftOver();
  }

  void markIdle(long nowNanos) {
    used = true;
    rested = false;
    idleSinceNanos = nowNanos;
  }

  /** Lets whoever comes first {@link #claim} it. Any thread, as the next two. */
  void offer() {
    onOffer = 1;
  }

  boolean onOffer() {
    return onOffer == 1;
  }

  /** Takes it if it is on offer; only one of those who try does. */
  boolean claim() {
    return onOffer == 1 && ON_OFFER.compareAndSet(this, 1, 0);
  }

  boolean leadsTo(Route other) {
    return route == other || route.equals(other);
  }

  boolean closed() {
    return raw.isClosed();
  }

  long idleNanos(long nowNanos) {
    return nowNanos - idleSinceNanos;
  }

  /**
   * Whether the server still holds the connection, as far as can be seen from here.
   *
   * @param idleForLong whether it has been idle for so long that an end of it is known here by now
   * @param repeatable whether the request that is to be sent may be sent again; if not, the system is asked too
   */
  boolean alive(boolean idleForLong, boolean repeatable) {
    rested = idleForLong;
    try {
      return (repeatable ? raw.silent() : silentForSystem()) || raw != socket && !raw.isClosed() && goesOnReading();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean silentForSystem() {
    if (look == null) {
      look = new SocketLook();
    }
    return raw.silentFor(look);
  }

  /** What has arrived may be TLS's own business, such as tickets for later, and not the end. */
  private boolean goesOnReading() throws IOException {
    raw.setSoTimeout(1);
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** Closes the socket; never blocks, may be called by any thread. */
  void close() {
    raw.close();
  }
}
