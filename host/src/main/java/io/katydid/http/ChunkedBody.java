package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * A body sent in chunks, without their framing, read as Python's clients read it and with their words when it is wrong. Belongs to the
 * thread that holds the connection.
 */
final class ChunkedBody extends InputStream {
  private static final int MAX_LINE_BYTES = 65536;
  private static final int MAX_TRAILERS = 1000;
  /** requests reads a body in such pieces: what is missing of a chunk is counted to the end of the piece. */
  private static final int PIECE_BYTES = 10 * 1024;
  private static final int NONE = -1;
  // Numbers of llhttp's errors, which geventhttpclient shows.
  private static final int EXPECTED_LF = 2;
  private static final int INVALID_CHUNK_SIZE = 12;
  private static final int STRICT = 25;
  private static final int MOST_DIGITS = 16;

  private final SessionInputBuffer buffer;
  private final InputStream source;
  private final boolean strict;
  private final StringBuilder line = new StringBuilder(16);
  /** Bytes of the present chunk that are still due; {@link #NONE} before the first chunk and after the last. */
  private long left = NONE;
  private long chunkRead;
  private boolean began;
  private boolean ended;

  /** @param strict as llhttp reads it for geventhttpclient, and with its words; otherwise as urllib3 does */
  ChunkedBody(SessionInputBuffer buffer, InputStream source, boolean strict) {
    this.strict = strict;
    this.buffer = buffer;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int n) throws IOException {
    if (n == 0) {
      return 0;
    } else if (left <= 0 && !nextChunk()) {
      return -1;
    }
    int got = buffer.read(target, from, (int) Math.min(n, left), source);
    if (got < 0) {
      throw cut();
    }
    left -= got;
    chunkRead += got;
    return got;
  }

  private CutBody cut() {
    long inPiece = chunkRead % PIECE_BYTES;
    return new CutBody(inPiece, Math.min(left, PIECE_BYTES - inPiece));
  }

  /** Goes on to the data of the next chunk; false at the end of the body. */
  private boolean nextChunk() throws IOException {
    if (ended) {
      return false;
    }
    if (began) {
      // Two bytes, whatever they are: a chunk that is longer or shorter than it says shows in the next line.
      for (int i = 0; i < 2; i++) {
        int b = buffer.read(source);
        if (b < 0) {
          throw new CutBody(i, 2 - i);
        } else if (strict && b != (i == 0 ? '\r' : '\n')) {
          throw i == 0 ? bad("Missing expected CR after chunk data", STRICT)
              : bad("Expected LF after chunk data", EXPECTED_LF);
        }
      }
    }
    began = true;
    readLine();
    left = length();
    chunkRead = 0;
    if (left > 0) {
      return true;
    }
    skipTrailers();
    ended = true;
    left = NONE;
    return false;
  }

  private void skipTrailers() throws IOException {
    for (int i = 0; i < MAX_TRAILERS; i++) {
      readLine();
      if (line.isEmpty() || isEmptyLine()) {
        return;
      }
    }
    throw bad("More than " + MAX_TRAILERS + " lines after the last chunk", 0);
  }

  private boolean isEmptyLine() {
    return line.length() <= 2 && line.charAt(line.length() - 1) == '\n' && (line.length() == 1 || line.charAt(0) == '\r');
  }

  /** The next line with its end, which is missing if nothing follows. */
  private void readLine() throws IOException {
    line.setLength(0);
    int b = 0;
    while (b != '\n') {
      b = buffer.read(source);
      if (b < 0) {
        return;
      } else if (line.length() == MAX_LINE_BYTES) {
        throw bad("Response chunk size line exceeded maximum allowed length", 0);
      }
      line.append((char) b);
    }
  }

  /** The length in the line, as Python's int() takes it: with spaces around, a plus, a prefix, underscores between digits. */
  private long length() throws IOException {
    if (line.isEmpty()) {
      throw strict ? new CutBody(0, 1) : bad("Response ended prematurely", 0);
    }
    int semicolon = line.indexOf(";");
    String given = semicolon < 0 ? line.toString() : line.substring(0, semicolon);
    if (strict) {
      return strictLength(semicolon < 0 && given.endsWith("\r\n") ? given.substring(0, given.length() - 2) : given);
    }
    String text = given.strip();
    if (text.startsWith("+")) {
      text = text.substring(1);
    }
    if (text.startsWith("0x") || text.startsWith("0X")) {
      text = text.substring(2);
    }
    long length = 0;
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c < 0x80 ? Character.digit(c, 16) : -1;
      if (value < 0 && !(c == '_' && digit && i + 1 < text.length())) {
        throw invalid(given);
      }
      digit = value >= 0;
      if (digit) {
        // More than anybody sends is as good as endless.
        length = length > Long.MAX_VALUE >> 5 ? Long.MAX_VALUE >> 4 : length * 16 + value;
      }
    }
    if (!digit) {
      throw invalid(given);
    }
    return length;
  }

  private static long strictLength(String given) throws CallFailed {
    for (int i = 0; i < given.length(); i++) {
      if (given.charAt(i) >= 0x80 || Character.digit(given.charAt(i), 16) < 0) {
        throw bad("Invalid character in chunk size", INVALID_CHUNK_SIZE);
      }
    }
    if (given.isEmpty()) {
      throw bad("Invalid character in chunk size", INVALID_CHUNK_SIZE);
    }
    String digits = given.replaceFirst("^0+(?=.)", "");
    if (digits.length() > MOST_DIGITS) {
      throw bad("Chunk size overflow", INVALID_CHUNK_SIZE);
    }
    return Long.parseUnsignedLong(digits, 16) < 0 ? Long.MAX_VALUE : Long.parseUnsignedLong(digits, 16);
  }

  private static CallFailed bad(String message, int number) {
    return new CallFailed(Failure.Kind.BAD_CHUNK, message, number);
  }

  private static CallFailed invalid(String given) {
    byte[] bytes = given.getBytes(StandardCharsets.ISO_8859_1);
    return new CallFailed(Failure.Kind.BAD_CHUNK,
        "InvalidChunkLength(got length " + PythonText.bytesRepr(bytes) + ", 0 bytes read)");
  }
}
