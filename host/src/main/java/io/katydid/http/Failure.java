package io.katydid.http;

/**
 * Why an exchange has no proper reply, with the facts Python's exceptions are made of. Plain data.
 *
 * @param kind what happened
 * @param message one sentence, worded as the matching Python exception's argument where there is one
 * @param url the URL of the hop that failed (as sent, so quoted)
 * @param host host of that URL, or ""
 * @param port port of that URL, or 0
 * @param errno number of the operating system's error, of getaddrinfo for {@link Kind#DNS}, or 0
 * @param bytesRead bytes of the body that had arrived ({@link Kind#BROKEN_BODY})
 * @param bytesMissing bytes that were still expected, or -1 if unknown
 * @param timeoutMs the limit that was exceeded, or 0
 */
public record Failure(Kind kind, String message, String url, String host, int port, int errno, long bytesRead,
    long bytesMissing, int timeoutMs) {

  /** What happened, and between brackets the innermost Python exception it corresponds to. */
  public enum Kind {
    /** Nobody listens (ConnectionRefusedError). */
    REFUSED,
    /** The name has no address (socket.gaierror). */
    DNS,
    /** Connecting failed in another way: no route, network unreachable (OSError). */
    UNREACHABLE,
    /** No connection in time (ConnectTimeout). */
    CONNECT_TIMEOUT,
    /** No byte of the reply's head in time (ReadTimeout). */
    READ_TIMEOUT,
    /** No byte of the body in time (ConnectionError with ReadTimeoutError). */
    READ_TIMEOUT_IN_BODY,
    /** The connection broke (ConnectionResetError, BrokenPipeError: 'Connection aborted.'). */
    RESET,
    /** The connection broke in the body (ChunkedEncodingError with ConnectionResetError: 'Connection broken'). */
    RESET_IN_BODY,
    /** The server closed without a reply ('Connection aborted.', RemoteDisconnected). */
    CLOSED,
    /** The body ended early (ChunkedEncodingError with IncompleteRead). */
    BROKEN_BODY,
    /** Not a chunk where one was due (ChunkedEncodingError, with InvalidChunkLength if the message begins with it). */
    BAD_CHUNK,
    /** Headers of the reply contradict each other (InvalidHeader). */
    BAD_REPLY_HEADER,
    /** The reply is not HTTP (BadStatusLine; the message is the line). */
    NOT_HTTP,
    /** The reply is of a version of HTTP that nobody knows here (UnknownProtocol; the message is the version). */
    UNKNOWN_VERSION,
    /** A header line, or all of them, are longer than we accept (LineTooLong, HTTPException). */
    HEADERS_TOO_LARGE,
    /** The body cannot be decompressed (ContentDecodingError). */
    BAD_ENCODING,
    /** The body is larger than the session allows; requests has no such limit. */
    BODY_TOO_LARGE,
    /** Redirects without end (TooManyRedirects). */
    TOO_MANY_REDIRECTS,
    /** A redirect leads to a URL of another scheme (InvalidSchema). */
    REDIRECT_SCHEMA,
    /** A redirect leads to something that is no URL (ValueError). */
    REDIRECT_URL,
    /** A redirect asks for a streamed body again (UnrewindableBodyError). */
    UNREWINDABLE,
    /** Handshake or certificate (SSLError). */
    TLS,
    /** A certificate, key or CA file cannot be used (OSError). */
    TLS_FILE,
    /** The proxy refused or cannot be used (ProxyError). */
    PROXY,
    /** URL without scheme (MissingSchema). */
    MISSING_SCHEMA,
    /** URL of another scheme (InvalidSchema). */
    INVALID_SCHEMA,
    /** URL without host or with a bad one (InvalidURL). */
    INVALID_URL,
    /** A header with a line break or without a name (InvalidHeader). */
    INVALID_HEADER,
    /** The source of a streamed upload failed; the message is the cause's. */
    SOURCE,
    /** The call was aborted (GreenletExit). */
    KILLED;

    /** Whether it came after the head of the reply, in its body. */
    public boolean inBody() {
      return switch (this) {
        case BROKEN_BODY, BAD_CHUNK, RESET_IN_BODY, READ_TIMEOUT_IN_BODY, BAD_ENCODING, BODY_TOO_LARGE -> true;
        default -> false;
      };
    }
  }
}
