package io.katydid.graalpy;

import io.katydid.http.ReplyText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Finds the encoding of a JSON document by its byte order mark and the zeros among its first bytes. Pure. */
final class JsonEncoding {
  private JsonEncoding() {}

  static String decode(byte[] body) {
    if (body.length > 3) {
      Charset wide = wide(body);
      if (wide != null) {
        return new String(body, wide);
      }
    }
    return ReplyText.decode(body, null);
  }

  private static Charset wide(byte[] b) {
    if (b[0] == (byte) 0xff && b[1] == (byte) 0xfe && b[2] == 0 && b[3] == 0
        || b[0] == 0 && b[1] == 0 && b[2] == (byte) 0xfe && b[3] == (byte) 0xff) {
      return Charset.forName("UTF-32");
    } else if (b[0] == (byte) 0xff && b[1] == (byte) 0xfe || b[0] == (byte) 0xfe && b[1] == (byte) 0xff) {
      return StandardCharsets.UTF_16;
    }
    int zeros = (b[0] == 0 ? 1 : 0) + (b[1] == 0 ? 1 : 0) + (b[2] == 0 ? 1 : 0) + (b[3] == 0 ? 1 : 0);
    if (zeros == 3) {
      return Charset.forName(b[0] == 0 ? "UTF-32BE" : "UTF-32LE");
    } else if (zeros == 2) {
      return b[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    return null;
  }
}
