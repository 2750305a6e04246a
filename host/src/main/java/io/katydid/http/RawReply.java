package io.katydid.http;

import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * Status line and headers of a reply as they came, with the few headers that steer the connection already understood.
 * Filled by {@link ReplyParser}, read by the thread that holds the connection.
 */
final class RawReply extends BasicClassicHttpResponse {
  private static final long serialVersionUID = 1;

  final String reason;
  final int version;
  /** Names and values in turn; shared by replies with the same head, and so never written. */
  final transient String[] headers;

  private long contentLength = -1;
  private boolean chunked;
  private boolean closeAsked;
  private boolean keepAliveAsked;
  private String contentEncoding;
  private String location;
  private boolean setsCookies;
  /** Values of Content-Length, several joined; null = none. */
  private String lengths;
  private ReplyProblem problem = ReplyProblem.NONE;

  /** @param version 10 for HTTP/1.0 and older, 11 for all other 1.x */
  RawReply(int status, String reason, int version, String[] headers) {
    super(status);
    this.reason = reason;
    this.version = version;
    this.headers = headers;
    for (int i = 0; i < headers.length; i += 2) {
      understand(headers[i], headers[i + 1]);
    }
    if (lengths != null) {
      contentLength = plainNumber(lengths);
      if (contentLength < 0 || chunked) {
        contentLength = ReplyProblem.length(lengths);
        problem = ReplyProblem.of(lengths, chunked);
      }
    }
  }

  /** Another reply with the same head. */
  RawReply(RawReply other) {
    super(other.getCode());
    reason = other.reason;
    version = other.version;
    headers = other.headers;
    contentLength = other.contentLength;
    chunked = other.chunked;
    closeAsked = other.closeAsked;
    keepAliveAsked = other.keepAliveAsked;
    contentEncoding = other.contentEncoding;
    location = other.location;
    setsCookies = other.setsCookies;
    lengths = other.lengths;
    problem = other.problem;
  }

  private void understand(String name, String value) {
    switch (name.length()) {
      case 8 -> {
        if (location == null && name.equalsIgnoreCase("location")) {
          location = value;
        }
      }
      case 10 -> {
        if (name.equalsIgnoreCase("connection")) {
          closeAsked |= contains(value, "close");
          keepAliveAsked |= contains(value, "keep-alive");
        } else if (name.equalsIgnoreCase("set-cookie")) {
          setsCookies = true;
        }
      }
      case 14 -> {
        if (name.equalsIgnoreCase("content-length")) {
          lengths = lengths == null ? value : lengths + ", " + value;
        }
      }
      case 16 -> {
        if (name.equalsIgnoreCase("content-encoding")) {
          contentEncoding = contentEncoding == null ? value : contentEncoding + ", " + value;
        }
      }
      case 17 -> {
        if (name.equalsIgnoreCase("transfer-encoding")) {
          chunked |= contains(value, "chunked");
        }
      }
      default -> { }
    }
  }

  private static boolean contains(String value, String token) {
    for (int i = 0; i + token.length() <= value.length(); i++) {
      if (value.regionMatches(true, i, token, 0, token.length())) {
        return true;
      }
    }
    return false;
  }

  /** A number that is nothing but digits, and not very many; else -1. */
  private static long plainNumber(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return -1;
    }
    long n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      n = n * 10 + c - '0';
    }
    return n;
  }

  /** geventhttpclient does not take it. */
  void wrongForGevent(CallFailed why) {
    problem = new ReplyProblem(problem.forRequests(), why);
  }

  /** What is wrong with the headers. */
  ReplyProblem problem() {
    return problem;
  }

  /** Length of the body as HttpCore wants it: 0 without one, CHUNKED, or UNDEFINED for "until the server closes". */
  long bodyLength(boolean head) {
    int status = getCode();
    if (head || status == 204 || status == 304 || status < 200) {
      return 0;
    } else if (chunked) {
      return ContentLengthStrategy.CHUNKED;
    }
    return contentLength >= 0 ? contentLength : ContentLengthStrategy.UNDEFINED;
  }

  /** Whether the server will take another request on this connection once the body is read. */
  boolean keepsAlive(boolean head) {
    return !closeAsked && (version >= 11 || keepAliveAsked)
        && bodyLength(head) != ContentLengthStrategy.UNDEFINED && getCode() != 101;
  }

  /** Value of Content-Length, or -1. */
  long contentLength() {
    return contentLength;
  }

  String contentEncoding() {
    return contentEncoding;
  }

  String location() {
    return location;
  }

  boolean setsCookies() {
    return setsCookies;
  }
}
