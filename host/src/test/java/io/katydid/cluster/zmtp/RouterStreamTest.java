package io.katydid.cluster.zmtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a peer may send to a ROUTER, byte by byte, and what costs it the connection. */
class RouterStreamTest {
  private static final int LIMIT = 100_000;
  private static final String TOP_BIT = "8000000000000000";

  private final List<String> events = new ArrayList<>();
  private final RouterStream stream = new RouterStream(LIMIT, new RouterStream.Events() {
    @Override
    public void ready(byte[] identity) {
      events.add("ready " + text(identity));
    }

    @Override
    public void message(byte[] frame) {
      events.add("message " + text(frame));
    }

    @Override
    public void answer(byte[] bytes) {
      events.add("answer " + text(bytes));
    }
  });

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hello(String identity) {
    return join(Greeting.ours(), Command.ready("DEALER", bytes(identity)).frame());
  }

  private void read(byte[]... parts) throws ZmtpException {
    stream.read(ByteBuffer.wrap(join(parts)));
  }

  /** The events of a handshake are gone; what follows is looked at. */
  private void shakeHands() throws ZmtpException {
    read(hello("h_1"));
    assertEquals("ready h_1", events.getLast());
    events.clear();
  }

  private String refusal(byte[]... parts) {
    return assertThrows(ZmtpException.class, () -> read(parts)).getMessage();
  }

  @Test
  void aHandshakeIsAnsweredAndMessagesFollow() throws Exception {
    read(hello("h_1"), Frames.message(bytes("one")), Frames.message(new byte[0]), Frames.message(bytes("two")));
    assertEquals(List.of("answer " + text(Command.ready("ROUTER", new byte[0]).frame()), "ready h_1", "message one",
        "message ", "message two"), events);
    assertEquals(0, stream.unfinishedBytes());
  }

  @Test
  void bytesMayBeCutAnywhere() throws Exception {
    byte[] all = join(hello("h_1"), Frames.message(bytes("x".repeat(300))), hex("01 02"), bytes("ab"),
        hex("03 0000000000000003"), bytes("cde"), hex("00 00"), Command.read(hex("0450494e47 0005 6162")).frame(),
        Frames.message(bytes("end")));
    read(all);
    List<String> whole = List.copyOf(events);
    assertEquals(List.of("message " + "x".repeat(300), "message ab", "answer " + text(hex("04 07 04504f4e47 6162")),
        "message end"), whole.subList(2, whole.size()));
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      events.clear();
      RouterStreamTest again = new RouterStreamTest();
      int at = 0;
      while (at < all.length) {
        int end = round == 0 ? at + 1 : Math.min(all.length, at + 1 + random.nextInt(60));
        again.read(Arrays.copyOfRange(all, at, end));
        at = end;
      }
      assertEquals(whole, again.events);
    }
  }

  @Test
  void whatIsNotZeroMqIsRefusedAtItsFirstByte() {
    assertEquals("does not speak ZeroMQ's protocol", refusal(bytes("G")));
    assertEquals("does not speak ZeroMQ's protocol", new RouterStreamTest().refusal(hex("ff 0000000000000001 00")));
  }

  @Test
  void oldVersionsAndOtherMechanismsAreRefused() {
    assertEquals("speaks a version of ZeroMQ's protocol from before ZeroMQ 4",
        refusal(hex("ff 0000000000000001 7f 01")));
    byte[] curve = Greeting.ours();
    System.arraycopy(bytes("CURVE"), 0, curve, 12, 5);
    assertEquals("asks for a security mechanism, which Locust does not use", new RouterStreamTest().refusal(curve));
  }

  @Test
  void everyLaterVersionAndAnyPaddingIsWelcome() throws Exception {
    byte[] greeting = Greeting.ours();
    Arrays.fill(greeting, 1, 9, (byte) 0x33);
    greeting[10] = 9;
    greeting[11] = 7;
    Arrays.fill(greeting, 33, 64, (byte) 0x55);
    read(greeting, Command.ready("DEALER", bytes("h_1")).frame());
    assertEquals("ready h_1", events.getLast());
  }

  @Test
  void propertiesAreKnownInAnyCaseAndOrder() throws Exception {
    byte[] body = join(hex("05"), bytes("READY"), hex("08"), bytes("IDENTITY"), hex("00000003"), bytes("h_1"),
        hex("05"), bytes("X-Odd"), hex("00000000"), hex("0b"), bytes("socket-TYPE"), hex("00000006"), bytes("DEALER"));
    read(Greeting.ours(), Frames.frame(Frames.COMMAND, body));
    assertEquals("ready h_1", events.getLast());
  }

  @Test
  void theOtherNameOfAnIdentityIsKnownToo() throws Exception {
    byte[] body = join(hex("05"), bytes("READY"), hex("0b"), bytes("Socket-Type"), hex("00000006"), bytes("DEALER"),
        hex("0a"), bytes("Routing-Id"), hex("00000003"), bytes("h_1"));
    read(Greeting.ours(), Frames.frame(Frames.COMMAND, body));
    assertEquals("ready h_1", events.getLast());
  }

  @Test
  void handshakesThatAreNoneAreRefused() {
    byte[] ready = hex("05 5245414459"); // READY
    for (byte[] body : List.of(
        join(hex("05"), bytes("ERROR"), hex("00")),
        ready,
        join(ready, hex("0b"), bytes("Socket-Type"), hex("00000003"), bytes("PUB")),
        join(ready, hex("0b"), bytes("Socket-Type"), hex("80000006"), bytes("DEALER")),
        join(ready, hex("0b"), bytes("Socket-Type"), hex("00000007"), bytes("DEALER")),
        join(ready, hex("ff"), bytes("Socket-Type")),
        join(ready, hex("0b"), bytes("Socket-Type"), hex("0000")),
        new byte[0],
        hex("00"),
        hex("06 5245414459"),
        Arrays.copyOfRange(Command.ready("DEALER", hex("00 68")).frame(), 2, 45),
        Arrays.copyOfRange(Command.ready("DEALER", new byte[256]).frame(), 9, 300))) {
      new RouterStreamTest().refusal(Greeting.ours(), Frames.frame(Frames.COMMAND, body));
    }
  }

  @Test
  void aMessageBeforeTheHandshakeIsRefused() {
    assertEquals("sent a message before its handshake", refusal(Greeting.ours(), Frames.message(bytes("x"))));
  }

  @Test
  void flagsThatDoNotExistAreRefused() throws Exception {
    shakeHands();
    for (int flags = 0; flags < 256; flags++) {
      RouterStreamTest test = new RouterStreamTest();
      test.shakeHands();
      byte[] start = {(byte) flags};
      if (flags < 5 || flags == 6) {
        test.read(start);
      } else {
        assertEquals("sent a frame with flags that do not exist", test.refusal(start));
      }
    }
  }

  @Test
  void impossibleLengthsAreRefusedBeforeAnythingIsReserved() throws Exception {
    for (String frame : List.of("02" + TOP_BIT, "03" + TOP_BIT, "06" + TOP_BIT, "02 ffffffffffffffff",
        "02 00000000000186a1", "02 7fffffffffffffff", "02 0000000100000000", "06 0000000000001001")) {
      RouterStreamTest test = new RouterStreamTest();
      test.shakeHands();
      String why = test.refusal(hex(frame));
      assertTrue(why.startsWith("announced a frame of ") && why.contains("; the limit is "), why);
      assertEquals(0, test.stream.unfinishedBytes());
    }
    RouterStreamTest early = new RouterStreamTest();
    assertTrue(early.refusal(Greeting.ours(), hex("06" + TOP_BIT)).contains("9223372036854775808 bytes"));
  }

  @Test
  void whatIsAnnouncedCostsNothingAndWhatHasComeAtMostTwice() throws Exception {
    shakeHands();
    read(hex("02 00000000000186a0")); // the limit
    assertEquals(0, stream.unfinishedBytes());
    for (int come = 1; come < LIMIT; come++) {
      read(new byte[] {'x'});
      assertTrue(stream.unfinishedBytes() <= 2L * come + 256, come + " " + stream.unfinishedBytes());
    }
    assertTrue(events.isEmpty());
    read(new byte[] {'x'});
    assertEquals(List.of("message " + "x".repeat(LIMIT)), events);
    assertEquals(0, stream.unfinishedBytes());
  }

  @Test
  void furtherFramesOfAMessageAreNotKept() throws Exception {
    shakeHands();
    read(hex("01 05"), bytes("first"));
    for (int i = 0; i < 1_000; i++) {
      read(hex("03 0000000000000800"), new byte[0x800]);
      assertEquals(5, stream.unfinishedBytes());
    }
    read(hex("00 04"), bytes("last"), Frames.message(bytes("next")));
    assertEquals(List.of("message first", "message next"), events);
  }

  @Test
  void commandsMayComeBetweenTheFramesOfAMessage() throws Exception {
    shakeHands();
    read(hex("01 05"), bytes("first"), Command.read(hex("0450494e47 0000")).frame(), hex("00 01"), bytes("x"));
    assertEquals(List.of("answer " + text(hex("04 05 04504f4e47")), "message first"), events);
  }

  @Test
  void unknownCommandsMeanNothing() throws Exception {
    shakeHands();
    read(Command.read(join(hex("09"), bytes("SUBSCRIBE"), bytes("all"))).frame(),
        Command.ready("DEALER", bytes("h_2")).frame(), Command.read(hex("0450494e47 00")).frame(),
        Command.read(join(hex("05"), bytes("ERROR"))).frame());
    assertEquals(List.of(), events);
  }

  /** Whatever comes, it is either understood or refused, and holds no more than has come. */
  @Test
  void mutatedConversationsAreUnderstoodOrRefused() throws Exception {
    Random random = new Random(29);
    byte[] decent = join(hello("h_1"), Frames.message(bytes("x".repeat(300))), hex("01 02"), bytes("ab"), hex("00 03"),
        bytes("cde"), Command.read(hex("0450494e47 0005 6162")).frame(), Frames.message(bytes("end")));
    int understood = 0;
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = decent.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256)
            : 1 << random.nextInt(8));
      }
      RouterStreamTest test = new RouterStreamTest();
      try {
        test.read(bytes);
        understood++;
      } catch (ZmtpException e) {
        refused++;
      }
      assertTrue(test.stream.unfinishedBytes() <= 2L * bytes.length + 256);
    }
    assertTrue(understood > 5_000 && refused > 5_000, understood + " " + refused);
  }
}
