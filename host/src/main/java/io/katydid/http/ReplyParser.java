package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads status line and headers as leniently as Python's http.client: any 1.x version, lines without a colon skipped,
 * folded lines joined, Latin-1. One per connection.
 *
 * <p>Most replies of a server repeat another, if not in all then in many lines: a head that is one of the {@link KeptHeads}, and
 * comes in one piece, is only compared, and others share the lines that the last one had in the same place.
 */
final class ReplyParser implements HttpMessageParser<ClassicHttpResponse> {
  /** More header lines than this are an attack or a bug. */
  static final int MAX_HEADERS = 1000;

  /** Longest line, in bytes, for requests. */
  private static final int MAX_LINE_BYTES = 65536;

  /** Longest line for anybody. */
  static final int MAX_LINE_BYTES_OF_ALL = 1024 * 1024;

  // Numbers of llhttp's errors, which geventhttpclient shows.
  private static final int EXPECTED_LF = 3;
  private static final int INVALID_CONSTANT = 8;
  private static final int INVALID_VERSION = 9;
  private static final int INVALID_HEADER = 10;
  private static final int INVALID_STATUS = 13;
  private static final int INVALID_END = 14;
  private static final int PAUSED_UPGRADE = 22;
  private static final int UNEXPECTED_SPACE = 30;
  private static final int VERSION_DOT_AT = 6;

  private static final int ROOM_FOR_HEADERS = 32;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  /** After so many heads in a row that were none of those kept, only each 64th is kept. */
  private static final int HOPELESS_AFTER = 8;

  /** What the connection is read from, to look ahead; null if what comes from there has to be decrypted first. */
  private final ReadAheadSocket plain;
  private final CharArrayBuffer line = new CharArrayBuffer(128);
  private final KeptHeads heads;
  private final ClientRules rules;
  private SessionInputBuffer buffer;
  private boolean began;
  private int differentHeads;
  /** What llhttp would say about the head that is being read; null = nothing. */
  private CallFailed strictly;

  ReplyParser(ReadAheadSocket plain, KeptHeads heads, ClientRules rules) {
    this.plain = plain;
    this.heads = heads;
    this.rules = rules;
  }

  /** Whether the server has sent bytes that nobody asked for. */
  boolean leftOver() {
    return buffer != null && buffer.length() > 0 || plain != null && plain.unreadBytes() > 0;
  }

  /** A request is about to be sent: from now on {@link #silent} speaks of its reply. */
  void expectReply() {
    began = false;
  }

  /** Whether not a single byte of the reply has arrived. */
  boolean silent() {
    return !began && !leftOver();
  }

  /** The next reply head, or null if the server closed before its first byte. */
  @Override
  public RawReply parse(SessionInputBuffer in, InputStream stream) throws IOException {
    if (buffer != in) {
      // Not written for nothing: docs/design/http.md, What thousands of connections cost the collector.
      buffer = in;
    }
    KeptHeads.Recent known = heads.recent();
    boolean whole = plain != null && in.length() == 0;
    if (whole) {
      // Of a server whose heads are all different the newest will do, to notice if that changes.
      int tries = Math.min(known.heads().length, differentHeads < HOPELESS_AFTER ? Integer.MAX_VALUE : 1);
      int found = plain.readIfNext(known.heads(), tries);
      if (found >= 0) {
        began = true;
        differentHeads = 0;
        return new RawReply(known.replies()[found]);
      }
      differentHeads++;
    }
    boolean keep = whole && (differentHeads < HOPELESS_AFTER || differentHeads % 64 == 0);
    byte[] head = keep ? plain.peekUntil(END_OF_HEAD, KeptHeads.MOST_BYTES) : null;
    RawReply reply = read(in, stream);
    if (head != null && reply != null && reply.problem() == ReplyProblem.NONE && endsWithItsLines(head)) {
      heads.keep(head, new RawReply(reply));
    }
    if (reply != null) {
      reply.problem().check(rules);
    }
    return reply;
  }

  /** Whether all lines end with CR LF: with LF alone the head may have ended before, and the rest is of a body. */
  private static boolean endsWithItsLines(byte[] head) {
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n' && (i == 0 || head[i - 1] != '\r')) {
        return false;
      }
    }
    return true;
  }

  private RawReply read(SessionInputBuffer in, InputStream stream) throws IOException {
    RawReply like = heads.like();
    line.clear();
    if (readLine(in, stream, "status line") < 0) {
      return null;
    }
    began = true;
    strictly = null;
    int versionEnd = indexOf(' ', 0);
    int version = version(versionEnd);
    int codeStart = skipSpaces(versionEnd);
    int status = status(codeStart);
    int reasonStart = skipSpaces(codeStart + 3);
    String reason = same(reasonStart, line.length(), like.reason)
        ? like.reason : line.substringTrimmed(reasonStart, line.length());
    RawReply reply = new RawReply(status, reason, version, readHeaders(in, stream, like.headers));
    if (status == 101) {
      wrong("Pause on CONNECT/Upgrade", PAUSED_UPGRADE);
    }
    if (strictly != null) {
      reply.wrongForGevent(strictly);
    } else if (reply.headers != like.headers && reply.problem() == ReplyProblem.NONE) {
      // A copy, as where a head is kept: the reply itself holds its body.
      heads.like(new RawReply(reply));
    }
    return reply;
  }

  private int version(int end) throws CallFailed {
    if (!startsWith("HTTP/")) {
      throw notHttp("Expected HTTP/, RTSP/ or ICE/", INVALID_CONSTANT);
    } else if (startsWith("HTTP/1.0") || startsWith("HTTP/0.9")) {
      return 10;
    } else if (startsWith("HTTP/1.")) {
      return 11;
    }
    if (rules == ClientRules.REQUESTS) {
      status(skipSpaces(end));
    }
    boolean dot = line.length() > VERSION_DOT_AT && line.charAt(VERSION_DOT_AT) == '.';
    throw rules == ClientRules.REQUESTS ? new CallFailed(Failure.Kind.UNKNOWN_VERSION, line.substring(0, end))
        : notHttp(dot ? "Invalid HTTP version" : "Expected dot", INVALID_VERSION);
  }

  private int status(int from) throws CallFailed {
    int code = 0;
    int i = from;
    while (i < line.length() && i < from + 4 && line.charAt(i) >= '0' && line.charAt(i) <= '9') {
      code = code * 10 + line.charAt(i++) - '0';
    }
    if (code < 100 || code > 999 || i < line.length() && line.charAt(i) != ' ') {
      throw from == line.length() ? notHttp("Expected space after version", INVALID_VERSION)
          : notHttp(code > 99 ? "Invalid response status" : "Invalid status code", INVALID_STATUS);
    }
    return code;
  }

  /** The line is not what a reply begins with. http.client shows it; llhttp says what is wrong with it. */
  private CallFailed notHttp(String wrong, int number) {
    return rules == ClientRules.GEVENT ? new CallFailed(Failure.Kind.NOT_HTTP, wrong, number)
        : new CallFailed(Failure.Kind.NOT_HTTP, line.substring(0, Math.min(line.length(), 4096)) + "\r\n");
  }

  /** Something that http.client does not mind and llhttp does. */
  private void wrong(String what, int number) {
    if (strictly == null) {
      strictly = new CallFailed(Failure.Kind.BAD_REPLY_HEADER, what, number);
    }
  }

  /** Looks for characters that llhttp allows in no value. */
  private void checkValue(int from) {
    char[] chars = line.array();
    for (int i = from; i < line.length(); i++) {
      char c = chars[i];
      if (c == '\r') {
        wrong("Missing expected LF after header value", EXPECTED_LF);
      } else if (c < 0x20 && c != '\t' || c == 0x7f) {
        wrong("Invalid header value char", INVALID_HEADER);
      }
    }
  }

  private String[] readHeaders(SessionInputBuffer in, InputStream stream, String[] like) throws IOException {
    String[] found = new String[Math.max(ROOM_FOR_HEADERS, like.length)];
    int size = 0;
    boolean alike = true;
    for (int lines = 0; ; lines++) {
      line.clear();
      int length = readLine(in, stream, "header line");
      if (length < 0 && rules == ClientRules.GEVENT) {
        throw new CallFailed(Failure.Kind.NOT_HTTP, "Invalid EOF state", INVALID_END);
      } else if (length <= 0) {
        // Also at the end of the connection: http.client takes a head that is cut for a whole one.
        break;
      }
      if (lines == MAX_HEADERS) {
        throw new CallFailed(Failure.Kind.HEADERS_TOO_LARGE, "got more than " + MAX_HEADERS + " headers");
      }
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        if (size == 0) {
          wrong("Unexpected space after start line", UNEXPECTED_SPACE);
        } else {
          alike = false;
          found[size - 1] = found[size - 1] + " " + line.substringTrimmed(0, line.length());
        }
        continue;
      }
      int colon = indexOf(':', 0);
      if (colon == 0 || colon == line.length()) {
        wrong("Invalid header token", INVALID_HEADER);
        continue;
      }
      if (size == found.length) {
        found = Arrays.copyOf(found, size * 2);
      }
      int nameEnd = colon;
      while (nameEnd > 1 && line.charAt(nameEnd - 1) == ' ') {
        nameEnd--;
      }
      int valueStart = skipSpaces(colon + 1);
      String likeName = size < like.length ? like[size] : null;
      String likeValue = size < like.length ? like[size + 1] : null;
      if (nameEnd != colon) {
        wrong("Invalid header field char", INVALID_HEADER);
      }
      found[size] = same(0, nameEnd, likeName) ? likeName : line.substring(0, nameEnd);
      found[size + 1] = same(valueStart, line.length(), likeValue)
          ? likeValue : line.substringTrimmed(valueStart, line.length());
      if (found[size + 1] != likeValue) {
        checkValue(valueStart);
      }
      alike &= found[size] == likeName && found[size + 1] == likeValue;
      size += 2;
    }
    return alike && size == like.length ? like : Arrays.copyOf(found, size);
  }

  private int readLine(SessionInputBuffer in, InputStream stream, String what) throws IOException {
    int most = rules == ClientRules.REQUESTS ? MAX_LINE_BYTES : MAX_LINE_BYTES_OF_ALL;
    try {
      int n = in.readLine(line, stream);
      if (n <= most) {
        return n;
      }
    } catch (MessageConstraintException e) {
      assert most <= MAX_LINE_BYTES_OF_ALL;
    }
    throw new CallFailed(Failure.Kind.HEADERS_TOO_LARGE, "got more than " + most + " bytes when reading " + what);
  }

  private boolean startsWith(String text) {
    return line.length() >= text.length() && same(0, text.length(), text);
  }

  private boolean same(int from, int to, String text) {
    if (text == null || text.length() != to - from) {
      return false;
    }
    char[] chars = line.array();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != chars[from + i]) {
        return false;
      }
    }
    return true;
  }

  private int indexOf(char c, int from) {
    int i = line.indexOf(c, from, line.length());
    return i < 0 ? line.length() : i;
  }

  private int skipSpaces(int from) {
    int i = from;
    while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    return Math.min(i, line.length());
  }
}
