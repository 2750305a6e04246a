package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeptHeadsTest {
  private final KeptHeads heads = new KeptHeads();

  private RawReply keep(int number) {
    RawReply reply = new RawReply(200, "OK", 11, new String[] {"X", String.valueOf(number)});
    heads.keep(head(number), reply);
    return reply;
  }

  private static byte[] head(int number) {
    return ("HTTP/1.1 200 OK\r\nX: " + number + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void theNewestComesFirstAndTheOldestGoes() {
    assertEquals(0, heads.recent().replies().length);
    for (int i = 0; i < 20; i++) {
      assertSame(keep(i), heads.recent().replies()[0]);
    }
    KeptHeads.Recent recent = heads.recent();
    assertEquals(16, recent.heads().length);
    for (int i = 0; i < 16; i++) {
      assertArrayEquals(head(19 - i), recent.heads()[i]);
      assertEquals(String.valueOf(19 - i), recent.replies()[i].headers[1]);
    }
  }

  @Test
  void eachIsThereOnce() {
    RawReply first = keep(1);
    keep(2);
    keep(1);
    assertEquals(2, heads.recent().heads().length);
    assertSame(first, heads.recent().replies()[1]);
  }

  @Test
  void whatSomebodyReadsDoesNotChange() {
    keep(1);
    KeptHeads.Recent before = heads.recent();
    keep(2);
    assertEquals(1, before.heads().length);
    assertArrayEquals(head(1), before.heads()[0]);
  }
}
