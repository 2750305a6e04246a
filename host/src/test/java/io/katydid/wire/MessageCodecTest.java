package io.katydid.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values are written in the formats Python chooses. */
class MessageCodecTest {
  private final MessageCodec codec = new MessageCodec();

  @Test
  void valuesTakeTheFormatPythonGivesThem() throws WireException {
    written(null, "c0");
    written(true, "c3");
    written(0, "00");
    written(127, "7f");
    written(128, "cc80");
    written(256L, "cd0100");
    written(65_536, "ce00010000");
    written(1L << 32, "cf0000000100000000");
    written(-1, "ff");
    written(-33, "d0df");
    written(-129, "d1ff7f");
    written(Long.MIN_VALUE, "d38000000000000000");
    written(BigInteger.ONE.shiftLeft(63), "cf8000000000000000");
    written(0.0, "cb0000000000000000");
    written(1.5f, "cb3ff8000000000000");
    written("", "a0");
    written("a".repeat(32), "d920" + "61".repeat(32));
    written("a".repeat(256), "da0100" + "61".repeat(256));
    written("é".repeat(40_000), "db00013880" + "c3a9".repeat(40_000));
    written(new byte[] {1, 2}, "c4020102");
    written(List.of(1, "x"), "9201a178");
    written(Map.of(10L, 3), "810a03");
  }

  @Test
  void integersBeyond63BitsSurvive() throws WireException {
    BigInteger big = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    assertEquals(big, codec.decode(codec.encode(new Message("t", big, "n"))).data());
    Message large = new Message("t", BigInteger.ONE.shiftLeft(64), "n");
    assertThrows(WireException.class, () -> codec.encode(large));
  }

  @Test
  void whatCannotTravelIsNamed() {
    WireException e = assertThrows(WireException.class,
        () -> codec.encode(new Message("mine", new StringBuilder(), "n")));
    assertTrue(e.getMessage().contains("StringBuilder"), e.getMessage());
  }

  @Test
  void dataThatContainsItselfIsRefused() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertThrows(WireException.class, () -> codec.encode(new Message("mine", circle, "n")));
  }

  private void written(Object data, String hex) throws WireException {
    byte[] expected = HexFormat.of().parseHex("93a174" + hex + "a16e");
    assertArrayEquals(expected, codec.encode(new Message("t", data, "n")), String.valueOf(data));
  }
}
