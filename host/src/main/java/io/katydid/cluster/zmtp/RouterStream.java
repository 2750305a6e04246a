package io.katydid.cluster.zmtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What one connected peer sends to a ROUTER, read byte by byte: greeting, handshake, then messages and commands. The
 * bytes may be cut anywhere.
 *
 * <p>Memory is taken for bytes that have come, never for bytes that were announced: a body grows to twice what there
 * is of it, up to its length. Of a message of several frames the first is kept and the others are passed over. Owned by
 * the thread that reads the connection.
 */
public final class RouterStream {
  /** Told what the bytes mean, in their order. */
  public interface Events {
    /** The handshake is done. @param identity what the peer wants to be addressed by, empty if it does not care */
    void ready(byte[] identity);

    /** A whole message; this is its first frame. */
    void message(byte[] frame);

    /** Bytes that the peer has to get now. */
    void answer(byte[] bytes);
  }

  private enum Stage { GREETING, FLAGS, LENGTH, BODY, PASSING_OVER }

  private static final byte[] NOTHING = new byte[0];
  private static final int SMALLEST_BODY = 256;
  private static final int LONGEST_IDENTITY = 255;
  /** Those that libzmq lets talk to a ROUTER; workers are DEALERs. */
  private static final Set<String> WELCOME = Set.of("DEALER", "REQ", "ROUTER");

  private final long frameLimit;
  private final Events events;
  private Stage stage = Stage.GREETING;
  private boolean ready;
  /** The greeting, later null: it is read once. */
  private byte[] greeting = new byte[Greeting.BYTES];
  /** Bytes of the present stage that have come, or that are still to be passed over. */
  private long count;
  private int flags;
  private long length;
  private byte[] body = NOTHING;
  /** The first frame of a message whose other frames are coming; null between messages. */
  private byte[] first;

  /** @param frameLimit the longest frame of a message that is read */
  public RouterStream(long frameLimit, Events events) {
    this.frameLimit = frameLimit;
    this.events = events;
  }

  /** Bytes held for what has not come completely. */
  public long unfinishedBytes() {
    return body.length + (first == null ? 0 : first.length);
  }

  /**
   * Reads all of the bytes.
   *
   * @throws ZmtpException if the peer may not be listened to any longer
   */
  public void read(ByteBuffer bytes) throws ZmtpException {
    while (bytes.hasRemaining()) {
      switch (stage) {
        case GREETING -> readGreeting(bytes);
        case FLAGS -> readFlags(bytes.get() & 0xff);
        case LENGTH -> readLength(bytes);
        case BODY -> readBody(bytes);
        case PASSING_OVER -> passOver(bytes);
      }
    }
  }

  private void readGreeting(ByteBuffer bytes) throws ZmtpException {
    int taken = (int) Math.min(bytes.remaining(), Greeting.BYTES - count);
    bytes.get(greeting, (int) count, taken);
    count += taken;
    Greeting.check(greeting, (int) count);
    if (count == Greeting.BYTES) {
      greeting = null;
      nextFrame();
      events.answer(Command.ready("ROUTER", NOTHING).frame());
    }
  }

  private void nextFrame() {
    stage = Stage.FLAGS;
    count = 0;
    length = 0;
    body = NOTHING;
  }

  private void readFlags(int value) throws ZmtpException {
    boolean command = (value & Frames.COMMAND) != 0;
    if ((value & ~Frames.KNOWN_FLAGS) != 0 || command && (value & Frames.MORE) != 0) {
      throw new ZmtpException("sent a frame with flags that do not exist");
    }
    if (!command && !ready) {
      throw new ZmtpException("sent a message before its handshake");
    }
    flags = value;
    stage = Stage.LENGTH;
  }

  private void readLength(ByteBuffer bytes) throws ZmtpException {
    int size = (flags & Frames.LONG) != 0 ? Long.BYTES : 1;
    while (count < size && bytes.hasRemaining()) {
      length = length << 8 | bytes.get() & 0xff;
      count++;
    }
    if (count < size) {
      return;
    }
    Frames.checkLength(length, (flags & Frames.COMMAND) != 0 ? Frames.LONGEST_COMMAND : frameLimit);
    boolean kept = (flags & Frames.COMMAND) != 0 || first == null;
    stage = kept ? Stage.BODY : Stage.PASSING_OVER;
    count = kept ? 0 : length;
    if (length == 0) {
      endFrame();
    }
  }

  private void readBody(ByteBuffer bytes) throws ZmtpException {
    int taken = (int) Math.min(bytes.remaining(), length - count);
    int needed = (int) count + taken;
    if (needed > body.length) {
      body = Arrays.copyOf(body, (int) Math.min(length, Math.max(Math.max(2L * body.length, SMALLEST_BODY), needed)));
    }
    bytes.get(body, (int) count, taken);
    count += taken;
    if (count == length) {
      endFrame();
    }
  }

  private void passOver(ByteBuffer bytes) throws ZmtpException {
    int taken = (int) Math.min(bytes.remaining(), count);
    bytes.position(bytes.position() + taken);
    count -= taken;
    if (count == 0) {
      endFrame();
    }
  }

  private void endFrame() throws ZmtpException {
    byte[] whole = body;
    nextFrame();
    if ((flags & Frames.COMMAND) != 0) {
      command(Command.read(whole));
      return;
    }
    if (first == null) {
      first = whole;
    }
    if ((flags & Frames.MORE) == 0) {
      byte[] message = first;
      first = null;
      events.message(message);
    }
  }

  private void command(Command command) throws ZmtpException {
    if (!ready) {
      handshake(command);
      return;
    }
    Command pong = command.pong();
    if (pong != null) {
      events.answer(pong.frame());
    }
  }

  private void handshake(Command command) throws ZmtpException {
    if (!command.isReady()) {
      throw new ZmtpException("began its handshake with a command that is not READY");
    }
    Map<String, byte[]> properties = command.properties();
    byte[] type = properties.getOrDefault("socket-type", NOTHING);
    if (!WELCOME.contains(new String(type, StandardCharsets.ISO_8859_1))) {
      throw new ZmtpException("is not the kind of ZeroMQ socket that workers have (DEALER)");
    }
    byte[] identity = properties.getOrDefault("identity", properties.getOrDefault("routing-id", NOTHING));
    if (identity.length > LONGEST_IDENTITY || identity.length > 0 && identity[0] == 0) {
      throw new ZmtpException("has an identity that ZeroMQ does not allow");
    }
    ready = true;
    events.ready(identity);
  }
}
