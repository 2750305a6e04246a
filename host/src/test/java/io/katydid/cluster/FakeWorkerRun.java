package io.katydid.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A worker's program in a few lines: users are numbers, what it is told is written down. */
final class FakeWorkerRun implements WorkerRun {
  final List<String> calls = new ArrayList<>();
  final Map<String, Integer> users = new LinkedHashMap<>(Map.of("A", 0, "B", 0));
  List<String> lines = List.of();
  List<String> warnings = List.of();
  /** Requests counted since the last report. */
  long counted;
  /** Requests that users finish while they are being stopped. */
  long countedWhileStopping;
  boolean holdBack;
  Runnable heldBack = () -> { };
  String locustfileHash;
  int testsEnded;
  private boolean closed;
  boolean lastReportWasFinal;
  Runnable onTestBegins = () -> { };
  Runnable onTestStart = () -> { };

  List<String> take() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  @Override
  public void testBegins() {
    onTestBegins.run();
  }

  @Override
  public void testEnded() {
    testsEnded++;
  }

  @Override
  public String locustfileHash() {
    return locustfileHash;
  }

  @Override
  public boolean hasUserClass(String name) {
    return name.equals("A") || name.equals("B");
  }

  @Override
  public void job(String host, double stopTimeoutSeconds, Map<?, ?> parsedOptions) {
    calls.add("job " + host + " " + stopTimeoutSeconds + " " + parsedOptions);
  }

  @Override
  public void clearResults() {
    calls.add("clear");
  }

  @Override
  public void fire(String event, Map<String, ?> arguments) {
    if (!event.equals("heartbeat_received")) {
      calls.add(event + (arguments.isEmpty() ? "" : arguments));
    }
    if (event.equals("test_start")) {
      onTestStart.run();
    }
  }

  @Override
  public void applyUsers(Map<String, Integer> wanted, double stopTimeoutSeconds, Runnable done) {
    calls.add("apply " + wanted);
    users.putAll(wanted);
    finish(done);
  }

  @Override
  public void stopUsers(double stopTimeoutSeconds, Runnable done) {
    calls.add("stop users " + stopTimeoutSeconds);
    counted += countedWhileStopping;
    users.replaceAll((name, count) -> 0);
    finish(done);
  }

  private void finish(Runnable done) {
    if (holdBack) {
      heldBack = done;
    } else {
      done.run();
    }
  }

  @Override
  public Map<String, Integer> userClassesCount() {
    return Map.copyOf(users);
  }

  @Override
  public void closeResults() {
    closed = true;
  }

  @Override
  public List<Map<String, Object>> takeReportsAtOnce() {
    return List.of(takeReport());
  }

  @Override
  public Map<String, Object> takeReport() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("counted", counted);
    lastReportWasFinal = closed;
    counted = 0;
    return report;
  }

  @Override
  public List<String> logLines() {
    return lines;
  }

  @Override
  public Usage usage() {
    return new Usage(1.5, 1000, new GeneratorReport(8, 2, 30, warnings));
  }

  @Override
  public void updateUserClass(Map<?, ?> change) {
    if (change.isEmpty()) {
      throw new IllegalArgumentException("no such class");
    }
    calls.add("update " + change);
  }

  @Override
  public boolean deliver(String type, Object data, String nodeId) {
    if (!type.equals("mine")) {
      return false;
    }
    calls.add("mine " + data);
    return true;
  }

  @Override
  public void ended(End why) {
    calls.add("ended " + why);
  }
}
