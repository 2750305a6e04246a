package io.katydid.cluster.zmtp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A command: its name and what follows it.
 *
 * @param name READY, PING, ...
 * @param data the rest; not copied
 */
public record Command(String name, byte[] data) {
  private static final String READY = "READY";
  private static final int TIME_TO_LIVE_BYTES = 2;

  /** The handshake of the NULL mechanism: who we are. */
  public static Command ready(String socketType, byte[] identity) {
    byte[] type = socketType.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer data = ByteBuffer.allocate(32 + type.length + identity.length);
    property(data, "Socket-Type", type);
    property(data, "Identity", identity);
    return new Command(READY, Arrays.copyOf(data.array(), data.position()));
  }

  private static void property(ByteBuffer data, String name, byte[] value) {
    data.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII)).putInt(value.length).put(value);
  }

  /** @throws ZmtpException if the frame's body has no name */
  public static Command read(byte[] body) throws ZmtpException {
    int length = body.length == 0 ? 0 : body[0] & 0xff;
    if (length == 0 || length > body.length - 1) {
      throw new ZmtpException("sent a command without a name");
    }
    String name = new String(body, 1, length, StandardCharsets.ISO_8859_1);
    return new Command(name, Arrays.copyOfRange(body, 1 + length, body.length));
  }

  public boolean isReady() {
    return name.equals(READY);
  }

  /** The frame to send. */
  public byte[] frame() {
    byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] body = ByteBuffer.allocate(1 + nameBytes.length + data.length)
        .put((byte) nameBytes.length).put(nameBytes).put(data).array();
    return Frames.frame(Frames.COMMAND, body);
  }

  /** The answer to a PING, with the same context; null if this is none. */
  public Command pong() {
    boolean ping = name.equals("PING") && data.length >= TIME_TO_LIVE_BYTES;
    return ping ? new Command("PONG", Arrays.copyOfRange(data, TIME_TO_LIVE_BYTES, data.length)) : null;
  }

  /**
   * The properties of a READY by their names in lower case, which are compared without case.
   *
   * @throws ZmtpException if they end in the middle of one
   */
  public Map<String, byte[]> properties() throws ZmtpException {
    Map<String, byte[]> properties = new LinkedHashMap<>();
    ByteBuffer left = ByteBuffer.wrap(data);
    try {
      while (left.hasRemaining()) {
        byte[] key = new byte[left.get() & 0xff];
        left.get(key);
        int length = left.getInt();
        if (length < 0 || length > left.remaining()) {
          throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        left.get(value);
        properties.put(new String(key, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT), value);
      }
    } catch (BufferUnderflowException e) {
      throw new ZmtpException("sent a handshake that ends before all of it was there");
    }
    return properties;
  }
}
