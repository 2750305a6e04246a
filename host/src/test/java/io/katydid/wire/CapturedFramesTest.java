package io.katydid.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that was seen on the wire can be read, and what Python wrote is written again byte for byte. */
class CapturedFramesTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private final MessageCodec codec = new MessageCodec();

  @Test
  void everyCapturedFrameDecodesToTheDataThatWasSeen() throws WireException {
    int decoded = 0;
    for (CapturedFrame frame : CapturedFrame.all()) {
      if (frame.undecodable()) {
        assertThrows(WireException.class, () -> codec.decode(frame.bytes()), frame.toString());
        continue;
      }
      Message message = codec.decode(frame.bytes());
      JsonNode json = frame.json();
      assertEquals(json.get("type").asText(), message.type());
      assertEquals(json.get(json.has("node_id") ? "node_id" : "identity").asText(), message.nodeId());
      assertEquals(json.get("data"), asJson(message.data()), frame.toString());
      decoded++;
    }
    assertEquals(622, decoded);
  }

  @Test
  void framesWrittenByPythonAreEncodedAgainByteForByte() throws WireException {
    int compared = 0;
    for (CapturedFrame frame : CapturedFrame.all()) {
      if (frame.fromPython() && !frame.undecodable()) {
        assertArrayEquals(frame.bytes(), codec.encode(codec.decode(frame.bytes())), frame.toString());
        compared++;
      }
    }
    assertEquals(564, compared);
  }

  private static JsonNode asJson(Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case String text -> NODES.textNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Double number -> NODES.numberNode(number);
      case Long number -> number == number.intValue() ? NODES.numberNode(number.intValue()) : NODES.numberNode(number);
      case byte[] bytes -> NODES.objectNode().put("__bytes_hex__", HexFormat.of().formatHex(bytes));
      case List<?> elements -> {
        var array = NODES.arrayNode();
        elements.forEach(element -> array.add(asJson(element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, element) -> object.set(String.valueOf(key), asJson(element)));
        yield object;
      }
      default -> throw new AssertionError("not plain data: " + value.getClass());
    };
  }
}
