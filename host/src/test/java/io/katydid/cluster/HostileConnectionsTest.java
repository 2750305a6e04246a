package io.katydid.cluster;

import static io.katydid.cluster.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.cluster.zmtp.Command;
import io.katydid.cluster.zmtp.Frames;
import io.katydid.cluster.zmtp.Greeting;
import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that would use up a master's memory, files or patience: they go, named, and a worker beside them stays. */
@Timeout(120)
class HostileConnectionsTest {
  private static final int FRAME_LIMIT = 1 << 20;
  /** Waiting, unfinished, unsent of all and of one, connections, handshakes, their seconds. */
  private static final RouterLimits TIGHT =
      new RouterLimits(FRAME_LIMIT, 300_000, 1_500_000, 600_000, 200_000, 40, 10, 2);

  private final RecordingLog log = new RecordingLog();
  private final Queue<String> atMaster = new ConcurrentLinkedQueue<>();
  private final Queue<Incoming> unhandled = new ConcurrentLinkedQueue<>();
  private final Queue<String> atWorker = new ConcurrentLinkedQueue<>();
  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void keep(Incoming message) {
    atMaster.add(new String(message.identity(), StandardCharsets.UTF_8) + " "
        + new String(message.frame(), StandardCharsets.UTF_8));
    message.handled();
  }

  private MasterSocket master(RouterLimits limits) throws ClusterException {
    return MasterSocket.bind("127.0.0.1", 0, limits, this::keep, log);
  }

  private WorkerSocket worker(MasterSocket master) {
    return WorkerSocket.connect("127.0.0.1", master.port(), "h_decent", FRAME_LIMIT, new WorkerSocket.Listener() {
      @Override
      public void received(byte[] frame) {
        atWorker.add(new String(frame, StandardCharsets.UTF_8));
      }

      @Override
      public void connected(boolean again) {
        atWorker.add(again ? "again" : "connected");
      }
    }, log);
  }

  private Socket raw(MasterSocket master) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), master.port());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true); // what is written has arrived
    open.add(socket);
    return socket;
  }

  /** A connection whose handshake is done: the answer to a PING says so. */
  private Socket greeted(MasterSocket master, String identity) throws IOException {
    Socket socket = raw(master);
    socket.getOutputStream().write(Greeting.ours());
    socket.getOutputStream().write(Command.ready("DEALER", bytes(identity)).frame());
    Command ping = Command.read(bytes("\4PING\0\0"));
    socket.getOutputStream().write(ping.frame());
    int welcome = Greeting.BYTES + Command.ready("ROUTER", new byte[0]).frame().length;
    socket.getInputStream().readNBytes(welcome + ping.pong().frame().length);
    return socket;
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static byte[] announcing(long length) {
    return ByteBuffer.allocate(9).put((byte) Frames.LONG).putLong(length).array();
  }

  private void talks(WorkerSocket worker, MasterSocket master, String word) throws InterruptedException {
    worker.send(bytes(word));
    eventually("the worker is heard: " + word, () -> atMaster.contains("h_decent " + word));
    master.send("h_decent", bytes("to " + word));
    eventually("and hears: " + word, () -> atWorker.contains("to " + word));
    assertTrue(!atWorker.contains("again"), "it has kept its connection");
    assertNull(master.deafness());
  }

  private void eventuallyLogged(String beginning, String end) throws InterruptedException {
    eventually(beginning + " ... " + end, () -> log.lines().stream()
        .anyMatch(line -> line.startsWith("WARNING " + beginning) && line.contains(end)));
  }

  @Test
  void aLengthWithItsTopBitSetCostsOneConnection() throws Exception {
    try (MasterSocket master = master(TIGHT); WorkerSocket worker = worker(master)) {
      talks(worker, master, "before");
      for (String claim : List.of("02 8000000000000000", "02 ffffffffffffffff", "03 8000000000000001",
          "06 8000000000000000")) {
        Socket evil = greeted(master, "h_evil");
        evil.getOutputStream().write(HexFormat.of().parseHex(claim.replace(" ", "")));
        assertTrue(ended(evil), claim);
        Socket early = raw(master);
        early.getOutputStream().write(Greeting.ours());
        early.getOutputStream().write(HexFormat.of().parseHex(claim.replace(" ", "")));
        early.getInputStream().readNBytes(Greeting.BYTES + Command.ready("ROUTER", new byte[0]).frame().length);
        assertTrue(ended(early), claim);
      }
      talks(worker, master, "after");
      eventuallyLogged("The connection from 127.0.0.1:", " (h_evil) was closed: it announced a frame of "
          + "9223372036854775808 bytes; the limit is " + FRAME_LIMIT + ".");
    }
    assertEquals(List.of(), log.lines().stream().filter(line -> line.startsWith("ERROR")).toList());
    assertTrue(log.lines().stream().anyMatch(line -> line.contains(" more complaints like the one about connections")));
  }

  @Test
  void connectionsThatOnlyAnnounceHoldNothing() throws Exception {
    try (MasterSocket master = master(TIGHT); WorkerSocket worker = worker(master)) {
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Socket evil = greeted(master, "h_evil" + i);
        evil.getOutputStream().write(announcing(FRAME_LIMIT));
        silent.add(evil);
      }
      talks(worker, master, "meanwhile");
      worker.send(new byte[FRAME_LIMIT]); // a whole one still has room
      eventually("the big one comes", () -> atMaster.stream().anyMatch(line -> line.length() > FRAME_LIMIT));
      silent.getFirst().getOutputStream().write(new byte[FRAME_LIMIT]);
      eventually("so does theirs", () -> atMaster.stream().filter(line -> line.length() > FRAME_LIMIT).count() == 2);
      assertEquals(List.of(), log.take());
    }
  }

  @Test
  void whoeverHoldsMostOfWhatIsUnfinishedForLongestGoes() throws Exception {
    try (MasterSocket master = master(TIGHT); WorkerSocket worker = worker(master)) {
      Socket small = greeted(master, "h_small");
      small.getOutputStream().write(announcing(1_000));
      small.getOutputStream().write(new byte[500]);
      for (int i = 0; i < 12; i++) { // twelve times half a megabyte beside a limit of one and a half
        Socket evil = greeted(master, "h_evil" + i);
        evil.getOutputStream().write(announcing(FRAME_LIMIT));
        evil.getOutputStream().write(new byte[FRAME_LIMIT / 2 + 1]);
      }
      eventuallyLogged("The connection from 127.0.0.1:", "did not finish a message; ");
      talks(worker, master, "meanwhile");
      small.getOutputStream().write(new byte[500]);
      eventually("who holds little may finish", () -> atMaster.stream().anyMatch(line -> line.startsWith("h_small ")));
    }
  }

  @Test
  void aFloodOfOneLeavesRoomForTheOthers() throws Exception {
    MasterSocket.Receiver receiver = message -> {
      if (new String(message.identity(), StandardCharsets.UTF_8).equals("h_decent")) {
        keep(message);
      } else {
        unhandled.add(message);
      }
    };
    try (MasterSocket master = MasterSocket.bind("127.0.0.1", 0, TIGHT, receiver, log);
        WorkerSocket worker = worker(master)) {
      List<Thread> floods = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Socket evil = greeted(master, "h_evil" + i);
        byte[] many = new byte[2_000_000]; // a million empty messages
        floods.add(Thread.ofVirtual().start(() -> {
          try {
            evil.getOutputStream().write(many);
          } catch (IOException e) {
            return; // the test is over
          }
        }));
      }
      eventually("they are held back", () -> unhandled.size() > 300);
      for (int i = 0; i < 20; i++) {
        talks(worker, master, "word " + i);
      }
      long most = TIGHT.waitingBytes() / RouterLimits.MESSAGE_OVERHEAD;
      assertTrue(unhandled.size() <= most + 32, unhandled.size() + " messages wait; there is room for " + most);
      int before = unhandled.size();
      List<Incoming> first = List.copyOf(unhandled);
      first.forEach(Incoming::handled);
      eventually("what is handled makes room", () -> unhandled.size() > before);
    }
  }

  @Test
  void whoDoesNotReadLosesMessagesAndAtLastTheConnection() throws Exception {
    RouterLimits limits = new RouterLimits(64 << 20, 300_000, 1_500_000, 30_000_000, 12_000_000, 40, 10, 2);
    try (MasterSocket master = master(limits); WorkerSocket worker = worker(master)) {
      talks(worker, master, "before");
      for (int i = 0; i < 4; i++) {
        Socket evil = greeted(master, "h_evil" + i);
        evil.getOutputStream().write(Frames.message(bytes("here")));
        String here = "h_evil" + i + " here";
        eventually("it is there", () -> atMaster.contains(here));
      }
      for (int round = 0; round < 30; round++) { // far more than the operating system takes
        for (int i = 0; i < 4; i++) {
          master.send("h_evil" + i, new byte[1_000_000]);
        }
        talks(worker, master, "round " + round);
      }
      eventuallyLogged("The connection from 127.0.0.1:", "did not take its messages; ");
      talks(worker, master, "after");
    }
  }

  @Test
  void whoPingsAndNeverReadsIsNotAnsweredForEver() throws Exception {
    try (MasterSocket master = master(TIGHT); WorkerSocket worker = worker(master)) {
      Socket evil = greeted(master, "h_evil");
      byte[] ping = Command.read(bytes("\4PING" + "\0".repeat(2_000))).frame();
      for (int i = 0; i < 10_000; i++) {
        evil.getOutputStream().write(ping);
      }
      evil.getOutputStream().write(Frames.message(bytes("still here")));
      eventually("it is heard", () -> atMaster.contains("h_evil still here"));
      eventuallyLogged("Worker h_evil does not take its messages in time; ", " have been dropped.");
      talks(worker, master, "after");
    }
  }

  @Test
  void connectionsWithoutAHandshakeMakeRoomAndEnd() throws Exception {
    try (MasterSocket master = master(TIGHT); WorkerSocket worker = worker(master)) {
      talks(worker, master, "before");
      List<Socket> half = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Socket evil = raw(master);
        evil.getOutputStream().write(Arrays.copyOf(Greeting.ours(), i));
        half.add(evil);
      }
      eventuallyLogged("The connection from 127.0.0.1:", "was the oldest of 11 without a handshake");
      talks(worker, master, "meanwhile");
      Socket late = greeted(master, "h_late");
      late.getOutputStream().write(Frames.message(bytes("hello")));
      eventually("a newcomer gets in", () -> atMaster.contains("h_late hello"));
      eventuallyLogged("The connection from 127.0.0.1:", "has not shaken hands within 2 s");
      for (Socket evil : half) {
        evil.getInputStream().skip(Greeting.BYTES);
        assertTrue(ended(evil));
      }
      talks(worker, master, "after");
    }
  }

  @Test
  void moreConnectionsThanAMasterTakesAreRefused() throws Exception {
    try (MasterSocket master = master(TIGHT); WorkerSocket worker = worker(master)) {
      talks(worker, master, "before");
      for (int i = 1; i < TIGHT.connections(); i++) {
        greeted(master, "h_" + i);
      }
      Socket tooMany = raw(master);
      assertTrue(ended(tooMany));
      eventuallyLogged("A connection from 127.0.0.1 was refused: this master has 40 connections", "");
      talks(worker, master, "after");
    }
  }

  @Test
  void thoseWhoOnlyKnockAreNotWorthALine() throws Exception {
    RouterLimits limits = new RouterLimits(FRAME_LIMIT, 300_000, 1_500_000, 600_000, 200_000, 1_000, 1_000, 30);
    try (MasterSocket master = master(limits); WorkerSocket worker = worker(master)) {
      for (int i = 0; i < 200; i++) {
        raw(master).close();
      }
      talks(worker, master, "after");
      assertEquals(List.of(), log.take());
    }
  }

  @Test
  void whoeverComesWithALiveWorkersIdIsNamed() throws Exception {
    try (MasterSocket master = master(TIGHT)) {
      Socket first = greeted(master, "h_1");
      first.getOutputStream().write(Frames.message(bytes("one")));
      eventually("the first is heard", () -> atMaster.contains("h_1 one"));
      Socket second = greeted(master, "h_1");
      assertTrue(ended(first));
      second.getOutputStream().write(Frames.message(bytes("two")));
      eventually("the second is heard", () -> atMaster.contains("h_1 two"));
      assertEquals(List.of(), log.take()); // a worker may be quicker to connect again than to close
      greeted(master, "h_1");
      assertTrue(ended(second));
      eventuallyLogged("The connection from 127.0.0.1:" + second.getLocalPort() + " (h_1) was closed because another one",
          "has the same id");
    }
  }

  @Test
  void whatCameOnAnEarlierConnectionComesBeforeTheLaterOne() throws Exception {
    try (MasterSocket master = master(TIGHT)) {
      for (int round = 0; round < 50; round++) {
        Socket first = greeted(master, "h_1");
        ByteBuffer all = ByteBuffer.allocate(1_000);
        for (int i = 0; i < 20; i++) {
          all.put(Frames.message(bytes(round + " first " + i)));
        }
        first.getOutputStream().write(all.array(), 0, all.position());
        Socket second = raw(master); // before the first is closed
        second.getOutputStream().write(Greeting.ours());
        second.getOutputStream().write(Command.ready("DEALER", bytes("h_1")).frame());
        second.getOutputStream().write(Frames.message(bytes(round + " second")));
        String last = "h_1 " + round + " second";
        eventually("the second is heard", () -> atMaster.contains(last));
        List<String> heard = List.copyOf(atMaster);
        assertEquals(21, heard.size());
        assertEquals("h_1 " + round + " first 19", heard.get(19));
        atMaster.clear();
      }
    }
  }

  @Test
  void peersWithoutAnIdentityAreAnsweredEachByItself() throws Exception {
    MasterSocket[] answering = new MasterSocket[1];
    try (MasterSocket master = MasterSocket.bind("127.0.0.1", 0, TIGHT, message -> {
      message.handled();
      answering[0].send(message.identity(), message.frame());
    }, log)) {
      answering[0] = master;
      Socket one = greeted(master, "");
      Socket two = greeted(master, "");
      two.getOutputStream().write(Frames.message(bytes("two")));
      one.getOutputStream().write(Frames.message(bytes("one")));
      assertEquals("\0\3one", new String(one.getInputStream().readNBytes(5), StandardCharsets.UTF_8));
      assertEquals("\0\3two", new String(two.getInputStream().readNBytes(5), StandardCharsets.UTF_8));
    }
  }

  /** A run that is busy: nothing that is ordered gets its turn, until somebody says so. */
  private static final class BusyTimeline implements Timeline {
    final Queue<Runnable> ordered = new ConcurrentLinkedQueue<>();

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public double epochSeconds() {
      return 0;
    }

    @Override
    public void order(Runnable work) {
      ordered.add(work);
    }

    @Override
    public Timer after(double seconds, Runnable work) {
      return () -> { };
    }
  }

  /** They were decoded at once and waited decoded, twenty times as large, and nobody counted them. */
  @Test
  void heartbeatsWaitAsTheBytesTheyCameAs() throws Exception {
    MessageCodec codec = new MessageCodec();
    Map<Object, Object> big = new HashMap<>();
    for (long i = 0; i < 5_000; i++) {
      big.put(70_000 + i, 1L);
    }
    byte[] beat = codec.encode(new Message("heartbeat", Map.of("x", big), "nobody"));
    long most = RouterLimits.ofThisProcess(FRAME_LIMIT).waitingBytes();
    BusyTimeline run = new BusyTimeline();
    MasterEndpoint endpoint = new MasterEndpoint(codec, log);
    MasterProtocol protocol = new MasterProtocol(new MasterSettings("2.47.0", true, false, 1), run,
        new FakeMasterRun(), endpoint, log);
    int port = endpoint.open("127.0.0.1", 0, protocol);
    try (endpoint; RawPeer peer = new RawPeer("h_1", port); RawPeer flood = new RawPeer("h_flood", port)) {
      peer.say("client_ready", "2.47.0");
      eventually("it has come", () -> run.ordered.size() == 1);
      run.ordered.remove().run();
      for (long sent = 0; sent < 2 * most; sent += beat.length) {
        flood.send(beat);
      }
      eventually("as much waits as one may have waiting", () -> run.ordered.size() * (long) beat.length > most / 5);
      peer.say("heartbeat", Map.of("state", "ready"));
      eventually("a heartbeat is answered at once", () -> peer.answers().contains("heartbeat"));
      assertTrue(run.ordered.size() * (long) beat.length <= most, run.ordered.size() + " of " + beat.length);
    }
  }
}
