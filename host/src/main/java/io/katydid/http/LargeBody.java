package io.katydid.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A body of a megabyte and more while it is read, in pieces that are made as its bytes come: what a server announces, or could
 * send, costs nothing. Belongs to the thread that reads, which closes it.
 */
final class LargeBody implements AutoCloseable {
  /** From this size on a body is kept here, and the size of a piece. */
  static final int FROM_BYTES = 1024 * 1024;

  private final BodyLimit limit;
  private final List<byte[]> pieces = new ArrayList<>();
  private long size;
  private long taken;

  LargeBody(BodyLimit limit) {
    this.limit = limit;
  }

  /** How much has come. */
  long size() {
    return size;
  }

  /** What has been read before, `n` bytes of it. Not copied. */
  void begin(byte[] first, int n) throws CallFailed {
    take(first.length);
    pieces.add(first.length == n ? first : Arrays.copyOf(first, n));
    size = n;
  }

  /**
   * Reads to the end.
   *
   * @throws CallFailed BODY_TOO_LARGE
   */
  void readAll(InputStream in) throws IOException {
    byte[] piece = null;
    int used = 0;
    while (true) {
      if (piece == null) {
        take(FROM_BYTES);
        piece = new byte[FROM_BYTES];
        used = 0;
      }
      int n = in.read(piece, used, piece.length - used);
      if (n < 0) {
        break;
      }
      used += n;
      size += n;
      if (size > limit.maxBytes()) {
        throw tooLarge(limit.maxBytes());
      }
      if (used == piece.length) {
        pieces.add(piece);
        piece = null;
      }
    }
    if (used > 0) {
      pieces.add(Arrays.copyOf(piece, used));
    }
  }

  /** The body in one piece. */
  byte[] toArray() throws CallFailed {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    } else if (pieces.isEmpty()) {
      return new byte[0];
    }
    take(size);
    byte[] all = new byte[(int) size];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  private void take(long bytes) throws CallFailed {
    if (!limit.memory().take(bytes)) {
      throw new CallFailed(Failure.Kind.BODY_TOO_LARGE, "The bodies that are being read take more memory than there is for them, "
          + megabytes(limit.memory().most()) + ", a quarter of the heap.");
    }
    taken += bytes;
  }

  /** The same text for each, so that they are one row of the failures. */
  static CallFailed tooLarge(int maxBytes) {
    return new CallFailed(Failure.Kind.BODY_TOO_LARGE,
        "The body is larger than " + megabytes(maxBytes) + ", the limit that --max-response-mb sets.");
  }

  private static String megabytes(long bytes) {
    return bytes % FROM_BYTES == 0 || bytes > 100L * FROM_BYTES ? bytes / FROM_BYTES + " MB" : bytes + " bytes";
  }

  @Override
  public void close() {
    limit.memory().giveBack(taken);
    taken = 0;
  }
}
