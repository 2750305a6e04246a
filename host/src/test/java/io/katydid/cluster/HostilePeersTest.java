package io.katydid.cluster;

import static io.katydid.cluster.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.wire.CapturedFrame;
import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.MutatedFrames;
import io.katydid.wire.WireException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A running master and a running worker over real sockets while other peers send what breaks Locust (spec wire-protocol,
 * section 10) and worse: the test goes on, nothing counted is lost, the log stays readable.
 */
@Timeout(120)
class HostilePeersTest {
  private final RecordingLog log = new RecordingLog();
  private final RecordingLog workersLog = new RecordingLog();

  private interface Attack {
    void run(CountingMaster master) throws Exception;
  }

  /** Attacks a running test; then stops it and compares what was counted. */
  private void survives(Attack attack) throws Exception {
    try (CountingMaster master = new CountingMaster(0, log);
        CountingWorker decent = new CountingWorker("h_decent", master.port, workersLog)) {
      eventually("it is ready", () -> master.protocol.workers().ready() == 1);
      master.start(2, 100);
      eventually("its users run", () -> master.protocol.phase() == RunPhase.RUNNING);
      attack.run(master);
      long before = decent.requests.get();
      eventually("it still works", () -> decent.requests.get() > before + 5);
      assertTrue(!master.protocol.workers().get("h_decent").missing());
      master.stop();
      assertEquals(decent.requests.get(), master.stats.find("/counted", "GET").requests());
      eventually("it is ready again", () -> master.protocol.workers().ready() == 1);
      master.quit();
      assertEquals(WorkerRun.End.QUIT, decent.end.get(20, TimeUnit.SECONDS));
    }
    assertEquals(List.of(), log.lines().stream().filter(line -> line.contains("Exception")).toList());
    assertEquals(List.of(), workersLog.lines().stream().filter(line -> line.startsWith("ERROR")).toList());
  }

  /** Sends something after which the master has certainly handled all that was sent before. */
  private void settle(RawPeer peer) throws Exception {
    int before = peer.answers().size();
    peer.say("locustfile", Map.of("version", "2.47.0"));
    eventually("the master answers", () -> peer.answers().stream().skip(before).anyMatch("locustfile"::equals));
  }

  @Test
  void whatEndsTheLoopOfALocustMasterIsRefusedOnceInTheLog() throws Exception {
    survives(master -> {
      try (RawPeer evil = new RawPeer("h_evil", master.port)) {
        for (int round = 0; round < 20; round++) {
          for (String frame : List.of("", "93", "93a471756974c0", "92a471756974c0", "94a471756974c0a178c0", "81a178c0",
              "93a471756974c0a2fffe", "93a471756974c0a17800", "c1", "93c40471756974c0a178")) {
            evil.sendHex(frame);
          }
        }
        settle(evil);
      }
    });
    assertEquals(1, log.lines().stream().filter(line -> line.startsWith("ERROR Unrecognized message detected")).count());
    assertTrue(log.has("WARNING There were 199 more complaints like the one about unrecognized messages of h_evil."),
        () -> log.lines().toString());
  }

  @Test
  void aKnownWorkerThatSendsRubbishIsAskedToReconnect() throws Exception {
    survives(master -> {
      try (RawPeer known = new RawPeer("h_known", master.port)) {
        known.say("client_ready", "2.47.0");
        eventually("it is known", () -> known.answers().contains("ack"));
        known.sendHex("93");
        eventually("it hears so", () -> known.answers().contains("reconnect"));
        known.say("quit", null);
        eventually("it is gone", () -> master.protocol.workers().get("h_known") == null);
      }
    });
  }

  @Test
  void wrongTypesAndOldDialectsChangeNothing() throws Exception {
    survives(master -> {
      try (RawPeer evil = new RawPeer("h_evil", master.port)) {
        for (String type : List.of("heartbeat", "stats", "spawning", "spawning_complete", "exception", "logs", "quit",
            "client_stopped", "hatching", "hatch_complete", "no such type", "", "x".repeat(100_000), "two\nlines")) {
          for (Object data : new Object[] {null, 1L, -1.5, "x", List.of(), Map.of(), Map.of(1L, 2L), new byte[3],
              Map.of("user_classes_count", 7L, "state", 3L, "logs", 4L, "current_cpu_usage", "much"),
              Map.of("stats", List.of(1L), "stats_total", 3L, "errors", "x")}) {
            evil.say(type, data);
          }
        }
        evil.say("client_ready", null);
        evil.say("client_ready", "");
        settle(evil);
        assertTrue(!evil.answers().contains("ack"), "an old worker is not let in");
      }
    });
    assertTrue(log.lines().stream().filter(line -> line.startsWith("WARNING")).count() < 20,
        () -> log.lines().stream().filter(line -> line.startsWith("WARNING")).toList().toString());
  }

  @Test
  void aWorkerMayHaveAnyVersionAndForgetFields() throws Exception {
    survives(master -> {
      try (RawPeer odd = new RawPeer("h_odd", master.port)) {
        for (Object version : new Object[] {7L, -1L, 2.5, List.of("2.47.0"), new byte[] {50}}) {
          int before = odd.answers().size();
          odd.say("client_ready", version);
          eventually("it is let in", () -> odd.answers().stream().skip(before).anyMatch("ack"::equals));
          odd.say("heartbeat", Map.of());
          odd.say("heartbeat", null);
          odd.say("spawning_complete", null);
          odd.say("client_stopped", null);
          eventually("it is out", () -> master.protocol.workers().get("h_odd") == null);
        }
      }
    });
  }

  @Test
  void impossibleNumbersAreNotCounted() throws Exception {
    survives(master -> {
      try (RawPeer evil = new RawPeer("h_evil", master.port)) {
        for (Object number : new Object[] {-1L, Long.MAX_VALUE, Long.MIN_VALUE, BigInteger.ONE.shiftLeft(63), 1e300,
            Double.NaN, Double.POSITIVE_INFINITY}) {
          for (String field : List.of("num_requests", "num_none_requests", "num_failures", "total_content_length",
              "last_request_timestamp", "start_time")) {
            Map<String, Object> entry = new HashMap<>(Map.of("name", "/evil", "method", "GET", "num_requests", 1L));
            entry.put(field, number);
            evil.say("stats", Map.of("stats", List.of(entry), "stats_total", entry, "errors", Map.of(),
                "user_classes_count", Map.of("A", number)));
          }
          Map<String, Object> seconds = Map.of("name", "/evil", "method", "GET", "num_requests", 1L,
              "num_reqs_per_sec", Map.of(5L, number));
          evil.say("stats", Map.of("stats", List.of(seconds), "stats_total", seconds, "errors", Map.of()));
        }
        settle(evil);
      }
      assertEquals(null, master.stats.find("/evil", "GET"));
    });
  }

  @Test
  void aFrameBeyondTheLimitCostsTheConnection() throws Exception {
    survives(master -> {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), master.port);
      byte[] identity = "h_evil".getBytes(StandardCharsets.UTF_8);
      try (ZmtpConnection evil = ZmtpConnection.open(address, identity, 1 << 20)) {
        assertThrows(IOException.class, () -> {
          evil.write(new byte[65 << 20], true);
          evil.read();
        });
      }
    });
  }

  @Test
  void aSecondWorkerWithTheSameIdIsNamed() throws Exception {
    survives(master -> {
      try (RawPeer first = new RawPeer("h_twin", master.port)) {
        first.say("client_ready", "2.47.0");
        eventually("it is known", () -> first.answers().contains("ack"));
        first.say("spawning_complete", Map.of("user_classes_count", Map.of("A", 1L)));
        eventually("it has users", () -> master.protocol.workers().get("h_twin").userCount() == 1);
        first.say("client_ready", "2.47.0");
        eventually("it is named", () -> log.lines().stream().anyMatch(line ->
            line.startsWith("WARNING Worker h_twin says that it is ready while its users run")));
        first.say("quit", null);
        eventually("it is gone", () -> master.protocol.workers().get("h_twin") == null);
      }
    });
  }

  @Test
  void statsOfUnknownWorkersCountAndTheirLogsDoNot() throws Exception {
    survives(master -> {
      try (RawPeer stranger = new RawPeer("h_stranger", master.port)) {
        Map<String, Object> entry = Map.of("name", "/strange", "method", "GET", "num_requests", 3L);
        stranger.say("stats", Map.of("stats", List.of(entry), "stats_total", entry, "errors", Map.of(),
            "user_classes_count", Map.of("A", 1L)));
        stranger.say("logs", Map.of("worker_id", "h_invented", "logs", List.of("a line of a stranger")));
        settle(stranger);
      }
      assertEquals(3, master.stats.find("/strange", "GET").requests());
      assertTrue(!master.workerLogs.contains("a line of a stranger"));
    });
  }

  @Test
  void mutatedFramesOfWorkersDoNotHurtTheMaster() throws Exception {
    MessageCodec codec = new MessageCodec();
    survives(master -> {
      List<byte[]> frames = MutatedFrames.of(frame -> !frame.fromMaster(), 6_000, 47);
      for (int i = 0; i < frames.size(); i += 1_000) {
        try (RawPeer evil = new RawPeer("h_evil" + i, master.port)) {
          for (byte[] frame : frames.subList(i, i + 1_000)) {
            if (!is(codec, frame, "client_ready")) { // a worker that comes and does nothing would get half of the users
              evil.send(frame);
            }
          }
          settle(evil);
        }
      }
    });
    assertTrue(log.lines().stream().filter(line -> line.startsWith("ERROR")).count() < 200,
        () -> log.lines().stream().filter(line -> line.startsWith("ERROR")).toList().toString());
  }

  /** Every byte of a connection may be wrong: greeting, handshake, flags, lengths, messages. */
  @Test
  void mutatedConnectionsDoNotHurtTheMaster() throws Exception {
    MessageCodec codec = new MessageCodec();
    List<byte[]> frames = MutatedFrames.of(frame -> !frame.fromMaster(), 5_000, 49).stream()
        .filter(frame -> !is(codec, frame, "client_ready")).toList();
    survives(master -> {
      try (MutatedConnections evil = new MutatedConnections(master.port, 150, frames, 50)) {
        evil.send(40_000);
        assertTrue(evil.connections() > 1_000, "many of them have been ended: " + evil.connections());
      }
    });
    List<String> named = log.lines().stream()
        .filter(line -> line.startsWith("WARNING The connection from 127.0.0.1:")).toList();
    assertTrue(named.size() > 5 && named.size() < 100, named::toString);
    assertTrue(log.lines().stream().anyMatch(line -> line.startsWith("WARNING There were ")
        && line.contains("complaints like the one about connections from 127.0.0.1: announced a frame of N bytes")));
  }

  @Test
  void mutatedFramesOfMastersDoNotHurtTheWorker() throws Exception {
    MessageCodec codec = new MessageCodec();
    List<Message> heard = new CopyOnWriteArrayList<>();
    AtomicReference<MasterSocket> socket = new AtomicReference<>();
    try (MasterSocket master = MasterSocket.bind("127.0.0.1", 0, 64 << 20, incoming -> {
      incoming.handled();
      try {
        Message message = codec.decode(incoming.frame());
        heard.add(message);
        if (message.type().equals("client_ready")) {
          socket.get().send("h_1", codec.encode(new Message("ack", Map.of("index", 0L), "h_1")));
        }
      } catch (WireException e) {
        throw new AssertionError(e);
      }
    }, log)) {
      socket.set(master);
      try (CountingWorker worker = new CountingWorker("h_1", master.port(), workersLog)) {
        eventually("it is there", () -> heard.stream().anyMatch(message -> message.type().equals("heartbeat")));
        List<byte[]> frames = MutatedFrames.of(CapturedFrame::fromMaster, 6_000, 48);
        for (int i = 0; i < frames.size(); i += 500) { // more at once than a ROUTER keeps would be dropped
          frames.subList(i, i + 500).stream().filter(frame -> !is(codec, frame, "quit") && !is(codec, frame, "spawn"))
              .forEach(frame -> master.send("h_1", frame));
          long before = discarded(heard);
          byte[] old = codec.encode(new Message("spawn", Map.of("timestamp", -1.0), "h_1"));
          eventually("it has read them", () -> {
            master.send("h_1", old); // lost while the worker, told so, connects again
            return discarded(heard) > before;
          });
        }
        byte[] order = codec.encode(new Message("spawn", Map.of("timestamp", 4e9, "user_classes_count",
            Map.of("A", 1L, "B", 2L), "stop_timeout", 0.0, "parsed_options", Map.of()), "h_1"));
        master.send("h_1", order);
        eventually("it still obeys", () -> heard.stream().anyMatch(message -> message.type().equals("spawning_complete")
            && ((Map<?, ?>) message.data()).get("user_count").equals(3L)));
        int before = heard.size();
        eventually("and is alive", () -> heard.stream().skip(before).anyMatch(message ->
            message.type().equals("heartbeat") && ((Map<?, ?>) message.data()).get("state").equals("running")));
        master.send("h_1", codec.encode(new Message("quit", null, "h_1")));
        assertEquals(WorkerRun.End.QUIT, worker.end.get(20, TimeUnit.SECONDS));
      }
    }
    List<String> errors = workersLog.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
    assertEquals(1, errors.size(), errors::toString);
    assertTrue(workersLog.lines().stream().anyMatch(line -> line.contains(" more complaints like the one about")));
  }

  /** How many orders the worker has begun to look at. */
  private static long discarded(List<Message> heard) {
    return heard.stream().filter(message -> message.type().equals("spawning")).count();
  }

  private static boolean is(MessageCodec codec, byte[] frame, String type) {
    try {
      return codec.decode(frame).type().equals(type);
    } catch (WireException e) {
      return false;
    }
  }
}
