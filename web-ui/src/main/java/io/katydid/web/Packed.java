package io.katydid.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * A body that many clients will get, also as gzip: compressed once, and only if somebody takes it. Kept outside of the
 * heap, from where it is written to a socket without being copied. For what everybody may see and is asked for often;
 * called by any web thread.
 */
final class Packed {
  private final byte[] body;
  private ByteBuffer plain;
  private ByteBuffer gzip;

  Packed(byte[] body) {
    this.body = body;
  }

  /** A view of its own for each caller, as is {@link #gzip}. */
  synchronized ByteBuffer plain() {
    if (plain == null) {
      plain = outsideOfHeap(body);
    }
    return plain.duplicate();
  }

  synchronized ByteBuffer gzip() {
    if (gzip == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
      try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
        packing.write(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      gzip = outsideOfHeap(out.toByteArray());
    }
    return gzip.duplicate();
  }

  private static ByteBuffer outsideOfHeap(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** @param acceptEncoding the request's header, or null */
  static boolean wantedBy(String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String each : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
      String coding = each.replace(" ", "");
      if (coding.equals("gzip") || coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }
}
