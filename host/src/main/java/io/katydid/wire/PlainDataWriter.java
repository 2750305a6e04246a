package io.katydid.wire;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.msgpack.core.MessagePacker;

/** Writes plain data the way Python's msgpack does. One use, one thread. */
final class PlainDataWriter {
  private final MessagePacker packer;
  private final WireLimits limits;
  private int depth;
  private int values;

  PlainDataWriter(MessagePacker packer, WireLimits limits) {
    this.packer = packer;
    this.limits = limits;
  }

  void write(Object value) throws IOException, WireException {
    if (++values > limits.values()) {
      throw new WireException("A message with more than " + limits.values() + " values is too big to send.");
    }
    switch (value) {
      case null -> packer.packNil();
      case String text -> packer.packString(text);
      case Boolean truth -> packer.packBoolean(truth);
      case Double number -> packer.packDouble(number);
      case Float number -> packer.packDouble(number);
      case Long number -> packer.packLong(number);
      case Integer number -> packer.packInt(number);
      case Short number -> packer.packShort(number);
      case Byte number -> packer.packByte(number);
      case BigInteger number -> writeBig(number);
      case byte[] bytes -> {
        packer.packBinaryHeader(bytes.length);
        packer.writePayload(bytes);
      }
      case Map<?, ?> map -> writeMap(map);
      case Collection<?> elements -> {
        enter();
        packer.packArrayHeader(elements.size());
        for (Object element : elements) {
          write(element);
        }
        depth--;
      }
      default -> throw new WireException("A value of type " + value.getClass().getSimpleName()
          + " cannot be sent in a message; use text, numbers, lists and maps.");
    }
  }

  private void writeMap(Map<?, ?> map) throws IOException, WireException {
    enter();
    packer.packMapHeader(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      write(entry.getKey());
      write(entry.getValue());
    }
    depth--;
  }

  private void writeBig(BigInteger number) throws IOException, WireException {
    if (number.bitLength() > 64 || number.signum() < 0 && number.bitLength() > 63) {
      throw new WireException("The integer " + number + " is too big to be sent in a message.");
    }
    packer.packBigInteger(number);
  }

  private void enter() throws WireException {
    if (++depth > limits.depth()) {
      throw new WireException("Data nested more than " + limits.depth() + " levels deep cannot be sent in a message.");
    }
  }
}
