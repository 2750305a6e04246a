package io.katydid.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends, decoding ends with a message or a sentence. */
class HostileFramesTest {
  private final MessageCodec codec = new MessageCodec();

  @Test
  void mutatedFramesDecodeOrFailWithASentence() {
    int refused = 0;
    for (byte[] bytes : MutatedFrames.of(frame -> true, 60_000, 5557)) {
      try {
        assertNotNull(codec.decode(bytes));
      } catch (WireException e) {
        refused++;
        assertTrue(e.getMessage().endsWith("."), e.getMessage());
      }
    }
    assertTrue(refused > 10_000, "only " + refused + " frames were refused");
  }

  @Test
  void randomBytesFailWithASentence() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 0) {
        bytes[0] = (byte) 0x93;
      }
      try {
        codec.decode(bytes);
      } catch (WireException e) {
        assertTrue(e.getMessage().endsWith("."), e.getMessage());
      }
    }
  }

  @Test
  void theInputsThatBreakARealMasterAreRefused() {
    refused("");
    refused("93");
    refused("93a471756974c0");
    refused("92a471756974c0");
    refused("94a471756974c0a178c0");
    refused("81a178c0");
    refused("93a471756974c0a2fffe");
    refused("93a471756974c0a178c0");
    refused("93c40471756974c0a178");
    refused("9301c0a178");
    refused("93a471756974c001");
  }

  @Test
  void lengthsThatPromiseMoreThanThereIsAllocateNothing() {
    refused("93a171dfffffffffa178");
    refused("93a171ddffffffffa178");
    refused("93a171dd7fffffffa178");
    refused("93a171df7fffffffa178");
    refused("93a171c67fffffffa178");
    refused("93a171c6ffffffffa178");
    refused("93a171db7fffffffa178");
    refused("93a171dbffffffffa178");
    refused("93a171c97fffffff01a178");
    refused("ddffffffff");
  }

  @Test
  void deepNestingEndsAtTheLimit() {
    refused("93a171" + "91".repeat(100_000) + "c0" + "a178");
    refused("93a171" + "81a178".repeat(10_000) + "c0" + "a178");
  }

  @Test
  void tooManyValuesAreRefused() {
    assertEquals(WireLimits.DEFAULT, WireLimits.forHeap(4L << 30));
    assertEquals(new WireLimits(32 << 20, 100, 2 << 20), WireLimits.forHeap(512L << 20));
    MessageCodec small = new MessageCodec(new WireLimits(1_000, 10, 20));
    byte[] frame = HexFormat.of().parseHex("93a171dc0020" + "c0".repeat(32) + "a178");
    assertThrows(WireException.class, () -> small.decode(frame));
    assertThrows(WireException.class, () -> small.decode(new byte[1_001]));
  }

  @Test
  void extensionsAndStructuredKeysAreRefused() {
    refused("93a171d40102a178");
    refused("93a1718190c0a178");
    refused("93a1718180c0a178");
  }

  @Test
  void everyStringFormatIsReadAtAnyLength() throws WireException {
    for (String header : List.of("a2", "d902", "da0002", "db00000002")) {
      Message message = codec.decode(HexFormat.of().parseHex("93" + header + "c3a9" + "c0" + header + "4142"));
      assertEquals(new Message("é", null, "AB"), message);
    }
  }

  @Test
  void aMissingNodeIdIsEmpty() throws WireException {
    assertEquals("", codec.decode(HexFormat.of().parseHex("93a471756974c0c0")).nodeId());
  }

  private void refused(String hex) {
    WireException e = assertThrows(WireException.class, () -> codec.decode(HexFormat.of().parseHex(hex)));
    assertTrue(e.getMessage().endsWith("."), e.getMessage());
  }
}
