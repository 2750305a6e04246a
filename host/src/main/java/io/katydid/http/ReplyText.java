package io.katydid.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/** How the bytes of a body become text, by requests' rules. Pure. */
public final class ReplyText {
  private ReplyText() {}

  /**
   * `response.encoding`: the charset of Content-Type as the server wrote it, ISO-8859-1 for text without one, utf-8
   * for JSON, otherwise null.
   */
  public static String encoding(String contentType) {
    if (contentType == null) {
      return null;
    }
    int semicolon = contentType.indexOf(';');
    if (semicolon >= 0) {
      for (String parameter : contentType.substring(semicolon + 1).split(";")) {
        int eq = parameter.indexOf('=');
        if (eq > 0 && parameter.substring(0, eq).strip().equalsIgnoreCase("charset")) {
          String value = parameter.substring(eq + 1).strip();
          int from = 0;
          int to = value.length();
          while (from < to && "'\"".indexOf(value.charAt(from)) >= 0) {
            from++;
          }
          while (to > from && "'\"".indexOf(value.charAt(to - 1)) >= 0) {
            to--;
          }
          return value.substring(from, to);
        }
      }
    }
    String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).toLowerCase(Locale.ROOT);
    return type.contains("text") ? "ISO-8859-1" : type.contains("application/json") ? "utf-8" : null;
  }

  /** Decodes with the named charset; without a usable one as UTF-8 if it is that, else as Windows-1252. */
  public static String decode(byte[] body, String encoding) {
    Charset charset = charset(encoding);
    if (charset != null) {
      return new String(body, charset);
    }
    try {
      int bom = body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf ? 3 : 0;
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, bom, body.length - bom)).toString();
    } catch (CharacterCodingException e) {
      return new String(body, Charset.forName("windows-1252"));
    }
  }

  private static Charset charset(String name) {
    if (name == null || name.isEmpty()) {
      return null;
    } else if (name.equalsIgnoreCase("utf-8")) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }
}
