package io.katydid.cluster.zmtp;

import java.nio.ByteBuffer;

/** Frames as bytes: one of flags, one or eight of length, the body. */
public final class Frames {
  /** Another frame of the same message follows. */
  public static final int MORE = 1;
  /** The length has eight bytes. */
  public static final int LONG = 2;
  /** It is a command, no part of a message. */
  public static final int COMMAND = 4;

  static final int KNOWN_FLAGS = MORE | LONG | COMMAND;

  /** The longest command that is read: names and values of a handshake, the context of a PING. */
  public static final int LONGEST_COMMAND = 4 << 10;

  private static final int LONGEST_SHORT = 255;

  private Frames() {}

  /** A whole message of one frame. */
  public static byte[] message(byte[] body) {
    return frame(0, body);
  }

  static byte[] frame(int flags, byte[] body) {
    boolean isLong = body.length > LONGEST_SHORT;
    ByteBuffer frame = ByteBuffer.allocate((isLong ? 9 : 2) + body.length);
    if (isLong) {
      frame.put((byte) (flags | LONG)).putLong(body.length);
    } else {
      frame.put((byte) flags).put((byte) body.length);
    }
    return frame.put(body).array();
  }

  /**
   * Judges an announced length before anything is reserved for it.
   *
   * @param length as it was sent, unsigned
   * @throws ZmtpException if it is beyond the limit
   */
  public static void checkLength(long length, long limit) throws ZmtpException {
    if (length < 0 || length > limit) {
      throw new ZmtpException("announced a frame of " + Long.toUnsignedString(length) + " bytes; the limit is " + limit);
    }
  }
}
