package io.katydid.graalpy;

import io.katydid.script.RunControl;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * The run as Python sees it: what {@code _katydid.port()} returns. Calls are short but for those that say that they
 * wait; stop, quit and start are orders, because the caller may be one of the users they stop. Any thread that is in
 * Python.
 */
public final class ScriptPort {
  private final RunControl run;
  private final PythonGate gate;
  private final PythonSemaphore quit;

  /**
   * @param quit gets a permit when the run has been quit; null where nobody waits for that
   */
  ScriptPort(RunControl run, PythonGate gate, PythonSemaphore quit) {
    this.run = run;
    this.gate = gate;
    this.quit = quit;
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

  /** Stops and waits for it, without the gate. For programs; a user would wait for itself. */
  @HostAccess.Export
  public void stopAndWait() {
    gate.leave();
    try {
      run.stop();
    } finally {
      gate.enter();
    }
  }

  /** Quits and waits for it, without the gate. */
  @HostAccess.Export
  public void quitAndWait() {
    gate.leave();
    try {
      run.quit();
    } finally {
      gate.enter();
    }
  }

  /**
   * The report as HTML; null where there is none. It asks the script for the ratio of its tasks, and does so on a thread of
   * its own: the calling one may be a user that is stopped meanwhile.
   */
  @HostAccess.Export
  public String htmlReport(boolean dark) {
    CompletableFuture<String> report = new CompletableFuture<>();
    gate.leave();
    try {
      Thread.ofPlatform().daemon().name("html-report").start(() -> {
        try {
          report.complete(run.htmlReport(dark));
        } catch (RuntimeException | Error e) {
          report.completeExceptionally(e);
        }
      });
      return report.join();
    } finally {
      gate.enter();
    }
  }

  /** What gets a permit when the run has been quit. */
  @HostAccess.Export
  public PythonSemaphore quitSemaphore() {
    return quit;
  }

  @HostAccess.Export
  public void stopTimeout(double seconds) {
    run.stopTimeout(Duration.ofNanos((long) (Math.max(0, seconds) * 1e9)));
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

  /** Exceptions of user code so far. */
  @HostAccess.Export
  public List<ExceptionTable.Row> exceptionRows() {
    return run.exceptions().rows();
  }

  /** A log line; levels are Python's numbers. */
  @HostAccess.Export
  public void log(int level, String logger, String message) {
    run.log(level, logger, message);
  }

  /**
   * Counts a request.
   *
   * @param millis response time
   * @param whole the time was a whole number in Python and is shown as one
   * @param error text or repr of the exception, null for a success
   * @param shown what a local run's reports show of it
   */
  @HostAccess.Export
  public void recordTimed(
      String method, String name, double millis, boolean whole, long length, String error, String shown) {
    double now = now();
    run.stats().logRequest(method, name, millis, whole, length, now);
    recordError(method, name, error, shown, now);
  }

  /** As {@link #recordTimed} for a request without a response time. */
  @HostAccess.Export
  public void recordUntimed(String method, String name, long length, String error, String shown) {
    double now = now();
    run.stats().logRequest(method, name, RequestStats.NO_TIME, length, now);
    recordError(method, name, error, shown, now);
  }

  private void recordError(String method, String name, String error, String shown, double now) {
    if (error != null) {
      run.stats().logError(method, name, error, shown, now);
    }
  }

  /** Counts a request of an HTTP session; outside the gate, on the user's thread. */
  void recordHttp(String method, String name, long nanos, long length, String error) {
    double now = now();
    run.stats()
        .logRequest(
            method, name, nanos == RequestRecorder.NOT_TIMED ? RequestStats.NO_TIME : nanos / 1e6, length, now);
    recordError(method, name, error, error, now);
  }

  private double now() {
    return run.now();
  }

  /** The time of the statistics: seconds since 1970. */
  @HostAccess.Export
  public double statsTime() {
    return now();
  }

  @HostAccess.Export
  public RequestStats stats() {
    return run.stats();
  }
}
