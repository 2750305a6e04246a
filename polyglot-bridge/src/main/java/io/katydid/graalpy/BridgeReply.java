package io.katydid.graalpy;

import io.katydid.http.Failure;
import io.katydid.http.HttpCall;
import io.katydid.http.HttpExchange;
import io.katydid.http.HttpReply;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.HostAccess;

/**
 * What came of one request, as flat values Python asks for one by one; most scripts want only the status. Belongs to
 * the threads of one user. Bytes cross the border as Latin-1 text, which both sides turn into bytes quickly.
 */
public final class BridgeReply {
  private static final int FIRST_READ_BYTES = 16 * 1024;
  private static final int MOST_READ_BYTES = 1024 * 1024;

  private final HttpBridge bridge;
  private final HttpFlavor flavor;
  private final HttpCall call;
  private final HttpExchange exchange;
  private final HttpReply reply;
  private final boolean textBody;

  BridgeReply(HttpBridge bridge, HttpFlavor flavor, HttpCall call, HttpExchange exchange, boolean textBody) {
    this(bridge, flavor, call, exchange, exchange.reply(), textBody);
  }

  private BridgeReply(
      HttpBridge bridge,
      HttpFlavor flavor,
      HttpCall call,
      HttpExchange exchange,
      HttpReply reply,
      boolean textBody) {
    this.textBody = textBody;
    this.bridge = bridge;
    this.flavor = flavor;
    this.call = call;
    this.exchange = exchange;
    this.reply = reply;
  }

  /** The status code; 0 if the request failed, also if that was after the headers. */
  @HostAccess.Export
  public int status() {
    return exchange.failure() == null ? reply.status() : 0;
  }

  /** The status code as received; 0 if none was. */
  @HostAccess.Export
  public int receivedStatus() {
    return reply == null ? 0 : reply.status();
  }

  /** Whether the status is a failed request in the statistics. */
  @HostAccess.Export
  public boolean statusFailed() {
    return flavor.failed(reply.status());
  }

  /** Time of the whole exchange in milliseconds. */
  @HostAccess.Export
  public double millis() {
    return exchange.responseNanos() / 1e6;
  }

  /** When it began, in epoch seconds. */
  @HostAccess.Export
  public double startTime() {
    return exchange.startTime();
  }

  /** Bytes of the decoded body; of a streamed one what was announced, or 0; of one that is too large what had come. */
  @HostAccess.Export
  public long length() {
    Failure failure = exchange.failure();
    if (failure != null) {
      return failure.kind() == Failure.Kind.BODY_TOO_LARGE ? failure.bytesRead() : 0;
    }
    return call.streamed() ? Math.max(0, reply.announcedLength()) : reply.body().length;
  }

  /**
   * URL of the first request, quoted. Of one that failed, for requests' part, the last: there the failure names the request that
   * failed; not if it failed in the body.
   */
  @HostAccess.Export
  public String url() {
    Failure failure = exchange.failure();
    boolean last = failure != null && flavor == HttpFlavor.REQUESTS && !failure.kind().inBody();
    return last ? failure.url() : exchange.url();
  }

  /** URL of the first request as the script gave it, with the host. */
  @HostAccess.Export
  public String givenUrl() {
    return call.url();
  }

  /** Path and query of {@link #url}: the usual name in the statistics. */
  @HostAccess.Export
  public String pathUrl() {
    return pathOf(url());
  }

  private static String pathOf(String url) {
    int authority = url.indexOf("://");
    int start = authority < 0 ? 0 : url.indexOf('/', authority + 3);
    if (start < 0) {
      return "/";
    }
    int end = url.indexOf('#', start);
    return end < 0 ? url.substring(start) : url.substring(start, end);
  }

  String error(String name) {
    return flavor.failed(reply.status())
        ? flavor.statusError(reply.status(), reply.reason(), name == null ? pathUrl() : name)
        : null;
  }

  /**
   * Puts this request into the statistics.
   *
   * @param name the row, null for the path
   * @param error repr of the exception, or null for a success
   */
  @HostAccess.Export
  public void record(String method, String name, String error) {
    bridge.recorder().record(method, name == null ? pathUrl() : name, exchange.responseNanos(), length(), error);
  }

  @HostAccess.Export
  public String reason() {
    return reply.reason();
  }

  /** 10 or 11. */
  @HostAccess.Export
  public int httpVersion() {
    return reply.version();
  }

  @HostAccess.Export
  public String finalUrl() {
    return reply.url();
  }

  @HostAccess.Export
  public long elapsedNanos() {
    return reply.elapsedNanos();
  }

  /** Name and value lines. */
  @HostAccess.Export
  public String headerText() {
    return String.join("\n", reply.headers());
  }

  /** The encoding requests would assume, or null. */
  @HostAccess.Export
  public String encoding() {
    return reply.encoding();
  }

  @HostAccess.Export
  public String text() {
    return reply.text();
  }

  /** The text to parse as JSON: without a known encoding it is looked for in the first bytes. */
  @HostAccess.Export
  public String jsonText() {
    return reply.encoding() == null ? JsonEncoding.decode(reply.body()) : reply.text();
  }

  @HostAccess.Export
  public String contentLatin1() {
    return new String(reply.body(), StandardCharsets.ISO_8859_1);
  }

  /** The cookies this reply has set. */
  @HostAccess.Export
  public BridgeCookies cookies() {
    return BridgeCookies.of(reply.cookies());
  }

  /** How many redirects were followed. */
  @HostAccess.Export
  public int hopCount() {
    return reply == exchange.reply() ? exchange.history().size() : 0;
  }

  /** One of them, 0 being the first. */
  @HostAccess.Export
  public BridgeReply hop(int index) {
    return new BridgeReply(bridge, flavor, call, exchange, exchange.history().get(index), textBody);
  }

  @HostAccess.Export
  public String requestMethod() {
    return reply.method();
  }

  /** Name and value lines as sent. */
  @HostAccess.Export
  public String requestHeaderText() {
    return String.join("\n", reply.requestHeaders());
  }

  /** The body as sent, or null for none. */
  @HostAccess.Export
  public String requestBodyLatin1() {
    byte[] body = reply.requestBody();
    return body == null || body.length == 0 ? null : new String(body, StandardCharsets.ISO_8859_1);
  }

  /** Whether the script gave the body as text. */
  @HostAccess.Export
  public boolean requestBodyIsText() {
    return textBody;
  }

  /**
   * Decoded bytes of a streamed body; blocks.
   *
   * @param size at most so many; 0 = what comes first, negative = all that is left
   * @return Latin-1 text; null at the end, when it broke (then there is a failure) and when the thread was killed
   */
  @HostAccess.Export
  public String read(int size) {
    return read(size, true);
  }

  /** As {@link #read(int)}, bytes as the server has sent them; whoever reads first decides. */
  @HostAccess.Export
  public String readAsSent(int size) {
    return read(size, false);
  }

  private String read(int size, boolean decode) {
    PythonThread self = PythonThread.current();
    bridge.gate().leave();
    try {
      if (self != null) {
        self.wakeWith(call::abort);
      }
      return size < 0 ? decode ? latin1(exchange.readRest()) : fill(Integer.MAX_VALUE, false)
          : size == 0 ? latin1(exchange.read(FIRST_READ_BYTES, decode)) : fill(size, decode);
    } finally {
      if (self != null) {
        self.wakeWith(null);
      }
      bridge.gate().enter();
    }
  }

  /** Reads until `size` bytes are there, as urllib3 does. */
  private String fill(int size, boolean decode) {
    StringBuilder all = new StringBuilder();
    while (all.length() < size) {
      byte[] more = exchange.read(Math.min(size - all.length(), MOST_READ_BYTES), decode);
      if (more == null || more.length == 0) {
        break;
      }
      all.append(latin1(more));
    }
    return all.isEmpty() ? null : all.toString();
  }

  private static String latin1(byte[] bytes) {
    return bytes == null || bytes.length == 0 ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Gives up what is left of a streamed body. */
  @HostAccess.Export
  public void close() {
    exchange.close();
  }

  /** Why it failed, as the name of a {@link Failure.Kind}, or null. The other failure methods need one. */
  @HostAccess.Export
  public String failureKind() {
    Failure failure = exchange.failure();
    return failure == null ? null : failure.kind().name();
  }

  @HostAccess.Export
  public String failureMessage() {
    return exchange.failure().message();
  }

  @HostAccess.Export
  public String failureHost() {
    return exchange.failure().host();
  }

  @HostAccess.Export
  public int failurePort() {
    return exchange.failure().port();
  }

  @HostAccess.Export
  public int failureErrno() {
    return exchange.failure().errno();
  }

  @HostAccess.Export
  public long failureBytesRead() {
    return exchange.failure().bytesRead();
  }

  @HostAccess.Export
  public long failureBytesMissing() {
    return exchange.failure().bytesMissing();
  }

  /** URL of the hop that failed. */
  @HostAccess.Export
  public String failureUrl() {
    return exchange.failure().url();
  }

  @HostAccess.Export
  public String failurePathUrl() {
    return pathOf(exchange.failure().url());
  }
}
