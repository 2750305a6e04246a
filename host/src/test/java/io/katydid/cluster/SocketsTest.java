package io.katydid.cluster;

import static io.katydid.cluster.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Master's and worker's socket against each other and against plain ZeroMQ and TCP. */
@Timeout(60)
class SocketsTest {
  private static final long MAX_FRAME_BYTES = 1 << 20;
  private final RecordingLog log = new RecordingLog();
  private final Queue<String> atMaster = new ConcurrentLinkedQueue<>();
  private final Queue<String> atWorker = new ConcurrentLinkedQueue<>();
  private final Queue<Boolean> connects = new ConcurrentLinkedQueue<>();

  @Test
  void framesTravelBothWays() throws Exception {
    try (MasterSocket master = master(0); WorkerSocket worker = worker(master.port(), "h_1")) {
      worker.send(bytes("hello"));
      eventually("the master gets it", () -> atMaster.contains("h_1 hello"));
      master.send("h_1", bytes("welcome"));
      eventually("the worker gets it", () -> atWorker.contains("welcome"));
    }
  }

  @Test
  void aMasterOnAllAddressesIsReachedByNameAndByAddress() throws Exception {
    try (MasterSocket master = MasterSocket.bind("*", 0, MAX_FRAME_BYTES, this::keep, log);
        WorkerSocket byName = WorkerSocket.connect("localhost", master.port(), "h_name", MAX_FRAME_BYTES,
            listener(atWorker), log);
        WorkerSocket byAddress = worker(master.port(), "h_address")) {
      byName.send(bytes("hello"));
      byAddress.send(bytes("hello"));
      eventually("both are heard", () -> atMaster.containsAll(List.of("h_name hello", "h_address hello")));
    }
  }

  @Test
  void everyMessageQueuedBeforeCloseArrivesInOrder() throws Exception {
    try (MasterSocket master = master(0)) {
      WorkerSocket worker = worker(master.port(), "h_1");
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        worker.send(bytes("m" + i));
        expected.add("h_1 m" + i);
      }
      worker.close();
      eventually("all have come", () -> atMaster.size() == 5_000);
      assertEquals(expected, List.copyOf(atMaster));
    }
  }

  @Test
  void aFullMasterReadsNothingAndStillSendsUntilThereIsRoomAgain() throws Exception {
    Queue<Incoming> unhandled = new ConcurrentLinkedQueue<>();
    RouterLimits tight = new RouterLimits(MAX_FRAME_BYTES, 10_000, 2 << 20, 2 << 20, 1 << 20, 100, 10, 30);
    try (MasterSocket master = MasterSocket.bind("127.0.0.1", 0, tight, unhandled::add, log);
        WorkerSocket worker = worker(master.port(), "h_1")) {
      worker.send(new byte[20_000]);
      eventually("the first fills it", () -> unhandled.size() == 1);
      for (int i = 0; i < 10; i++) {
        worker.send(bytes("m" + i));
      }
      for (int i = 0; i < 20; i++) {
        String welcome = "welcome " + i;
        master.send("h_1", bytes(welcome));
        eventually("the worker hears from it", () -> atWorker.contains(welcome));
      }
      assertEquals(1, unhandled.size());
      unhandled.peek().handled();
      unhandled.peek().handled(); // once is enough
      eventually("the rest is read", () -> unhandled.size() == 11);
      assertEquals("m9", text(List.copyOf(unhandled).getLast().frame()));
    }
  }

  @Test
  void messagesToWorkersAreFlushedWhenTheMasterCloses() throws Exception {
    MasterSocket master = master(0);
    try (WorkerSocket worker = worker(master.port(), "h_1")) {
      worker.send(bytes("hello"));
      eventually("the worker is known", () -> !atMaster.isEmpty());
      for (int i = 0; i < 500; i++) {
        master.send("h_1", bytes("m" + i));
      }
      master.close();
      eventually("all have come", () -> atWorker.size() == 500);
    }
  }

  @Test
  void aWorkerFindsAMasterThatStartsLaterOnTheSamePort() throws Exception {
    int port;
    try (MasterSocket first = master(0)) {
      port = first.port();
    }
    try (WorkerSocket worker = worker(port, "h_1")) {
      worker.send(bytes("early"));
      try (MasterSocket master = master(port)) {
        eventually("the early message comes", () -> atMaster.contains("h_1 early"));
      }
      try (MasterSocket restarted = master(port)) {
        eventually("it reaches the restarted master", () -> {
          worker.send(bytes("again"));
          return atMaster.contains("h_1 again");
        });
        restarted.send("h_1", bytes("back"));
        eventually("and hears from it", () -> atWorker.contains("back"));
        assertEquals(List.of(false, true), List.copyOf(connects));
      }
    }
  }

  @Test
  void aResetSocketKeepsItsIdentity() throws Exception {
    try (MasterSocket master = master(0); WorkerSocket worker = worker(master.port(), "h_1")) {
      worker.send(bytes("one"));
      worker.reset();
      eventually("it has connected again", () -> connects.contains(true));
      worker.send(bytes("two"));
      eventually("both have come", () -> List.copyOf(atMaster).equals(List.of("h_1 one", "h_1 two")));
      master.send("h_1", bytes("answer"));
      eventually("the answer takes the new connection", () -> atWorker.contains("answer"));
    }
  }

  @Test
  void aSecondConnectionWithTheSameIdentityTakesOver() throws Exception {
    try (MasterSocket master = master(0); WorkerSocket first = worker(master.port(), "h_1")) {
      first.send(bytes("first"));
      eventually("the first is known", () -> atMaster.contains("h_1 first"));
      Queue<String> atSecond = new ConcurrentLinkedQueue<>();
      try (WorkerSocket second = worker(master.port(), "h_1", atSecond)) {
        second.send(bytes("second"));
        eventually("the second is heard", () -> atMaster.contains("h_1 second"));
        master.send("h_1", bytes("answer"));
        eventually("and gets the answer", () -> atSecond.contains("answer"));
      }
    }
  }

  @Test
  void aMessageToNobodyVanishes() throws Exception {
    try (MasterSocket master = master(0); WorkerSocket worker = worker(master.port(), "h_1")) {
      master.send("h_unknown", bytes("lost"));
      worker.send(bytes("hello"));
      eventually("the socket still works", () -> atMaster.contains("h_1 hello"));
      assertEquals(List.of(), log.take());
    }
  }

  @Test
  void aWorkerThatDoesNotReadIsNamedAndHoldsNobodyUp() throws Exception {
    byte[] frame = new byte[100_000];
    try (MasterSocket master = master(0); WorkerSocket worker = worker(master.port(), "h_1");
        ZmtpConnection slow = ZmtpConnection.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), master.port()), bytes("h_slow"), 1 << 20)) {
      slow.write(bytes("hello"), true);
      worker.send(bytes("hello"));
      eventually("both are there", () -> atMaster.containsAll(List.of("h_1 hello", "h_slow hello")));
      for (int i = 0; i < 2_000; i++) {
        master.send("h_slow", frame);
      }
      master.send("h_1", bytes("welcome"));
      eventually("the other one gets its message", () -> atWorker.contains("welcome"));
      assertEquals(List.of(), log.take());
      slow.write(bytes("still here"), true);
      eventually("the slow one is named", () -> log.lines().size() == 1);
      String line = log.take().getFirst();
      assertTrue(line.startsWith("WARNING Worker h_slow does not take its messages in time; "), line);
    }
  }

  @Test
  void aWorkerThatLeavesIsNoSlowOne() throws Exception {
    try (MasterSocket master = master(0); WorkerSocket other = worker(master.port(), "h_1")) {
      try (WorkerSocket leaving = worker(master.port(), "h_2")) {
        leaving.send(bytes("hello"));
        eventually("it is there", () -> atMaster.contains("h_2 hello"));
      }
      for (int i = 0; i < 1_000; i++) {
        master.send("h_2", bytes("lost"));
      }
      other.send(bytes("hello"));
      eventually("the socket still works", () -> atMaster.contains("h_1 hello"));
      assertEquals(List.of(), log.take());
    }
  }

  @Test
  void extraPartsAreIgnoredAndEmptyOnesHandedOn() throws Exception {
    try (MasterSocket master = master(0); ZContext context = new ZContext()) {
      ZMQ.Socket dealer = context.createSocket(SocketType.DEALER);
      dealer.setIdentity(bytes("h_raw"));
      dealer.setHandshakeIvl(500); // JeroMQ loses one connection in ten, see docs/design/cluster.md
      dealer.connect("tcp://127.0.0.1:" + master.port());
      dealer.sendMore("payload");
      dealer.send("extra");
      dealer.sendMore("");
      dealer.send("after delimiter");
      dealer.send("plain");
      eventually("all three have come", () -> atMaster.size() == 3);
      assertEquals(List.of("h_raw payload", "h_raw ", "h_raw plain"), List.copyOf(atMaster));
    }
  }

  @Test
  void garbageOnTheMastersPortHarmsNobody() throws Exception {
    try (MasterSocket master = master(0); WorkerSocket worker = worker(master.port(), "h_1")) {
      Random random = new Random(3);
      for (int i = 0; i < 30; i++) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        if (i % 3 == 0 && garbage.length > 10) {
          System.arraycopy(new byte[] {(byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f}, 0, garbage, 0, 10);
        }
        try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), master.port());
            OutputStream out = raw.getOutputStream()) {
          out.write(i == 7 ? bytes("GET / HTTP/1.1\r\n\r\n") : garbage);
        }
      }
      worker.send(bytes("hello"));
      eventually("the worker is heard", () -> atMaster.contains("h_1 hello"));
    }
  }

  @Test
  void aFrameBeyondTheLimitCostsItsSenderTheConnection() throws Exception {
    try (MasterSocket master = master(0); WorkerSocket worker = worker(master.port(), "h_big")) {
      worker.send(new byte[2 << 20]);
      eventually("the sender has had to connect again", () -> {
        worker.send(bytes("small"));
        return connects.contains(true) && atMaster.contains("h_big small");
      });
      assertTrue(atMaster.stream().allMatch(line -> line.equals("h_big small")));
    }
  }

  @Test
  void aReceiverThatThrowsDoesNotEndTheSocket() throws Exception {
    MasterSocket.Receiver receiver = message -> {
      if (text(message.frame()).equals("bad")) {
        throw new IllegalStateException("receiver failed");
      }
      atMaster.add(text(message.frame()));
    };
    try (MasterSocket master = MasterSocket.bind("127.0.0.1", 0, MAX_FRAME_BYTES, receiver, log);
        WorkerSocket worker = worker(master.port(), "h_1")) {
      worker.send(bytes("bad"));
      worker.send(bytes("good"));
      eventually("the next one comes", () -> atMaster.contains("good"));
    }
  }

  @Test
  void aMasterWhoseThreadStandsStillSaysSo() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    MasterSocket.Receiver receiver = message -> {
      message.handled();
      atMaster.add("held");
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
    try (MasterSocket master = MasterSocket.bind("127.0.0.1", 0, MAX_FRAME_BYTES, receiver, log);
        WorkerSocket worker = worker(master.port(), "h_1")) {
      assertNull(master.deafness());
      worker.send(bytes("hello"));
      eventually("the thread is held", () -> !atMaster.isEmpty());
      long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(21);
      assertTrue(master.deafness(later).startsWith("The thread that hears the workers has stood still for 2"));
      released.countDown();
      eventually("it goes on", () -> master.deafness(later) == null);
      master.close();
      assertNull(master.deafness(later), "nobody expects it to hear then");
    }
  }

  @Test
  void aTakenPortIsRefusedWithAdvice() throws Exception {
    try (MasterSocket master = master(0)) {
      ClusterException e = assertThrows(ClusterException.class, () -> master(master.port()));
      assertTrue(e.getMessage().contains("--master-bind-port"), e.getMessage());
    }
  }

  @Test
  void longFramesTravelBothWays() throws Exception {
    String text = "x".repeat(700_000);
    try (MasterSocket master = master(0); WorkerSocket worker = worker(master.port(), "h_1")) {
      worker.send(bytes(text));
      eventually("the master gets it", () -> atMaster.contains("h_1 " + text));
      master.send("h_1", bytes(text));
      eventually("the worker gets it", () -> atWorker.contains(text));
    }
  }

  @Test
  void garbageInsteadOfAMasterIsNoMaster() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        WorkerSocket worker = worker(server.getLocalPort(), "h_1")) {
      for (int i = 0; i < 3; i++) {
        try (Socket raw = server.accept()) {
          raw.getOutputStream().write(i == 0 ? new byte[100] : bytes("HTTP/1.1 400 Bad Request\r\n".repeat(4)));
        }
      }
      assertTrue(connects.isEmpty());
      assertEquals(List.of(), log.take());
    }
  }

  @Test
  void closingAWorkerThatNeverReachedItsMasterEnds() throws Exception {
    int port;
    try (MasterSocket gone = master(0)) {
      port = gone.port();
    }
    WorkerSocket worker = worker(port, "h_1");
    worker.close();
    assertEquals(List.of(), List.copyOf(atMaster));
  }

  @Test
  void whatNobodyTookIsCountedInTheLog() throws Exception {
    int port;
    try (MasterSocket gone = master(0)) {
      port = gone.port();
    }
    WorkerSocket worker = worker(port, "h_1");
    worker.send(bytes("one"));
    worker.send(bytes("two"));
    worker.close();
    assertEquals(List.of("WARNING 2 messages to the master could not be delivered; what they reported is not in its "
        + "statistics."), log.take());
  }

  @Test
  void aFullQueueDropsAndSaysHowMuch() throws Exception {
    int port;
    try (MasterSocket gone = master(0)) {
      port = gone.port();
    }
    try (WorkerSocket worker = worker(port, "h_1")) {
      for (int i = 0; i < 25_000; i++) {
        worker.send(bytes("m" + i));
      }
      assertEquals(List.of("WARNING The master does not take messages any more; 20000 are waiting and further ones are "
          + "dropped."), log.take());
      try (MasterSocket master = master(port)) {
        eventually("what waited comes", () -> atMaster.size() >= 20_000);
        eventually("the loss is told", () -> log.lines().contains("WARNING " + (25_000 - atMaster.size())
            + " messages to the master were dropped; what they reported is not in its statistics."));
        worker.send(bytes("last"));
        eventually("it goes on", () -> atMaster.contains("h_1 last"));
      }
    }
  }

  private MasterSocket master(int port) throws ClusterException {
    return MasterSocket.bind("127.0.0.1", port, MAX_FRAME_BYTES, this::keep, log);
  }

  private void keep(Incoming message) {
    atMaster.add(text(message.identity()) + " " + text(message.frame()));
    message.handled();
  }

  private WorkerSocket worker(int port, String identity) {
    return worker(port, identity, atWorker);
  }

  private WorkerSocket worker(int port, String identity, Queue<String> received) {
    return WorkerSocket.connect("127.0.0.1", port, identity, MAX_FRAME_BYTES, listener(received), log);
  }

  private WorkerSocket.Listener listener(Queue<String> received) {
    return new WorkerSocket.Listener() {
      @Override
      public void received(byte[] frame) {
        received.add(text(frame));
      }

      @Override
      public void connected(boolean again) {
        connects.add(again);
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
