package io.katydid.wire;

import java.io.IOException;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;

/**
 * Messages to bytes and back (spec wire-protocol, section 2). Immutable, so any thread may call it.
 *
 * <p>Encoding is exactly what Python's msgpack writes: smallest integer, always float64, str and bin kept apart, maps
 * in their order. Decoding accepts every string format at any length, as boomer writes them.
 */
public final class MessageCodec {
  private final WireLimits limits;

  public MessageCodec() {
    this(WireLimits.DEFAULT);
  }

  public MessageCodec(WireLimits limits) {
    this.limits = limits;
  }

  public WireLimits limits() {
    return limits;
  }

  /** @throws WireException if the data holds something that cannot travel */
  public byte[] encode(Message message) throws WireException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(3);
      packer.packString(message.type());
      new PlainDataWriter(packer, limits).write(message.data());
      packer.packString(message.nodeId());
      byte[] frame = packer.toByteArray();
      if (frame.length > limits.frameBytes()) {
        throw new WireException("A '" + message.type() + "' message of " + frame.length + " bytes is too big to send; "
            + "the limit is " + limits.frameBytes() + ".");
      }
      return frame;
    } catch (IOException | MessagePackException e) {
      throw new WireException("A '" + message.type() + "' message cannot be encoded: " + e.getMessage(), e);
    }
  }

  /**
   * The node id of a frame of this type, without a look at its data; null if it is of another type or no message, which
   * decoding will tell.
   */
  public String sender(String type, byte[] frame) {
    try {
      PlainDataReader reader = new PlainDataReader(frame, limits);
      if (reader.arrayHeader() != 3 || !type.equals(reader.value())) {
        return null;
      }
      reader.passOver();
      return reader.value() instanceof String nodeId ? nodeId : null;
    } catch (WireException e) {
      return null;
    }
  }

  /** @throws WireException if the bytes are not exactly one message within the limits */
  public Message decode(byte[] frame) throws WireException {
    if (frame.length > limits.frameBytes()) {
      throw new WireException("A message of " + frame.length + " bytes is too big; the limit is "
          + limits.frameBytes() + ".");
    }
    PlainDataReader reader = new PlainDataReader(frame, limits);
    int elements = reader.arrayHeader();
    if (elements != 3) {
      throw new WireException("A message has three elements, not " + elements + ".");
    }
    Object type = reader.value();
    if (!(type instanceof String typeName)) {
      throw new WireException("The type of a message must be a string.");
    }
    Object data = reader.value();
    Object nodeId = reader.value();
    if (nodeId != null && !(nodeId instanceof String)) {
      throw new WireException("The node id of a message must be a string.");
    }
    reader.end();
    return new Message(typeName, data, nodeId == null ? "" : (String) nodeId);
  }
}
