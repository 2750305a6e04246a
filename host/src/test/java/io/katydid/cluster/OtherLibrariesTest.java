package io.katydid.cluster;

import static io.katydid.cluster.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The master's socket under clients of the libraries that workers are made with: libzmq (pyzmq) and JeroMQ. */
@Timeout(60)
class OtherLibrariesTest {
  /** Several kinds of sockets, with heartbeats of ZMTP; says what it gets and how often a connection was lost. */
  private static final String PYTHON = """
      import sys, time, zmq
      from zmq.utils.monitor import recv_monitor_message

      context = zmq.Context()
      lost = []

      def connect(kind, identity):
          made = context.socket(kind)
          if identity:
              made.setsockopt(zmq.IDENTITY, identity)
          made.setsockopt(zmq.HEARTBEAT_IVL, 100)
          made.setsockopt(zmq.HEARTBEAT_TTL, 3000)
          made.setsockopt(zmq.HEARTBEAT_TIMEOUT, 20000)
          made.setsockopt(zmq.LINGER, 5000)
          lost.append(made.get_monitor_socket(zmq.EVENT_DISCONNECTED | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
                                              | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL))
          made.connect("tcp://127.0.0.1:" + sys.argv[1])
          return made

      named, unnamed = connect(zmq.DEALER, b"h_named"), connect(zmq.DEALER, None)
      for round in range(3):
          for name, each in (("named", named), ("unnamed", unnamed)):
              each.send(b"hello")
              print(name, each.recv().decode(), flush=True)
          time.sleep(0.5)  # some PINGs
      named.send(b"x" * 900_000)
      print("long", len(named.recv()), flush=True)
      for i in range(5000):
          named.send(b"%d" % i)
      print("in order", [named.recv() for i in range(5000)] == [b"%d" % i for i in range(5000)], flush=True)
      print("lost", sum(each.poll(0) for each in lost), flush=True)
      named.close()
      again = connect(zmq.DEALER, b"h_named")
      again.send(b"hello")
      print("again", again.recv().decode(), flush=True)
      """;

  private final RecordingLog log = new RecordingLog();

  @TempDir
  private Path folder;

  /** A master that sends back what it gets. */
  private MasterSocket echoing() throws ClusterException {
    AtomicReference<MasterSocket> self = new AtomicReference<>();
    MasterSocket master = MasterSocket.bind("127.0.0.1", 0, 1 << 20, message -> {
      self.get().send(message.identity(), message.frame());
      message.handled();
    }, log);
    self.set(master);
    return master;
  }

  @Test
  void pyzmqTalksAndKeepsItsConnections() throws Exception {
    RealLocust.assumePresent();
    Assumptions.assumeTrue(Files.isExecutable(RealLocust.python()), () -> "no " + RealLocust.python() + " beside Locust");
    Path script = Files.writeString(folder.resolve("peer.py"), PYTHON);
    Path output = folder.resolve("peer.log");
    try (MasterSocket master = echoing()) {
      Process peer = new ProcessBuilder(RealLocust.python().toString(), script.toString(), "" + master.port())
          .redirectErrorStream(true).redirectOutput(output.toFile()).start();
      try {
        peer.waitFor(50, TimeUnit.SECONDS);
        assertEquals(List.of("named hello", "unnamed hello", "named hello", "unnamed hello", "named hello",
            "unnamed hello", "long 900000", "in order True", "lost 0", "again hello"), Files.readAllLines(output));
      } finally {
        peer.destroyForcibly();
      }
    }
    assertEquals(List.of(), log.take());
  }

  @Test
  void jeroMqTalksAndKeepsItsConnection() throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    try (MasterSocket master = echoing(); ZContext context = new ZContext()) {
      ZMQ.Socket dealer = context.createSocket(SocketType.DEALER);
      dealer.setIdentity("h_jero".getBytes(StandardCharsets.UTF_8));
      dealer.setHandshakeIvl(500); // JeroMQ loses one connection in ten, see docs/design/cluster.md
      dealer.setHeartbeatIvl(100);
      dealer.setHeartbeatTtl(3_000);
      dealer.setHeartbeatTimeout(20_000);
      dealer.setReceiveTimeOut(20_000);
      dealer.connect("tcp://127.0.0.1:" + master.port());
      for (int i = 0; i < 4; i++) {
        dealer.send("hello " + i);
        heard.add(dealer.recvStr());
        Thread.sleep(300); // some PINGs
      }
      byte[] big = new byte[900_000];
      dealer.send(big);
      assertEquals(big.length, dealer.recv().length);
      assertEquals(List.of("hello 0", "hello 1", "hello 2", "hello 3"), List.copyOf(heard));
    }
    assertEquals(List.of(), log.take());
  }

  @Test
  void sixtyFreshConnectionsAreAllHeard() throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    try (MasterSocket master = MasterSocket.bind("127.0.0.1", 0, 1 << 20, message -> {
      heard.add(new String(message.identity(), StandardCharsets.UTF_8));
      message.handled();
    }, log); ZContext context = new ZContext()) {
      for (int i = 0; i < 60; i++) {
        ZMQ.Socket dealer = context.createSocket(SocketType.DEALER);
        dealer.setIdentity(("h_" + i).getBytes(StandardCharsets.UTF_8));
        dealer.setHandshakeIvl(500);
        dealer.connect("tcp://127.0.0.1:" + master.port());
        dealer.send("hello");
      }
      eventually("all are heard", () -> heard.size() == 60);
    }
    assertEquals(List.of(), log.take());
  }
}
