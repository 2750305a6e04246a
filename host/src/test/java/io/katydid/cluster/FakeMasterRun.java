package io.katydid.cluster;

import io.katydid.dispatch.DispatchClass;
import io.katydid.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A master's program in a few lines: writes down what it is told. */
final class FakeMasterRun implements MasterRun {
  final List<String> calls = new ArrayList<>();
  final List<Map<?, ?>> reports = new ArrayList<>();
  List<DispatchClass> classes = List.of(new DispatchClass("A", 1, 0), new DispatchClass("B", 1, 0));
  double stopTimeoutSeconds;
  String locustfileHash;
  int testsEnded;
  int refused;
  Runnable onTestBegins = () -> { };
  Runnable onTestStart = () -> { };

  /** The calls since the last time. */
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
  public List<DispatchClass> userClasses() {
    return classes;
  }

  @Override
  public SpawnSettings spawnSettings() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("headless", true);
    options.put("tags", null);
    return new SpawnSettings("http://localhost", stopTimeoutSeconds, options);
  }

  @Override
  public void startRefused() {
    refused++;
  }

  @Override
  public void clearResults() {
    calls.add("clear");
  }

  @Override
  public void fire(String event, Map<String, ?> arguments) {
    calls.add(event + (arguments.isEmpty() ? "" : arguments));
    if (event.equals("test_start")) {
      onTestStart.run();
    }
  }

  @Override
  public void heartbeatSent(String workerId, double epochSeconds) {
    // once a second for each worker: not worth writing down
  }

  @Override
  public String report(String workerId, Map<?, ?> data) {
    reports.add(data);
    return null;
  }

  @Override
  public void exception(String workerId, String message, String traceback) {
    calls.add("exception " + workerId + " " + message + " " + traceback);
  }

  @Override
  public void logs(String workerId, List<String> lines) {
    calls.add("logs " + workerId + " " + lines);
  }

  @Override
  public boolean deliver(String type, Object data, String workerId) {
    if (type.equals("explodes")) {
      throw new IllegalStateException("listener failed");
    }
    if (type.equals("mine")) {
      calls.add("mine " + workerId + " " + data);
      return true;
    }
    return false;
  }

  @Override
  public List<Object> locustfiles() throws WireException {
    if (classes.isEmpty()) {
      throw new WireException("locustfile must be a full path");
    }
    return List.of("http://localhost/locustfile.py");
  }

  @Override
  public void quitWanted() {
    calls.add("quit wanted");
  }
}
