package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.wire.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker against a master played by the test, in virtual time. */
class WorkerProtocolTest {
  private final VirtualTimeline time = new VirtualTimeline();
  private final RecordingLog log = new RecordingLog();
  private final FakeWorkerRun run = new FakeWorkerRun();
  private final List<Message> sent = new ArrayList<>();
  private int resets;
  private boolean masterAnswers = true;
  private WorkerProtocol worker = worker(0);

  private WorkerProtocol worker(double waitBeforeReady) {
    WorkerSettings settings = new WorkerSettings("h_1", "2.47.0", "localhost:5557", 10, waitBeforeReady);
    return new WorkerProtocol(settings, time, time, time, run, new WorkerLink() {
      @Override
      public void send(Message message) {
        assertEquals("h_1", message.nodeId());
        sent.add(message);
        if (message.type().equals("heartbeat") && masterAnswers) {
          worker.received(new Message("heartbeat", null, "h_1"));
        }
      }

      @Override
      public void reset() {
        resets++;
      }
    }, log);
  }

  @Test
  void theWorkerSpeaksOnlyAfterItWasAcknowledged() {
    worker.connect();
    time.advance(4.9);
    assertEquals(List.of("client_ready 2.47.0"), taken());
    run.lines = List.of("started");
    ack(3);
    assertEquals(List.of("heartbeat ready", "stats 0", "logs [started]"), taken());
    assertEquals(3, worker.index());
    time.advance(3);
    assertEquals(List.of("heartbeat ready", "heartbeat ready", "heartbeat ready", "stats 0"), sorted(taken()));
  }

  @Test
  void heartbeatsTellHealthAndTheLastRoundTrip() {
    masterAnswers = false;
    run.warnings = List.of("too slow");
    worker.connect();
    ack(0);
    assertEquals(
        Map.of("state", "ready", "current_cpu_usage", 1.5, "current_memory_usage", 1000L, "generator",
            Map.of("max_late_ms", 8.0, "p99_late_ms", 2.0, "gc_ms", 30.0, "warnings", List.of("too slow"))),
        sent.stream().filter(message -> message.type().equals("heartbeat")).findFirst().orElseThrow().data());
    time.advance(0.25);
    say("heartbeat", null);
    sent.clear();
    time.advance(0.75);
    assertEquals(250.0, latency());
    time.advance(0.1);
    worker.reconnected();
    sent.clear();
    time.advance(0.9);
    assertEquals(null, latency());
  }

  private Object latency() {
    Message heartbeat = sent.stream().filter(m -> m.type().equals("heartbeat")).findFirst().orElseThrow();
    return ((Map<?, ?>) heartbeat.data()).get("latency_ms");
  }

  @Test
  void theWorkerAnnouncesItselfEveryFiveSecondsAndGivesUpAfterFiveMinutes() {
    worker.connect();
    time.advance(60 * 5 + 4);
    assertEquals(61, taken().size());
    assertFalse(run.calls.contains("ended NO_MASTER"));
    time.advance(1);
    assertEquals(List.of("ended NO_MASTER"), run.take());
    assertTrue(log.lines().contains("DEBUG Failed to connect to master localhost:5557, retry 5/60."));
    assertTrue(log.lines().contains("INFO Failed to connect to master localhost:5557, retry 6/60."));
    assertTrue(log.lines().contains("INFO Failed to connect to master localhost:5557, retry 61/60."));
  }

  @Test
  void anAckWithoutIndexKeepsTheOldOne() {
    connected();
    say("ack", null);
    assertEquals(0, worker.index());
    ack(7);
    assertEquals(7, worker.index());
    assertEquals(List.of(), taken());
  }

  @Test
  void aSpawnStartsATestAndReportsWhenItsUsersAreThere() {
    connected();
    spawn(10, Map.of("A", 2L, "B", 1L));
    assertEquals(List.of("spawning", "spawning_complete 3"), taken());
    assertEquals(List.of("job http://h 1.5 {tags=null}", "clear", "test_start"), run.take().subList(0, 3));
    assertEquals("running", worker.state());
    spawn(11, Map.of("A", 3L));
    assertEquals(List.of("spawning", "spawning_complete 4"), taken());
    assertEquals(List.of("job http://h 1.5 {tags=null}", "apply {A=3}"), run.take());
    say("spawning_complete", Map.of("user_count", 4L));
    assertEquals(List.of("spawning_complete{user_count=4}"), run.take());
  }

  @Test
  void aChangedLocustfileIsLoadedWhenATestBeginsAndItsHashTold() {
    run.locustfileHash = "aaaa";
    connected();
    run.onTestBegins = () -> {
      run.calls.add("load");
      run.locustfileHash = "bbbb";
    };
    spawn(1, Map.of("A", 1L));
    spawn(2, Map.of("A", 2L));
    assertEquals(List.of("load"), run.calls.stream().filter("load"::equals).toList());
    assertTrue(run.calls.getFirst().equals("load"), run.calls::toString);
    sent.clear();
    time.advance(1);
    Message heartbeat = sent.stream().filter(m -> m.type().equals("heartbeat")).findFirst().orElseThrow();
    assertEquals("bbbb", ((Map<?, ?>) heartbeat.data()).get("locustfile_hash"));
    say("stop", null);
    assertEquals(1, run.testsEnded);
  }

  @Test
  void anOlderSpawnIsDiscarded() {
    connected();
    spawn(10, Map.of("A", 2L));
    taken();
    run.take();
    spawn(10, Map.of("A", 5L));
    assertEquals(List.of("spawning"), taken());
    assertEquals(List.of(), run.take());
    assertTrue(log.has("INFO Discard spawn message with older or equal timestamp than timestamp of previous spawn "
        + "message"));
  }

  @Test
  void aSpawnWithAnUnknownClassIsRefusedAndTheNextGoodOneWorks() {
    connected();
    spawn(10, Map.of("A", 1L, "Nope", 1L));
    assertEquals(List.of("spawning"), taken());
    assertEquals("spawning", worker.state());
    assertTrue(log.lines().stream().anyMatch(line -> line.startsWith("ERROR") && line.contains("Nope")));
    spawn(11, Map.of("A", 2L));
    assertEquals(List.of("spawning", "spawning_complete 2"), taken());
  }

  @Test
  void aNewerSpawnReplacesOneThatIsNotDone() {
    connected();
    run.holdBack = true;
    spawn(10, Map.of("A", 5L));
    Runnable first = run.heldBack;
    spawn(11, Map.of("A", 1L));
    run.heldBack.run();
    first.run();
    assertEquals(List.of("spawning", "spawning", "spawning_complete 1"), taken());
  }

  @Test
  void aStopSendsTheLastSamplesBeforeItIsConfirmed() {
    connected();
    spawn(10, Map.of("A", 2L));
    taken();
    run.take();
    run.counted = 40;
    run.countedWhileStopping = 2;
    say("stop", null);
    assertEquals(List.of("stats 42", "client_stopped", "client_ready 2.47.0"), taken());
    assertEquals(List.of("test_stopping", "stop users 1.5", "test_stop"), run.take());
    assertEquals("ready", worker.state());
  }

  @Test
  void aStopIsObeyedWhileReadyWithoutEvents() {
    connected();
    say("stop", null);
    assertEquals(List.of("stats 0", "client_stopped", "client_ready 2.47.0"), taken());
    assertEquals(List.of("stop users 0.0"), run.take());
  }

  @Test
  void ordersThatComeDuringAStopWaitForItsEnd() {
    connected();
    spawn(10, Map.of("A", 2L));
    taken();
    run.holdBack = true;
    say("stop", null);
    run.holdBack = false;
    spawn(11, Map.of("A", 1L));
    assertEquals(List.of(), taken());
    run.heldBack.run();
    assertEquals(List.of("stats 0", "client_stopped", "client_ready 2.47.0", "spawning", "spawning_complete 1"),
        taken());
    assertEquals(2, run.calls.stream().filter("test_start"::equals).count());
  }

  @Test
  void theWaitBeforeReadyIsKept() {
    worker = worker(2);
    connected();
    say("stop", null);
    assertEquals(List.of("stats 0", "client_stopped"), taken());
    time.advance(1.9);
    assertFalse(taken().contains("client_ready 2.47.0"));
    time.advance(0.2);
    assertTrue(taken().contains("client_ready 2.47.0"));
  }

  @Test
  void quittingSendsTheLastReportThenSaysGoodBye() {
    connected();
    spawn(10, Map.of("A", 2L));
    taken();
    run.take();
    time.advance(4);
    taken();
    assertFalse(run.lastReportWasFinal);
    run.countedWhileStopping = 3;
    say("quit", null);
    say("quit", null);
    assertTrue(run.lastReportWasFinal, "users that run on must not count what nobody reports");
    assertEquals(List.of("stats 3", "quit"), taken());
    assertEquals(List.of("test_stopping", "stop users 1.5", "test_stop", "ended QUIT"), run.take());
    time.advance(10);
    assertEquals(List.of(), taken());
    assertEquals(1, log.take().stream().filter("INFO Got quit message from master, shutting down..."::equals).count());
  }

  @Test
  void aSignalLosesNoSamplesEither() {
    connected();
    spawn(10, Map.of("A", 2L));
    taken();
    run.counted = 5;
    worker.leave();
    assertEquals(List.of("stats 5", "quit"), taken());
    assertTrue(run.calls.contains("ended QUIT"));
  }

  @Test
  void leavingDuringAStopEndsOnce() {
    connected();
    spawn(10, Map.of("A", 2L));
    taken();
    run.take();
    run.holdBack = true;
    say("stop", null);
    Runnable firstStop = run.heldBack;
    worker.leave();
    Runnable secondStop = run.heldBack;
    firstStop.run();
    secondStop.run();
    assertEquals(List.of("stats 0", "quit"), taken());
    assertEquals(List.of("test_stopping", "test_stop", "ended QUIT"),
        run.take().stream().filter(call -> !call.startsWith("stop users")).toList());
  }

  @Test
  void aMasterThatIsSilentForAMinuteEndsTheWorker() {
    connected();
    time.advance(5);
    masterAnswers = false;
    time.advance(59);
    assertFalse(run.calls.contains("ended MASTER_LOST"));
    taken();
    time.advance(3);
    assertTrue(log.has("ERROR Didn't get heartbeat from master in over 60s"));
    assertTrue(run.calls.contains("ended MASTER_LOST"));
    assertEquals("quit", taken().getLast());
  }

  @Test
  void aMasterThatNeverAnsweredHeartbeatsIsWaitedForForEver() {
    masterAnswers = false;
    connected();
    time.advance(1_000);
    assertEquals(List.of(), run.take());
  }

  @Test
  void aRestartedMasterIsToldThatTheWorkerIsThere() {
    connected();
    spawn(10, Map.of("A", 2L));
    time.advance(2);
    masterAnswers = false;
    worker.reconnected();
    taken();
    run.take();
    time.advance(6);
    assertEquals(List.of("client_ready 2.47.0"),
        taken().stream().filter(line -> !line.startsWith("heartbeat") && !line.startsWith("stats")).toList());
    assertEquals(List.of("test_stopping", "stop users 1.5", "test_stop"), run.take());
    masterAnswers = true;
    ack(0);
    spawn(1, Map.of("A", 1L));
    assertTrue(run.calls.contains("test_start"));
    time.advance(100);
    assertFalse(run.calls.contains("ended MASTER_LOST"));
  }

  @Test
  void anInterruptedConnectionToTheSameMasterChangesNothing() {
    connected();
    spawn(10, Map.of("A", 2L));
    run.take();
    worker.reconnected();
    time.advance(20);
    assertEquals(List.of(), run.take());
    assertEquals("running", worker.state());
  }

  @Test
  void reconnectOpensANewConnectionAndSaysNothingElse() {
    connected();
    say("reconnect", null);
    assertEquals(1, resets);
    assertEquals(List.of(), taken());
    assertEquals(List.of("WARNING Received reconnect message from master. Resetting RPC connection.",
        "INFO Reset connection to master"), log.take());
  }

  @Test
  void logLinesAreSentWholeUntilThereAreTooManyAtOnce() {
    connected();
    run.lines = List.of("one");
    time.advance(10);
    assertTrue(taken().contains("logs [one]"));
    run.lines = List.of("one", "two");
    time.advance(10);
    assertTrue(taken().contains("logs [one, two]"));
    time.advance(10);
    assertTrue(taken().stream().noneMatch(line -> line.startsWith("logs")));
    List<String> many = new ArrayList<>(run.lines);
    for (int i = 0; i < 71; i++) {
      many.add("line " + i);
    }
    run.lines = many;
    time.advance(10);
    assertEquals(1, taken().stream().filter(line -> line.startsWith("logs")).count());
    assertTrue(log.take().stream().anyMatch(line -> line.contains("more than 70 log lines")));
    run.lines = List.of("afterwards");
    time.advance(10);
    assertTrue(taken().stream().noneMatch(line -> line.startsWith("logs")));
  }

  @Test
  void customMessagesAndUserUpdatesAreHandedOn() {
    connected();
    say("mine", Map.of("x", 1L));
    say("wat", null);
    say("update_user_class", Map.of("user_class_name", "A"));
    say("update_user_class", null);
    assertEquals(List.of("mine {x=1}", "update {user_class_name=A}"), run.take());
    assertEquals("WARNING Unknown message type received: wat", log.take().getFirst());
    worker.sendMessage("hello", 3);
    worker.exception("boom", "trace");
    assertEquals(List.of("hello", "exception"), sent.stream().map(Message::type).toList());
  }

  @Test
  void hostileMessagesChangeNothing() {
    connected();
    for (String type : List.of("ack", "spawn", "spawning_complete", "heartbeat", "update_user_class", "stop")) {
      for (Object data : new Object[] {1L, "x", List.of(), Map.of(), Map.of(1L, 2L),
          Map.of("index", "x", "timestamp", "x", "user_classes_count", 3L, "stop_timeout", "x", "user_count", "x")}) {
        say(type, data);
      }
    }
    taken();
    time.advance(1);
    assertTrue(taken().contains("heartbeat ready"));
    spawn(2e9, Map.of("A", 1L));
    assertTrue(taken().contains("spawning_complete 1"));
  }

  private void connected() {
    worker.connect();
    ack(0);
    taken();
    run.take();
  }

  private void ack(long index) {
    say("ack", Map.of("index", index));
  }

  private void spawn(double timestamp, Map<String, Long> counts) {
    Map<String, Object> options = new HashMap<>();
    options.put("tags", null);
    Map<String, Object> job = new HashMap<>();
    job.put("timestamp", timestamp);
    job.put("user_classes_count", counts);
    job.put("host", "http://h");
    job.put("stop_timeout", 1.5);
    job.put("parsed_options", options);
    say("spawn", job);
  }

  private void say(String type, Object data) {
    worker.received(new Message(type, data, "h_1"));
    time.settle();
  }

  private List<String> taken() {
    List<String> taken = sent.stream().map(WorkerProtocolTest::described).toList();
    sent.clear();
    return taken;
  }

  private static String described(Message message) {
    return switch (message.type()) {
      case "client_ready" -> "client_ready " + message.data();
      case "heartbeat" -> "heartbeat " + ((Map<?, ?>) message.data()).get("state");
      case "stats" -> "stats " + ((Map<?, ?>) message.data()).get("counted");
      case "logs" -> "logs " + ((Map<?, ?>) message.data()).get("logs");
      case "spawning_complete" -> "spawning_complete " + ((Map<?, ?>) message.data()).get("user_count");
      default -> message.type();
    };
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }
}
