package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.wire.CapturedFrame;
import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole captured conversations, played to our master and to our worker: nothing in them is too much for either. */
class CapturedConversationsTest {
  private final MessageCodec codec = new MessageCodec();

  @TestFactory
  List<DynamicTest> everyScenario() {
    Map<String, List<CapturedFrame>> scenarios = new LinkedHashMap<>();
    CapturedFrame.all().forEach(frame ->
        scenarios.computeIfAbsent(frame.scenario(), name -> new ArrayList<>()).add(frame));
    assertTrue(scenarios.size() >= 9);
    List<DynamicTest> tests = new ArrayList<>();
    scenarios.forEach((name, frames) -> {
      tests.add(DynamicTest.dynamicTest(name + " to our master", () -> playToMaster(frames)));
      tests.add(DynamicTest.dynamicTest(name + " to our worker", () -> playToWorker(frames)));
    });
    return tests;
  }

  private void playToMaster(List<CapturedFrame> frames) throws WireException {
    VirtualTimeline time = new VirtualTimeline();
    RecordingLog log = new RecordingLog();
    FakeMasterRun run = new FakeMasterRun();
    MasterProtocol master = new MasterProtocol(new MasterSettings("2.47.0", true, false, 1), time, run,
        (worker, message) -> { }, log);
    master.open();
    int reports = 0;
    double clock = 0;
    for (CapturedFrame frame : frames) {
      if (frame.fromMaster()) {
        continue;
      }
      time.advance(Math.clamp(frame.json().path("t").asDouble(clock) - clock, 0, 1));
      String identity = frame.json().get("identity").asText();
      if (frame.undecodable()) {
        master.corrupted(identity, new WireException("Not a message."));
      } else {
        Message message = codec.decode(frame.bytes());
        reports += message.type().equals("stats") ? 1 : 0;
        master.received(identity, message);
        if (message.type().equals("client_ready")) {
          time.settle();
          master.start(6, 3, null);
        }
      }
      time.settle();
    }
    assertEquals(reports, run.reports.size());
    assertEquals(List.of(), log.lines().stream().filter(line -> line.contains("Exception while")).toList());
  }

  private void playToWorker(List<CapturedFrame> frames) throws WireException {
    VirtualTimeline time = new VirtualTimeline();
    RecordingLog log = new RecordingLog();
    FakeWorkerRun run = new FakeWorkerRun();
    WorkerProtocol worker = new WorkerProtocol(
        new WorkerSettings("h_1", "2.47.0", "localhost:5557", 10, 0), time, time, time, run, new WorkerLink() {
          @Override
          public void send(Message message) {
            assertEquals("h_1", message.nodeId());
          }

          @Override
          public void reset() {
            run.calls.add("reset");
          }
        }, log);
    worker.connect();
    for (CapturedFrame frame : frames) {
      if (frame.fromMaster()) {
        worker.received(codec.decode(frame.bytes()));
        time.settle();
      }
    }
    assertEquals(List.of(), log.lines().stream().filter(line -> line.contains("Exception while")).toList());
    boolean quit = frames.stream().anyMatch(frame -> frame.fromMaster()
        && frame.json().get("type").asText().equals("quit"));
    assertEquals(quit, run.calls.contains("ended QUIT"));
  }
}
