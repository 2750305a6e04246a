package io.katydid.graalpy;

import java.nio.charset.StandardCharsets;

/**
 * Bytes on their way to Python, which takes an array of bytes for a list of small numbers and a text for what it is.
 *
 * @param latin1 one character for each byte
 */
public record PythonBytes(String latin1) {
  static PythonBytes of(byte[] bytes) {
    return new PythonBytes(new String(bytes, StandardCharsets.ISO_8859_1));
  }
}
