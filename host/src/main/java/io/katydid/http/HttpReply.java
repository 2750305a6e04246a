package io.katydid.http;

import java.util.List;

/**
 * One reply and the request it answers: the final one of an exchange, or one of the redirects before it. Immutable but
 * for the body, which is set before the exchange is handed out. Plain data; any thread.
 */
public final class HttpReply {
  private static final byte[] EMPTY = {};

  private final String method;
  private final Url url;
  private final String[] requestHeaders;
  private final byte[] requestBody;
  private final RawReply raw;
  private final String remoteAddress;
  private final long elapsedNanos;
  private byte[] body = EMPTY;
  private int rawLength;

  HttpReply(String method, Url url, String[] requestHeaders, byte[] requestBody, RawReply raw, String remoteAddress,
      long elapsedNanos) {
    this.method = method;
    this.url = url;
    this.requestHeaders = requestHeaders;
    this.requestBody = requestBody;
    this.raw = raw;
    this.remoteAddress = remoteAddress;
    this.elapsedNanos = elapsedNanos;
  }

  void body(byte[] decoded, int rawLength) {
    this.body = decoded;
    this.rawLength = rawLength;
  }

  public int status() {
    return raw.getCode();
  }

  public String reason() {
    return raw.reason;
  }

  /** 10 or 11, as `response.raw.version`. */
  public int version() {
    return raw.version;
  }

  /** Name, value, name, value ... as received: order, case and duplicates are kept. Not to be changed. */
  public String[] headers() {
    return raw.headers;
  }

  /** The value of a header; several are joined with ", " as requests does; null if there is none. */
  public String header(String name) {
    String found = null;
    String[] headers = raw.headers;
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        found = found == null ? headers[i + 1] : found + ", " + headers[i + 1];
      }
    }
    return found;
  }

  /** Where the reply says to go on, or null. */
  public String location() {
    return raw.location();
  }

  /** Content-Length as announced, or -1. What Locust counts for streamed replies. */
  public long announcedLength() {
    return raw.contentLength();
  }

  /** The decoded body; empty for a streamed one. Not to be changed. */
  public byte[] body() {
    return body;
  }

  /** Bytes of the body as they came over the wire, before decompression. */
  public int rawLength() {
    return rawLength;
  }

  /** requests' `response.encoding`, or null. */
  public String encoding() {
    return ReplyText.encoding(header("Content-Type"));
  }

  /** requests' `response.text`. Decoded anew at each call. */
  public String text() {
    return ReplyText.decode(body, encoding());
  }

  /** The cookies this reply sets, as `response.cookies`. */
  public List<Cookie> cookies() {
    if (!raw.setsCookies()) {
      return List.of();
    }
    CookieJar jar = new CookieJar();
    jar.store(url, raw.headers, System.currentTimeMillis() / 1000);
    return jar.list();
  }

  /** Method of the request. */
  public String method() {
    return method;
  }

  /** Quoted URL of the request, with its fragment. */
  public String url() {
    return url.text();
  }

  /** Headers as sent, in order. Not to be changed. */
  public String[] requestHeaders() {
    return requestHeaders;
  }

  /** Body as sent, or null for none and for a streamed one. */
  public byte[] requestBody() {
    return requestBody;
  }

  /** `host:port` of the server or proxy that answered. */
  public String remoteAddress() {
    return remoteAddress;
  }

  /** requests' `response.elapsed`: from sending this request until its headers were read, in nanoseconds. */
  public long elapsedNanos() {
    return elapsedNanos;
  }

  RawReply raw() {
    return raw;
  }

  Url parsedUrl() {
    return url;
  }
}
