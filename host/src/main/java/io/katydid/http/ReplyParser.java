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

  /** Longest line, in bytes. */
  static final int MAX_LINE_BYTES = 65536;

  private static final int ROOM_FOR_HEADERS = 32;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  /** After so many heads in a row that were none of those kept, only each 64th is kept. */
  private static final int HOPELESS_AFTER = 8;

  /** What the connection is read from, to look ahead; null if what comes from there has to be decrypted first. */
  private final ReadAheadSocket plain;
  private final CharArrayBuffer line = new CharArrayBuffer(128);
  private final KeptHeads heads;
  private SessionInputBuffer buffer;
  private boolean began;
  private int differentHeads;

  ReplyParser(ReadAheadSocket plain, KeptHeads heads) {
    this.plain = plain;
    this.heads = heads;
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
    if (head != null && reply != null) {
      heads.keep(head, new RawReply(reply));
    }
    return reply;
  }

  private RawReply read(SessionInputBuffer in, InputStream stream) throws IOException {
    RawReply like = heads.like();
    line.clear();
    if (readLine(in, stream, "status line") < 0) {
      return null;
    }
    began = true;
    int versionEnd = indexOf(' ', 0);
    int version = version(versionEnd);
    int codeStart = skipSpaces(versionEnd);
    int status = status(codeStart);
    int reasonStart = skipSpaces(codeStart + 3);
    String reason = same(reasonStart, line.length(), like.reason)
        ? like.reason : line.substringTrimmed(reasonStart, line.length());
    RawReply reply = new RawReply(status, reason, version, readHeaders(in, stream, like.headers));
    if (reply.headers != like.headers) {
      // A copy, as where a head is kept: the reply itself holds its body.
      heads.like(new RawReply(reply));
    }
    return reply;
  }

  private int version(int end) throws CallFailed {
    if (!startsWith("HTTP/")) {
      throw notHttp();
    } else if (startsWith("HTTP/1.0") || startsWith("HTTP/0.9")) {
      return 10;
    } else if (startsWith("HTTP/1.")) {
      return 11;
    }
    throw new CallFailed(Failure.Kind.NOT_HTTP, line.substring(0, end));
  }

  private int status(int from) throws CallFailed {
    int code = 0;
    int i = from;
    while (i < line.length() && i < from + 4 && line.charAt(i) >= '0' && line.charAt(i) <= '9') {
      code = code * 10 + line.charAt(i++) - '0';
    }
    if (code < 100 || code > 999 || i < line.length() && line.charAt(i) != ' ') {
      throw notHttp();
    }
    return code;
  }

  private CallFailed notHttp() {
    return new CallFailed(Failure.Kind.NOT_HTTP, line.substring(0, Math.min(line.length(), 4096)) + "\r\n");
  }

  private String[] readHeaders(SessionInputBuffer in, InputStream stream, String[] like) throws IOException {
    String[] found = new String[Math.max(ROOM_FOR_HEADERS, like.length)];
    int size = 0;
    boolean alike = true;
    for (int lines = 0; ; lines++) {
      line.clear();
      if (readLine(in, stream, "header line") <= 0) {
        break;
      }
      if (lines == MAX_HEADERS) {
        throw new CallFailed(Failure.Kind.HEADERS_TOO_LARGE, "got more than " + MAX_HEADERS + " headers");
      }
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        if (size > 0) {
          alike = false;
          found[size - 1] = found[size - 1] + " " + line.substringTrimmed(0, line.length());
        }
        continue;
      }
      int colon = indexOf(':', 0);
      if (colon == 0 || colon == line.length()) {
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
      found[size] = same(0, nameEnd, likeName) ? likeName : line.substring(0, nameEnd);
      found[size + 1] = same(valueStart, line.length(), likeValue)
          ? likeValue : line.substringTrimmed(valueStart, line.length());
      alike &= found[size] == likeName && found[size + 1] == likeValue;
      size += 2;
    }
    return alike && size == like.length ? like : Arrays.copyOf(found, size);
  }

  private int readLine(SessionInputBuffer in, InputStream stream, String what) throws IOException {
    try {
      return in.readLine(line, stream);
    } catch (MessageConstraintException e) {
      throw new CallFailed(Failure.Kind.HEADERS_TOO_LARGE,
          "got more than " + MAX_LINE_BYTES + " bytes when reading " + what);
    }
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
