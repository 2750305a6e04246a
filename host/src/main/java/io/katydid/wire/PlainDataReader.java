package io.katydid.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads plain data from one frame. One use, one thread.
 *
 * <p>Counts in the frame are checked against the bytes that are left before anything is allocated for them.
 */
final class PlainDataReader {
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] frame;
  private final MessageUnpacker unpacker;
  private final WireLimits limits;
  private int depth;
  private int values;

  PlainDataReader(byte[] frame, WireLimits limits) {
    this.frame = frame;
    this.unpacker = MessagePack.newDefaultUnpacker(frame);
    this.limits = limits;
  }

  /** Number of elements of the array that comes next. */
  int arrayHeader() throws WireException {
    return guarded(() -> {
      if (!unpacker.hasNext()) {
        throw new WireException("The message is empty.");
      }
      if (!unpacker.getNextFormat().getValueType().isArrayType()) {
        throw new WireException("A message is an array of three, not " + unpacker.getNextFormat() + ".");
      }
      return unpacker.unpackArrayHeader();
    });
  }

  /** The next value with all that is in it. */
  Object value() throws WireException {
    return guarded(this::read);
  }

  /** Goes to the end of the next value without making anything of it. */
  void passOver() throws WireException {
    guarded(() -> {
      unpacker.skipValue();
      return null;
    });
  }

  /** Makes sure that nothing follows. */
  void end() throws WireException {
    guarded(() -> {
      if (unpacker.hasNext()) {
        throw new WireException("The message is followed by "
            + (frame.length - unpacker.getTotalReadBytes()) + " bytes that do not belong to it.");
      }
      return null;
    });
  }

  private Object read() throws IOException, WireException {
    if (++values > limits.values()) {
      throw new WireException("The message has more than " + limits.values() + " values.");
    }
    MessageFormat format = unpacker.getNextFormat();
    return switch (format.getValueType()) {
      case NIL -> {
        unpacker.unpackNil();
        yield null;
      }
      case BOOLEAN -> unpacker.unpackBoolean();
      case INTEGER -> format == MessageFormat.UINT64 ? unsigned() : (Object) unpacker.unpackLong();
      case FLOAT -> unpacker.unpackDouble();
      case STRING -> text();
      case BINARY -> {
        int length = unpacker.unpackBinaryHeader();
        fits(length);
        yield unpacker.readPayload(length);
      }
      case ARRAY -> array();
      case MAP -> map();
      case EXTENSION -> throw new WireException("The message holds a msgpack extension, which no message does.");
    };
  }

  /** Straight from the frame: the library's way over a decoder costs several times as much for the usual short names. */
  private String text() throws IOException, WireException {
    int length = unpacker.unpackRawStringHeader();
    fits(length);
    int at = (int) unpacker.getTotalReadBytes();
    unpacker.readPayloadAsReference(length);
    String text = new String(frame, at, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      // Either sent as such, or put there for bytes that are no UTF-8: this tells.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame, at, length));
    }
    return text;
  }

  private Object unsigned() throws IOException {
    var number = unpacker.unpackBigInteger();
    return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
  }

  private List<Object> array() throws IOException, WireException {
    int length = unpacker.unpackArrayHeader();
    fits(length);
    enter();
    List<Object> elements = new ArrayList<>(Math.min(length, 1024));
    for (int i = 0; i < length; i++) {
      elements.add(read());
    }
    depth--;
    return elements;
  }

  private Map<Object, Object> map() throws IOException, WireException {
    int length = unpacker.unpackMapHeader();
    fits(2L * length);
    enter();
    Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(Math.min(length, 1024));
    for (int i = 0; i < length; i++) {
      Object key = read();
      if (key instanceof List || key instanceof Map) {
        throw new WireException("The message has a map with a list or map as a key.");
      }
      map.put(key, read());
    }
    depth--;
    return map;
  }

  private void enter() throws WireException {
    if (++depth > limits.depth()) {
      throw new WireException("The message is nested more than " + limits.depth() + " levels deep.");
    }
  }

  /** Every value takes a byte at least, so a length beyond what is left is a lie. */
  private void fits(long length) throws WireException {
    if (length < 0 || length > frame.length - unpacker.getTotalReadBytes()) {
      throw truncated(null);
    }
  }

  private static WireException truncated(Throwable cause) {
    return new WireException("The message ends before all of it was there.", cause);
  }

  private interface Reading<T> {
    T read() throws IOException, WireException;
  }

  private static <T> T guarded(Reading<T> reading) throws WireException {
    try {
      return reading.read();
    } catch (MessageInsufficientBufferException e) {
      throw truncated(e);
    } catch (CharacterCodingException e) {
      throw new WireException("The message holds a string that is not UTF-8.", e);
    } catch (MessagePackException | IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new WireException("The message is not valid msgpack: " + e.getMessage() + ".", e);
    }
  }
}
