package io.katydid.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * A body that many clients will get, also as gzip: compressed once, and only if somebody takes it. Kept outside of the
 * heap, from where it is written to a socket without being copied, together with its headers as bytes. For what
 * everybody may see and is asked for often; called by any web thread.
 */
final class Packed {
  private final byte[] body;
  private ByteBuffer plain;
  private ByteBuffer gzip;
  private HttpFields plainHeaders;
  private HttpFields gzipHeaders;

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

  /** The headers that go with one of the two: made once, then the same for everybody. */
  synchronized HttpFields headers(boolean ofGzip, Supplier<HttpFields> making) {
    HttpFields known = ofGzip ? gzipHeaders : plainHeaders;
    if (known == null) {
      HttpFields.Mutable encoded = HttpFields.build();
      for (HttpField each : making.get()) {
        encoded.add(each.getHeader() == null
            ? new PreEncodedHttpField(each.getName(), each.getValue())
            : new PreEncodedHttpField(each.getHeader(), each.getValue()));
      }
      known = encoded.asImmutable();
      if (ofGzip) {
        gzipHeaders = known;
      } else {
        plainHeaders = known;
      }
    }
    return known;
  }

  /** Compresses now what was asked for compressed the last time, so that nobody has to wait for it. */
  void packAs(Packed before) {
    boolean wanted;
    synchronized (before) {
      wanted = before.gzip != null;
    }
    if (wanted) {
      gzip();
    }
  }

  private static ByteBuffer outsideOfHeap(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** @param acceptEncoding the request's header, or null */
  static boolean wantedBy(String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    if (acceptEncoding.indexOf(';') < 0 && acceptEncoding.startsWith("gzip")
        && (acceptEncoding.length() == 4 || acceptEncoding.charAt(4) == ',')) {
      // As browsers and the libraries of most languages say it.
      return true;
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
