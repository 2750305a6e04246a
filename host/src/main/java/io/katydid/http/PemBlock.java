package io.katydid.http;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * One `-----BEGIN x-----` block of a PEM file. Pure.
 *
 * @param label the x
 * @param encrypted whether it needs a passphrase
 */
record PemBlock(String label, boolean encrypted, byte[] bytes) {
  private static final byte[] RSA_ALGORITHM =
      {0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
  private static final byte[] EC_OID = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  static List<PemBlock> all(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    int at = 0;
    while ((at = text.indexOf("-----BEGIN ", at)) >= 0) {
      int labelEnd = text.indexOf("-----", at + 11);
      if (labelEnd < 0) {
        break;
      }
      String label = text.substring(at + 11, labelEnd);
      int end = text.indexOf("-----END " + label, labelEnd);
      if (end < 0) {
        break;
      }
      String content = text.substring(labelEnd + 5, end);
      boolean encrypted = label.startsWith("ENCRYPTED") || content.contains("ENCRYPTED");
      blocks.add(new PemBlock(label, encrypted, encrypted ? new byte[0] : Base64.getMimeDecoder().decode(content)));
      at = end;
    }
    return blocks;
  }

  /** The private key in the block as PKCS#8, or null if it is something else. */
  byte[] pkcs8() {
    return switch (label) {
      case "PRIVATE KEY" -> bytes;
      case "RSA PRIVATE KEY" -> der(SEQUENCE, VERSION_0, RSA_ALGORITHM, der(OCTETS, bytes));
      case "EC PRIVATE KEY" -> der(SEQUENCE, VERSION_0, der(SEQUENCE, EC_OID, curve()), der(OCTETS, bytes));
      default -> null;
    };
  }

  /** The curve inside a SEC1 key: `SEQUENCE { version, OCTET STRING, [0] curve, [1] public key }`. */
  private byte[] curve() {
    int at = contentStart(0);
    while (at + 2 < bytes.length) {
      int start = contentStart(at);
      int end = start + length(at);
      if ((bytes[at] & 0xff) == PARAMETERS && end <= bytes.length) {
        return Arrays.copyOfRange(bytes, start, end);
      }
      at = end;
    }
    return new byte[0];
  }

  private int contentStart(int at) {
    int first = bytes[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private int length(int at) {
    int first = bytes[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = length << 8 | bytes[at + 2 + i] & 0xff;
    }
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
