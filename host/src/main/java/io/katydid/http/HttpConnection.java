package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.io.CloseMode;

/**
 * One open connection: a socket with HttpCore's buffers around it. Held by one thread at a time, between exchanges by
 * the {@link ConnectionPool}. Errors are plain IOExceptions; the session turns them into failures.
 */
final class HttpConnection {
  /**
   * Three of these belong to each connection, also while its user waits: for what is sent, for what is received, and for a
   * line of it. Larger requests, and what is left of larger replies, do not go through them: a reply of more than this
   * takes one read more.
   */
  private static final int BUFFER_BYTES = 2 * 1024;
  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(BUFFER_BYTES)
      .setMaxLineLength(ReplyParser.MAX_LINE_BYTES).setChunkSizeHint(BUFFER_BYTES).build();
  private static final int MAX_INTERIM_REPLIES = 100;
  /** Sockets of channels stay open when they are forgotten; those of a user that has ended have to be closed. */
  private static final Cleaner CLEANER = Cleaner.create();
  private static final long NO_DEADLINE = 0;
  private static final long OVERDUE = -1;

  final Route route;

  private final ReadDeadlines deadlines;
  /** When the read under way has to end, on the scale of {@link System#nanoTime}; or one of the two above. */
  private final AtomicLong deadline = new AtomicLong(NO_DEADLINE);
  /** What had been received when the deadline was set; written by the deadlines' thread, and before a deadline is set. */
  private long receivedAtDeadline;
  /** Limit of a read that the deadlines look after, 0 for none. */
  private volatile long watchedNanos;
  private boolean watched;

  private final Socket raw;
  private final Socket socket;
  private final ReplyParser parser = new ReplyParser();
  private final RawRequest request = new RawRequest();
  private final DefaultBHttpClientConnection http;
  private final String remoteAddress;
  private boolean head;
  private int timeoutMs;
  private long idleSinceNanos;
  private boolean used;
  private boolean probed;
  private boolean writeFailed;

  /**
   * @param raw the TCP socket, connected
   * @param tls the TLS socket over it, after the handshake, or null
   */
  HttpConnection(Route route, Socket raw, SSLSocket tls, ReadDeadlines deadlines) throws IOException {
    this.route = route;
    this.deadlines = deadlines;
    this.raw = raw;
    this.socket = tls == null ? raw : tls;
    this.timeoutMs = raw.getSoTimeout();
    this.remoteAddress = raw.getInetAddress().getHostAddress() + ":" + raw.getPort();
    this.http = new DefaultBHttpClientConnection(CONFIG, null, null,
        reply -> ((RawReply) reply).bodyLength(head), message -> ((RawRequest) message).sourceLength(), null,
        () -> RawRequest.WRITER, config -> parser);
    if (tls == null) {
      http.bind(raw);
    } else {
      http.bind(tls, raw);
    }
    CLEANER.register(this, new Forgotten(raw));
  }

  /** Closes the socket of a connection that nobody has any more. */
  private record Forgotten(Socket raw) implements Runnable {
    @Override
    public void run() {
      try {
        raw.close();
      } catch (IOException e) {
        // Nobody waits for it.
        assert raw.isClosed();
      }
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
   * Whether the server may have closed before it saw the request now failing: the connection has served before, was
   * not looked at since, and not a byte of the reply has come.
   */
  boolean perhapsStale() {
    return used && !probed && parser.silent();
  }

  /** Sets the limit of each read, in milliseconds, 0 for none. */
  void readTimeout(int ms) throws IOException {
    if (ms < ReadDeadlines.WATCHED_FROM_MS) {
      watchedNanos = 0;
      socketTimeout(ms);
      return;
    }
    watchedNanos = ms * 1_000_000L;
    socketTimeout(0);
    if (!watched) {
      watched = true;
      deadlines.watch(this);
    }
  }

  private void socketTimeout(int ms) throws IOException {
    if (ms != timeoutMs) {
      socket.setSoTimeout(ms);
      timeoutMs = ms;
    }
  }

  /** A read begins; {@link #endRead} must follow. */
  void beginRead() {
    if (watchedNanos != 0) {
      receivedAtDeadline = received();
      deadline.set(System.nanoTime() + watchedNanos | 1);
    }
  }

  /** The read is over: SocketTimeoutException if that is because it had lasted too long. */
  void endRead() throws SocketTimeoutException {
    if (watchedNanos != 0 && deadline.getAndSet(NO_DEADLINE) == OVERDUE) {
      throw new SocketTimeoutException("Read timed out");
    }
  }

  private long received() {
    return http.getEndpointDetails().getReceivedBytesCount();
  }

  /** Called by the deadlines' thread: ends a read in which nothing has come for too long. */
  void endIfOverdue(long nowNanos) {
    long due = deadline.get();
    if (due == NO_DEADLINE || due == OVERDUE || nowNanos - due < 0) {
      return;
    }
    long received = received();
    if (received != receivedAtDeadline) {
      receivedAtDeadline = received;
      deadline.compareAndSet(due, nowNanos + watchedNanos | 1);
    } else if (deadline.compareAndSet(due, OVERDUE)) {
      close();
    }
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
    beginRead();
    try {
      return receiveHead();
    } finally {
      endRead();
    }
  }

  private RawReply receiveHead() throws IOException {
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
    probed = false;
    idleSinceNanos = nowNanos;
  }

  long idleNanos(long nowNanos) {
    return nowNanos - idleSinceNanos;
  }

  /** Whether the server still holds the connection, as far as can be seen from here. */
  boolean alive() {
    probed = true;
    try {
      if (raw.getInputStream().available() > 0) {
        return raw != socket && goesOnReading();
      }
      SocketChannel channel = raw.getChannel();
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) == 0;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** What has arrived may be TLS's own business, such as tickets for later, and not the end. */
  private boolean goesOnReading() throws IOException {
    socketTimeout(1);
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** Closes the socket; never blocks, may be called by any thread. */
  void close() {
    deadlines.forget(this);
    try {
      raw.close();
    } catch (IOException e) {
      http.close(CloseMode.IMMEDIATE);
    }
  }
}
