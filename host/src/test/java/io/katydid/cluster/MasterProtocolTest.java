package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.dispatch.DispatchClass;
import io.katydid.wire.Message;
import io.katydid.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A master against workers played by the test, in virtual time. */
class MasterProtocolTest {
  private final VirtualTimeline time = new VirtualTimeline();
  private final RecordingLog log = new RecordingLog();
  private final FakeMasterRun run = new FakeMasterRun();
  private final List<Message> sent = new ArrayList<>();
  private final List<String> alive = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private MasterProtocol master = master(false, false);

  private MasterProtocol master(boolean rebalancing, boolean headless) {
    MasterProtocol made = new MasterProtocol(new MasterSettings("2.47.0", rebalancing, headless, 1), time, run,
        (worker, message) -> {
          assertEquals(worker, message.nodeId().isEmpty() ? worker : message.nodeId());
          sent.add(message);
        }, log);
    made.open();
    return made;
  }

  @Test
  void aWorkerThatReportsReadyGetsAnIndexAndCounts() {
    ready("h_1");
    ready("h_2");
    assertEquals(List.of("ack{index=0} h_1", "ack{index=1} h_2"), taken());
    assertEquals(List.of("INFO h_1 (index 0) reported as ready. 1 workers connected.",
        "INFO h_2 (index 1) reported as ready. 2 workers connected."), log.take());
    assertEquals(List.of("worker_connect{client_id=h_1}", "worker_connect{client_id=h_2}"), run.take());
    ready("h_1");
    assertEquals(List.of("ack{index=0} h_1"), taken());
    assertEquals(List.of(), log.take());
  }

  @Test
  void versionsAreComparedByTheirFirstFourCharacters() {
    say("h_old", "client_ready", null);
    say("h_patch", "client_ready", "2.47.9");
    say("h_minor", "client_ready", "2.1.0");
    say("h_boomer", "client_ready", -1L);
    say("h_odd", "client_ready", 7L);
    List<String> lines = log.lines();
    assertTrue(lines.contains("ERROR An old (pre 2.0) worker tried to connect (h_old). That's not going to work."));
    assertTrue(lines.contains("DEBUG A worker (h_patch) running a different patch version ('2.47.9') connected, "
        + "master version is '2.47.0'"));
    assertTrue(lines.contains(
        "WARNING A worker (h_minor) running a different version (2.1.0) connected, master version is 2.47.0"));
    assertEquals(4, master.workers().connected());
    assertTrue(lines.stream().noneMatch(line -> line.contains("h_boomer) running")));
  }

  @Test
  void aTestRunsFromStartToStop() {
    ready("h_1");
    ready("h_2");
    taken();
    run.take();
    log.take();
    master.start(4, 2, null);
    assertEquals(List.of("clear", "test_start"), run.take());
    assertEquals(List.of("h_1 {A=1, B=0}", "h_2 {A=0, B=1}"), spawns());
    assertEquals(RunPhase.SPAWNING, master.phase());
    time.advance(1);
    assertEquals(List.of("h_1 {A=2, B=0}", "h_2 {A=0, B=2}"), spawns());
    assertEquals(RunPhase.SPAWNING, master.phase());
    spawned("h_1", Map.of("A", 2L, "B", 0L));
    spawned("h_2", Map.of("A", 0L, "B", 2L));
    assertEquals(RunPhase.RUNNING, master.phase());
    assertEquals(List.of("spawning_complete{user_count=4}"), run.take());
    assertEquals(List.of("spawning_complete{user_count=4} h_1", "spawning_complete{user_count=4} h_2"), taken());
    assertEquals(List.of("INFO Sending spawn jobs of 4 users at 2.00 spawn rate to 2 ready workers",
        "INFO All users spawned: {\"A\": 2, \"B\": 2} (4 total users)"), log.take());

    master.stop(() -> done.add("stopped"));
    assertEquals(List.of("test_stopping"), run.take());
    assertEquals(List.of("stop h_1", "stop h_2"), taken());
    assertEquals(RunPhase.STOPPING, master.phase());
    say("h_1", "client_stopped", null);
    say("h_1", "client_ready", "2.47.0");
    assertEquals(List.of(), done);
    say("h_2", "client_stopped", null);
    assertEquals(List.of("stopped"), done);
    assertEquals(RunPhase.STOPPED, master.phase());
    assertTrue(run.take().contains("test_stop"));
    assertEquals(Map.of("A", 2, "B", 2), master.finalUserClassesCount());
  }

  @Test
  void aChangedLocustfileIsLoadedBeforeItsClassesAreDealtOut() {
    ready("h_1");
    taken();
    run.onTestBegins = () -> run.classes = List.of(new DispatchClass("New", 1, 0));
    master.start(1, 1, null);
    assertEquals(List.of("h_1 {New=1}"), spawns());
    spawned("h_1", Map.of("New", 1L));
    run.onTestBegins = () -> run.classes = List.of();
    master.start(2, 1, null);
    assertEquals(List.of("h_1 {New=2}"), spawns());
    assertEquals(0, run.testsEnded);
    master.stop(() -> { });
    say("h_1", "client_stopped", null);
    say("h_1", "client_ready", "2.47.0");
    assertEquals(1, run.testsEnded);
    run.onTestBegins = () -> { };
    master.start(1, 1, List.of("Nobody"));
    assertEquals(2, run.testsEnded);
  }

  @Test
  void whateverAWorkerRepeatsIsToldOnceAndNotAtAnyLength() {
    ready("h_1");
    log.take();
    run.locustfileHash = "own";
    String endless = "x".repeat(50_000);
    for (int i = 0; i < 100; i++) {
      say("h_1", "client_ready", null);
      say("h_1", "client_ready", "9." + endless);
      say("h_1", "heartbeat", Map.of("state", endless, "locustfile_hash", i + endless));
      say(endless, "stats", Map.of());
      say(endless, "spawning", null);
      say(endless, endless, null);
      say("h_1", "locustfile", Map.of());
    }
    List<String> told = log.take();
    assertEquals(7, told.size(), () -> String.join("\n", told));
    assertTrue(told.stream().allMatch(line -> line.length() < 1_500), () -> String.join("\n", told));
  }

  @Test
  void aWorkerWithAnotherLocustfileIsNamedOnce() {
    ready("h_1");
    log.take();
    run.locustfileHash = "aaaa";
    for (String hash : List.of("aaaa", "bbbb", "bbbb", "aaaa")) {
      say("h_1", "heartbeat", Map.of("state", "ready", "locustfile_hash", hash));
    }
    say("h_1", "heartbeat", Map.of("state", "ready", "locustfile_hash", 7L));
    say("h_1", "heartbeat", Map.of("state", "ready"));
    assertEquals(List.of(
        "WARNING Worker h_1 (index 0) has loaded another locustfile (hash bbbb) than this master (hash aaaa)",
        "INFO Worker h_1 (index 0) has the locustfile of this master now (hash aaaa)"), log.take());
    assertEquals("aaaa", master.workers().get("h_1").locustfileHash());
  }

  @Test
  void aSpawnMessageHasTheKeysOfLocustInItsOrder() {
    ready("h_1");
    taken();
    master.start(1, 1, null);
    Map<?, ?> job = (Map<?, ?>) sent.getFirst().data();
    assertEquals(List.of("timestamp", "user_classes_count", "host", "stop_timeout", "parsed_options"),
        List.copyOf(job.keySet()));
    assertEquals(time.epochSeconds(), job.get("timestamp"));
    assertEquals(0.0, job.get("stop_timeout"));
    assertEquals("http://localhost", job.get("host"));
  }

  @Test
  void ordersLookNewerThanTheLastEvenIfTheClockIsSetBack() {
    ready("h_1");
    master.start(2, 1, null);
    time.setClockBack(100);
    master.start(3, 1, null);
    time.settle();
    List<Double> timestamps = sent.stream().filter(message -> message.type().equals("spawn"))
        .map(message -> (Double) ((Map<?, ?>) message.data()).get("timestamp")).toList();
    assertEquals(2, timestamps.size());
    assertTrue(timestamps.get(1) > timestamps.get(0), timestamps::toString);
  }

  @Test
  void withoutWorkersNothingStarts() {
    master.start(1, 1, null);
    assertEquals(List.of("WARNING You can't start a distributed test before at least one worker processes has "
        + "connected"), log.take());
    assertEquals(RunPhase.READY, master.phase());
  }

  @Test
  void nonsenseIsNotStarted() {
    ready("h_1");
    taken();
    master.start(-1, 1, null);
    master.start(1, 0, null);
    master.start(1, Double.NaN, null);
    master.start(1, 1, List.of("Nobody"));
    run.classes = List.of();
    master.start(1, 1, null);
    assertEquals(List.of(), sent);
    assertEquals(5, run.refused);
    assertEquals(RunPhase.READY, master.phase());
  }

  @Test
  void missingReportsAreWaitedForOneSecond() {
    ready("h_1");
    master.start(2, 2, null);
    time.advance(0.9);
    assertEquals(RunPhase.SPAWNING, master.phase());
    time.advance(0.2);
    assertEquals(RunPhase.RUNNING, master.phase());
    assertTrue(log.has("INFO Spawning is complete and report waittime is expired, but not all reports received from "
        + "workers: {} (0 total users)"));
  }

  @Test
  void heartbeatsOfKnownWorkersAreAnsweredEvenWhileTheRunIsBusy() {
    ready("h_1");
    taken();
    master.received("h_1", new Message("heartbeat", usage("ready", 12.5), "h_1"));
    assertEquals(List.of("heartbeat h_1"), taken());
    time.settle();
    assertEquals(List.of(), sent);
    assertEquals(12.5, master.workers().get("h_1").cpuPercent());
    say("h_unknown", "heartbeat", usage("ready", 0));
    assertEquals(List.of(), sent);
    assertTrue(log.has("DEBUG Got heartbeat message from unknown worker h_unknown"));
  }

  @Test
  void theNodeIdCountsAndNotTheRoutingId() {
    say("routing-x", "node-y", "client_ready", "2.47.0");
    assertEquals(List.of("ack{index=0} routing-x"), taken());
    say("routing-x", "node-y", "heartbeat", usage("ready", 0));
    assertEquals(List.of(), sent);
  }

  @Test
  void cpuUseIsWarnedAboutOncePerWorker() {
    ready("h_1");
    log.take();
    say("h_1", "heartbeat", usage("running", 95));
    say("h_1", "heartbeat", usage("running", 96));
    assertEquals(List.of("WARNING Worker h_1 (index 0) exceeded cpu threshold (will only log this once per worker)"),
        log.take());
    assertTrue(master.workerCpuWarned());
  }

  @Test
  void aWorkerThatJudgesItselfMayUseSeveralCores() {
    ready("h_1");
    log.take();
    Map<String, Object> own = usage("running", 180);
    own.put("latency_ms", 0.7);
    own.put("generator", Map.of("max_late_ms", 3.5, "p99_late_ms", 1L, "gc_ms", "many", "warnings",
        List.of("x".repeat(600))));
    say("h_1", "heartbeat", own);
    assertEquals(List.of(), log.take());
    assertEquals(0.7, master.workers().get("h_1").latencyMillis());
    assertEquals(new GeneratorReport(3.5, 1, Double.NaN, List.of("x".repeat(500))),
        master.workers().get("h_1").generator());
    say("h_1", "heartbeat", usage("running", 10));
    assertEquals(null, master.workers().get("h_1").generator());
  }

  @Test
  void aSilentWorkerGoesMissingAfterFourToFiveSeconds() {
    ready("h_1");
    ready("h_2");
    alive.add("h_2");
    log.take();
    pass(4);
    assertFalse(master.workers().get("h_1").missing());
    pass(1);
    assertEquals(List.of("INFO Worker h_1 failed to send heartbeat, setting state to missing."), log.take());
    assertTrue(master.workers().get("h_1").missing());
    assertEquals(1, master.workers().connected());
    pass(70);
    assertNull(master.workers().get("h_1"));
    assertNotNull(master.workers().get("h_2"));
  }

  @Test
  void aMissingWorkersUsersAreNotReplacedWithoutRebalancingUntilItIsForgotten() {
    runningTest("h_1", "h_2");
    alive.add("h_2");
    pass(6);
    assertEquals(List.of(), spawns());
    assertEquals(RunPhase.RUNNING, master.phase());
    pass(70);
    assertTrue(spawns().contains("h_2 {A=2, B=2}"));
  }

  @Test
  void withRebalancingAMissingWorkersUsersAreReplacedAtOnce() {
    master.close();
    master = master(true, false);
    runningTest("h_1", "h_2");
    alive.add("h_2");
    pass(6);
    assertEquals(List.of("h_2 {A=2, B=2}"), spawns());
  }

  @Test
  void aWorkerThatComesBackGetsItsShareAgain() {
    runningTest("h_1", "h_2");
    alive.add("h_2");
    pass(6);
    taken();
    log.take();
    say("h_1", "heartbeat", usage("running", 0));
    assertEquals(List.of("INFO Worker h_1 self-healed with heartbeat, setting state to running.",
        "INFO Sending spawn jobs of 4 users at 4.00 spawn rate to 2 ready workers"), log.take());
    assertEquals(List.of("h_1 {A=2, B=0}", "h_2 {A=0, B=2}"), spawns());
  }

  @Test
  void everyLateWorkerGetsAShareAlsoAfterAnEarlierRedistribution() {
    runningTest("h_1");
    alive.addAll(List.of("h_1", "h_2", "h_3"));
    ready("h_2");
    assertEquals(List.of("h_1 {A=2, B=0}", "h_2 {A=0, B=2}"), spawns());
    pass(3);
    ready("h_3");
    assertEquals(3, spawns().size());
  }

  /** Whatever others do, an honest worker's users are moved a few times only, and in the end the share is the right one. */
  @Test
  void aFloodOfReadyAndQuitMessagesRedistributesAFewTimes() {
    runningTest("h_1");
    alive.add("h_1");
    int orders = 0;
    int moves = 0;
    String last = "h_1 {A=2, B=2}";
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 300; i++) {
        ready("evil" + i % 30);
        say("evil" + i % 30, i % 2 == 0 ? "quit" : "client_ready", i % 2 == 0 ? null : "2.47.0");
      }
      pass(1);
      for (String spawn : spawns()) {
        orders++;
        if (spawn.startsWith("h_1") && !spawn.equals(last)) {
          moves++;
          last = spawn;
        }
      }
    }
    assertTrue(orders < 16 * 12, "orders: " + orders);
    assertTrue(moves < 12, "moves: " + moves);
    for (int i = 0; i < 30; i++) {
      say("evil" + i, "quit", null);
    }
    pass(10);
    assertTrue(spawns().contains("h_1 {A=2, B=2}"));
    ready("h_2");
    pass(10);
    assertTrue(spawns().contains("h_2 {A=0, B=2}"));
  }

  @Test
  void workersThatComeTogetherAreServedTogether() {
    runningTest("h_1");
    alive.addAll(List.of("h_1", "h_2", "h_3", "h_4"));
    ready("h_2");
    ready("h_3");
    ready("h_4");
    assertEquals(List.of("h_1 {A=2, B=0}", "h_2 {A=0, B=2}"), spawns());
    pass(1);
    assertEquals(List.of("h_1 {A=1, B=0}", "h_2 {A=0, B=1}", "h_3 {A=1, B=0}", "h_4 {A=0, B=1}"), spawns());
    pass(30);
    assertEquals(List.of(), spawns());
  }

  /** An edit does not wait for those that have just come, and serves them. */
  @Test
  void anEditServesWorkersThatWaitForTheirShare() {
    runningTest("h_1");
    ready("h_2");
    ready("h_3");
    spawns();
    master.start(6, 6, null);
    time.advance(0.5);
    List<String> orders = spawns();
    assertTrue(orders.stream().anyMatch(order -> order.startsWith("h_3 ")), orders::toString);
    assertEquals(6, sumOfLast(orders, "h_1", "h_2", "h_3"), orders::toString);
  }

  @Test
  void aWorkerThatJoinsDuringTheRampIsServedWithTheNextStep() {
    ready("h_1");
    master.start(4, 1, null);
    taken();
    ready("h_2");
    assertEquals(List.of(), spawns());
    time.advance(1);
    assertEquals(List.of("h_1 {A=1, B=0}", "h_2 {A=0, B=0}", "h_1 {A=1, B=0}", "h_2 {A=0, B=1}"), spawns());
  }

  @Test
  void aWorkerThatQuitsLeavesItsUsersToTheOthers() {
    runningTest("h_1", "h_2");
    log.take();
    say("h_1", "quit", null);
    assertEquals(List.of("h_2 {A=2, B=2}"), spawns());
    assertTrue(log.take().contains("INFO Worker 'h_1' (index 0) quit. 0 workers ready."));
  }

  @Test
  void theLastWorkersFarewellStopsTheTest() {
    master.close();
    master = master(false, true);
    runningTest("h_1");
    run.take();
    log.take();
    say("h_1", "quit", null);
    assertEquals(List.of("test_stopping", "test_stop", "quit wanted"), ordered(run.take()));
    assertTrue(log.has("INFO The last worker quit, stopping test."));
    assertEquals(RunPhase.STOPPED, master.phase());
  }

  @Test
  void theLastWorkersSilenceStopsTheTest() {
    runningTest("h_1");
    run.take();
    pass(6);
    assertEquals(List.of("test_stopping", "test_stop"), run.take());
    assertEquals(RunPhase.STOPPED, master.phase());
  }

  @Test
  void unknownWorkersThatSpawnAreAskedToQuit() {
    say("h_x", "spawning", null);
    say("h_x", "spawning_complete", Map.of("user_classes_count", Map.of()));
    assertEquals(List.of("quit h_x", "quit h_x"), taken());
    assertEquals(List.of("WARNING Got spawning message from unknown worker h_x. Asking worker to quit.",
        "WARNING Got spawning_complete message from unknown worker h_x. Asking worker to quit."), log.take());
  }

  @Test
  void reportsCountEvenFromUnknownWorkers() {
    ready("h_1");
    Map<String, Object> report = Map.of("user_classes_count", Map.of("A", 3L));
    say("h_1", "stats", report);
    say("h_x", "stats", report);
    assertEquals(2, run.reports.size());
    assertEquals(3, master.workers().userCount());
    assertTrue(log.has("INFO Discarded report from unrecognized worker h_x"));
  }

  @Test
  void exceptionsLogsAndCustomMessagesAreHandedOn() {
    ready("h_1");
    run.take();
    log.take();
    say("h_1", "exception", Map.of("msg", "boom", "traceback", "line 1"));
    say("h_1", "logs", Map.of("worker_id", "h_1", "logs", List.of("one")));
    say("h_1", "mine", List.of(1L));
    say("h_1", "other", null);
    assertEquals(List.of("exception h_1 boom line 1", "logs h_1 [one]", "mine h_1 [1]"), run.take());
    assertEquals(List.of("WARNING Unknown message type received from worker h_1 (index 0): other"), log.take());
  }

  @Test
  void locustfilesAreHandedOutAndRefusalsExplained() {
    say("h_dl", "locustfile", Map.of("version", "2.47.0"));
    run.classes = List.of();
    say("h_dl", "locustfile", Map.of("version", "2.47.0"));
    assertEquals(List.of("locustfile{locustfiles=[http://localhost/locustfile.py]} h_dl",
        "locustfile{error=locustfile must be a full path} h_dl"), taken());
  }

  @Test
  void hostileMessagesChangeNothing() {
    runningTest("h_1");
    alive.add("h_1");
    for (String type : List.of("heartbeat", "stats", "spawning_complete", "exception", "logs", "locustfile",
        "client_ready", "explodes", "quit", "client_stopped", "")) {
      for (Object data : new Object[] {null, 1L, "x", List.of(), Map.of(), Map.of(1L, 2L),
          Map.of("user_classes_count", 7L, "state", 3L, "logs", 4L), new byte[0]}) {
        say("h_evil", type, data);
      }
    }
    say("h_1", "heartbeat", null);
    say("h_1", "stats", Map.of("user_classes_count", Map.of("A", -5L, 3L, "x", "B", 1e9)));
    master.corrupted(null, new WireException("The message is empty."));
    master.corrupted("h_nobody", new WireException("The message is empty."));
    time.settle();
    taken();
    master.corrupted("h_1", new WireException("The message is empty."));
    time.settle();
    assertEquals(List.of("reconnect h_1"), taken());
    pass(3);
    assertEquals(RunPhase.RUNNING, master.phase());
    assertEquals("running", master.workers().get("h_1").state());
  }

  @Test
  void moreThanAWorkerCanHaveIsCut() {
    ready("h_1");
    run.take();
    Map<String, Long> counts = new HashMap<>();
    IntStream.range(0, 20_000).forEach(i -> counts.put("Class" + i, 1L));
    say("h_1", "stats", Map.of("user_classes_count", counts));
    assertEquals(10_000, master.workers().userCount());
    say("h_1", "logs", Map.of("logs", IntStream.range(0, 2_000).mapToObj(i -> "line" + i).toList()));
    assertEquals(List.of("logs h_1 " + IntStream.range(1_500, 2_000).mapToObj(i -> "line" + i).toList()), run.take());
  }

  @Test
  void quittingWaitsForTheLastReportOfEveryWorker() {
    runningTest("h_1", "h_2");
    alive.addAll(List.of("h_1", "h_2"));
    run.take();
    master.quit(() -> done.add("quit"));
    assertEquals(List.of("test_stopping", "test_stop"), run.take());
    assertEquals(List.of("quit h_1", "quit h_2"), taken());
    say("h_1", "stats", Map.of());
    say("h_1", "quit", null);
    pass(3);
    assertEquals(List.of(), done);
    say("h_2", "stats", Map.of());
    say("h_2", "quit", null);
    assertEquals(List.of("quit"), done);
    assertEquals(2, run.reports.size());
  }

  /** Users that do not want to end keep a worker from its last report, but it goes on with the others. */
  @Test
  void quittingWaitsForAWorkerThatStillEndsUsersButNotForEver() {
    Map<String, Object> report = Map.of("user_classes_count", Map.of("A", 2L), "user_count", 2L);
    runningTest("h_1", "h_2");
    alive.addAll(List.of("h_1", "h_2"));
    master.quit(() -> done.add("quit"));
    say("h_2", "quit", null);
    for (int seconds = 0; seconds < 30; seconds += 3) {
      say("h_1", "stats", report);
      pass(3);
      assertEquals(List.of(), done, "after " + seconds);
    }
    for (int seconds = 30; seconds < 63; seconds += 3) {
      say("h_1", "stats", report);
      pass(3);
    }
    assertEquals(List.of("quit"), done);
    assertTrue(log.take().stream().anyMatch(line -> line.contains("has not said good-bye")));
  }

  @Test
  void quittingDoesNotWaitForWorkersThatJustVanish() {
    runningTest("h_1");
    master.quit(() -> done.add("quit"));
    pass(4);
    assertEquals(List.of("quit"), done);
    master.quit(() -> done.add("again"));
    assertEquals(List.of("quit", "again"), done);
  }

  @Test
  void aStopThatWorkersDoNotConfirmEndsAfterAMinute() {
    runningTest("h_1");
    alive.add("h_1");
    master.stop(() -> done.add("stopped"));
    pass(59);
    assertEquals(List.of(), done);
    pass(2);
    assertEquals(List.of("stopped"), done);
    assertTrue(log.has("ERROR Timeout waiting for all workers to stop"));
  }

  @Test
  void aStopRightAfterTheStartWaitsForWorkersThatHaveNotReportedYet() {
    ready("h_1");
    master.start(2, 100, null);
    master.stop(() -> done.add("stopped"));
    time.settle();
    assertEquals(List.of(), done, "its users are on their way");
    say("h_1", "stats", Map.of("stats", List.of(), "user_classes_count", Map.of("A", 0L)));
    say("h_1", "client_stopped", null);
    assertEquals(List.of("stopped"), done);
  }

  @Test
  void aMissingWorkerDoesNotHoldUpTheEndOfAStop() {
    runningTest("h_1", "h_2");
    alive.add("h_2");
    pass(6);
    master.stop(() -> done.add("stopped"));
    say("h_2", "client_stopped", null);
    say("h_2", "client_ready", "2.47.0");
    assertEquals(List.of("stopped"), done);
    assertEquals(RunPhase.STOPPED, master.phase());
  }

  @Test
  void aStartDuringAStopBeginsANewTest() {
    runningTest("h_1");
    alive.add("h_1");
    master.stop(() -> done.add("stopped"));
    run.take();
    master.start(2, 2, null);
    assertEquals(List.of("test_stop", "clear", "test_start"), run.take());
    assertEquals(List.of("stopped"), done);
    assertEquals(RunPhase.SPAWNING, master.phase());
  }

  @Test
  void aListenerOfTestStartMayQuit() {
    ready("h_1");
    run.onTestStart = () -> master.quit(() -> done.add("quit"));
    taken();
    master.start(2, 2, null);
    assertEquals(List.of("quit h_1"), taken());
  }

  @Test
  void aHighSpawnRateIsWarnedAbout() {
    ready("h_1");
    log.take();
    master.start(1, 101, null);
    assertTrue(log.take().stream().anyMatch(line -> line.startsWith("WARNING Your selected spawn rate is very high")));
  }

  private static int sumOfLast(List<String> orders, String... workers) {
    int sum = 0;
    for (String worker : workers) {
      String last = orders.stream().filter(order -> order.startsWith(worker + " ")).reduce((a, b) -> b).orElseThrow();
      sum += Pattern.compile("\\d+(?=[,}])").matcher(last).results().mapToInt(found -> Integer.parseInt(found.group())).sum();
    }
    return sum;
  }

  private void runningTest(String... workers) {
    for (String worker : workers) {
      ready(worker);
    }
    master.start(4, 4, null);
    for (String worker : workers) {
      spawned(worker, Map.of("A", (long) (workers.length == 1 ? 4 : 2), "B", 0L));
    }
    assertEquals(RunPhase.RUNNING, master.phase());
    taken();
  }

  private void ready(String worker) {
    say(worker, "client_ready", "2.47.0");
  }

  private void spawned(String worker, Map<String, Long> counts) {
    say(worker, "spawning_complete", Map.of("user_classes_count", counts));
  }

  private void say(String worker, String type, Object data) {
    say(worker, worker, type, data);
  }

  private void say(String identity, String worker, String type, Object data) {
    master.received(identity, new Message(type, data, worker));
    time.settle();
  }

  /** Lets seconds pass in which the workers of {@link #alive} send their heartbeats. */
  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      time.advance(1);
      for (String worker : alive) {
        WorkerNode node = master.workers().get(worker);
        say(worker, "heartbeat", usage(node == null ? "ready" : node.state(), 1));
      }
    }
    sent.removeIf(message -> message.type().equals("heartbeat"));
  }

  private static Map<String, Object> usage(String state, double cpu) {
    Map<String, Object> data = new HashMap<>();
    data.put("state", state);
    data.put("current_cpu_usage", cpu);
    data.put("current_memory_usage", 1L);
    return data;
  }

  private List<String> taken() {
    List<String> taken = sent.stream()
        .filter(message -> !message.type().equals("spawn"))
        .map(message -> message.type() + (message.data() == null ? "" : message.data()) + " " + message.nodeId())
        .toList();
    sent.clear();
    return taken;
  }

  /** The spawn messages since the last look, as `worker counts`. */
  private List<String> spawns() {
    List<String> spawns = sent.stream()
        .filter(message -> message.type().equals("spawn"))
        .map(message -> message.nodeId() + " " + ((Map<?, ?>) message.data()).get("user_classes_count"))
        .toList();
    sent.clear();
    return spawns;
  }

  private static List<String> ordered(List<String> calls) {
    return calls.stream().filter(call -> !call.startsWith("worker_connect")).toList();
  }
}
