package io.katydid.cluster.zmtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The 64 bytes that either side begins with: signature, version 3.1, mechanism NULL. */
public final class Greeting {
  public static final int BYTES = 64;

  private static final int SIGNATURE_END = 9;
  private static final int VERSION = 10;
  private static final int MECHANISM = 12;
  private static final int MECHANISM_END = 32;

  private Greeting() {}

  /** What we say; a fresh copy. */
  public static byte[] ours() {
    byte[] greeting = new byte[BYTES];
    greeting[0] = (byte) 0xff;
    greeting[8] = 1;
    greeting[SIGNATURE_END] = 0x7f;
    greeting[VERSION] = 3;
    greeting[VERSION + 1] = 1;
    System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, MECHANISM, 4);
    return greeting;
  }

  /**
   * Looks at as much of the other side's greeting as has come.
   *
   * @param present how many of the bytes have come
   * @throws ZmtpException as soon as it cannot become a greeting that we understand
   */
  public static void check(byte[] greeting, int present) throws ZmtpException {
    if (present > 0 && greeting[0] != (byte) 0xff || present > SIGNATURE_END && (greeting[SIGNATURE_END] & 1) == 0) {
      throw new ZmtpException("does not speak ZeroMQ's protocol");
    }
    if (present > VERSION && (greeting[VERSION] & 0xff) < 3) {
      throw new ZmtpException("speaks a version of ZeroMQ's protocol from before ZeroMQ 4");
    }
    if (present >= BYTES && !Arrays.equals(ours(), MECHANISM, MECHANISM_END, greeting, MECHANISM, MECHANISM_END)) {
      throw new ZmtpException("asks for a security mechanism, which Locust does not use");
    }
  }
}
