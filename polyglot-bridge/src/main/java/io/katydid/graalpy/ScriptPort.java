package io.katydid.graalpy;

import io.katydid.script.RunControl;
import io.katydid.stats.RequestStats;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * The run as Python sees it: what {@code _katydid.port()} returns. Short calls only; stop, quit and start are orders that
 * do not wait, because the caller may be one of the users they stop. Any thread that is in Python.
 */
public final class ScriptPort {
  private final RunControl run;

  ScriptPort(RunControl run) {
    this.run = run;
  }

  @HostAccess.Export
  public String kind() {
    return run.kind();
  }

  @HostAccess.Export
  public String state() {
    return run.state();
  }

  @HostAccess.Export
  public void start(int users, double spawnRate, Value userClasses) {
    run.start(users, spawnRate, userClasses == null || userClasses.isNull() ? null : PlainData.strings(userClasses));
  }

  @HostAccess.Export
  public void startShape() {
    run.startShape();
  }

  @HostAccess.Export
  public void stop() {
    run.orderStop();
  }

  @HostAccess.Export
  public void quit() {
    run.orderQuit();
  }

  @HostAccess.Export
  public int userCount() {
    return run.userCount();
  }

  @HostAccess.Export
  public Map<String, Integer> userClassesCount() {
    return run.userClassesCount();
  }

  @HostAccess.Export
  public int targetUserCount() {
    return run.targetUserCount();
  }

  @HostAccess.Export
  public Map<String, Integer> targetUserClassesCount() {
    return run.targetUserClassesCount();
  }

  @HostAccess.Export
  public double spawnRate() {
    return run.spawnRate();
  }

  @HostAccess.Export
  public void sendMessage(String type, Value data, String clientId) {
    run.sendMessage(type, PlainData.toJava(data), clientId);
  }

  @HostAccess.Export
  public List<RunControl.Worker> workers() {
    return run.workers();
  }

  @HostAccess.Export
  public int workerIndex() {
    return run.workerIndex();
  }

  @HostAccess.Export
  public String clientId() {
    return run.clientId();
  }

  @HostAccess.Export
  public void logException(String message, String traceback) {
    run.logException(message, traceback);
  }

  @HostAccess.Export
  public RequestStats stats() {
    return run.stats();
  }
}
