package io.katydid.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * The bytes of one request as HttpCore's writer sends them: head, and the body if it is in memory, so that a small
 * request leaves in one write. One per connection, refilled for each request by the thread that holds the connection; not
 * if it is to be the same as the one before.
 */
final class RawRequest extends BasicClassicHttpRequest {
  private static final long serialVersionUID = 1;
  private static final int SMALL_BODY_BYTES = 8 * 1024;
  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

  static final HttpMessageWriter<ClassicHttpRequest> WRITER = RawRequest::write;

  private transient byte[] head = new byte[256];
  private transient int length;
  private transient byte[] largeBody;
  private long sourceLength;
  private boolean closes;
  /** What has been filled in without a body; null = there is a body, or something was wrong. */
  private transient String[] filledHeaders;
  private String filledMethod;
  private String filledTarget;

  RawRequest() {
    super("GET", "/");
  }

  /**
   * Fills in the request.
   *
   * @param sourceLength length of a body that HttpCore streams afterwards, -1 for chunked
   * @throws CallFailed INVALID_HEADER if a header could be taken for two
   */
  void fill(String method, String target, String[] headers, byte[] body, long sourceLength) throws CallFailed {
    this.sourceLength = sourceLength;
    if (body == null && isFilledWith(method, target, headers)) {
      return;
    }
    filledHeaders = null;
    closes = false;
    length = 0;
    put(method, "method");
    put((byte) ' ');
    put(target, "URL");
    put(VERSION);
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].isEmpty()) {
        throw new CallFailed(Failure.Kind.INVALID_HEADER, "Invalid header: a header needs a name.");
      }
      put(headers[i], headers[i]);
      put((byte) ':');
      put((byte) ' ');
      put(headers[i + 1], headers[i]);
      put((byte) '\r');
      put((byte) '\n');
      closes |= headers[i].length() == 10 && headers[i].equalsIgnoreCase("connection")
          && headers[i + 1].equalsIgnoreCase("close");
    }
    put((byte) '\r');
    put((byte) '\n');
    largeBody = body;
    if (body != null && body.length <= SMALL_BODY_BYTES) {
      put(body);
      largeBody = null;
    }
    if (body == null) {
      filledHeaders = headers;
      filledMethod = method;
      filledTarget = target;
    }
  }

  /** Whether the same has been filled in. A session has one array for all requests with the same plain headers. */
  private boolean isFilledWith(String method, String target, String[] headers) {
    return filledHeaders == headers && target.equals(filledTarget) && method.equals(filledMethod);
  }

  /** Whether the request asks for the connection to be closed after the reply. */
  boolean closes() {
    return closes;
  }

  long sourceLength() {
    return sourceLength;
  }

  private void put(String text, String what) throws CallFailed {
    int n = text.length();
    reserve(n);
    byte[] to = head;
    int at = length;
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c > 0xff) {
        length = at;
        String rest = text.substring(i);
        if (rest.indexOf('\r') >= 0 || rest.indexOf('\n') >= 0) {
          throw twoLines(text, what);
        }
        put(rest.getBytes(StandardCharsets.UTF_8));
        return;
      }
      if (c == '\r' || c == '\n') {
        throw twoLines(text, what);
      }
      to[at++] = (byte) c;
    }
    length = at;
  }

  private static CallFailed twoLines(String text, String what) {
    return new CallFailed(Failure.Kind.INVALID_HEADER,
        "Invalid leading whitespace, reserved character(s), or return character(s) in header value: "
            + PythonText.repr(text) + " (" + what + ")");
  }

  private void put(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, head, length, bytes.length);
    length += bytes.length;
  }

  private void put(byte b) {
    reserve(1);
    head[length++] = b;
  }

  private void reserve(int bytes) {
    if (head.length - length < bytes) {
      head = Arrays.copyOf(head, Math.max(head.length * 2, length + bytes));
    }
  }

  private static void write(ClassicHttpRequest message, SessionOutputBuffer buffer, OutputStream out)
      throws IOException {
    RawRequest request = (RawRequest) message;
    buffer.write(request.head, 0, request.length, out);
    if (request.largeBody != null) {
      buffer.write(request.largeBody, 0, request.largeBody.length, out);
      request.largeBody = null;
    }
  }
}
