package io.katydid.runner;

import io.katydid.log.Level;
import io.katydid.log.Log;
import io.katydid.log.Logging;
import io.katydid.script.Script;
import io.katydid.script.UserClass;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What all runners have: the script and the results of this node, the run thread, and the news that somebody has quit.
 * State belongs to the run thread; other threads read what is volatile.
 */
abstract class NodeRunner implements Runner {
  final Script script;
  final RequestStats stats;
  final ExceptionTable exceptions;
  final Logging logging;
  final Log log;
  final RunClock clock;
  final RunThread thread = new RunThread("runner", this::workFailed);

  /** How long a user may go on computing at the end of a test, after its time to finish, without letting others run. */
  private static final Duration COMPUTING_GRACE = Duration.ofSeconds(5);

  private final String kind;
  private final String clientId;
  private final boolean resetStatsAfterRamp;
  private final CountDownLatch quit = new CountDownLatch(1);
  private volatile Duration stopTimeout = Duration.ZERO;
  private volatile Runnable onQuit;
  private volatile Runnable onQuitting;
  private volatile boolean unhandledFailure;
  private volatile Function<Boolean, String> reportWriter;

  NodeRunner(String kind, Node node, boolean resetStatsAfterRamp) {
    this.kind = kind;
    this.script = node.script();
    this.stats = node.stats();
    this.exceptions = node.exceptions();
    this.logging = node.logging();
    this.log = logging.log("locust.runners");
    this.clientId = node.clientId();
    this.clock = node.clock();
    this.resetStatsAfterRamp = resetStatsAfterRamp;
  }

  @Override
  public final String kind() {
    return kind;
  }

  @Override
  public final String clientId() {
    return clientId;
  }

  @Override
  public final List<UserClass> userClasses() {
    return script.userClasses();
  }

  @Override
  public final void reportWith(Function<Boolean, String> writer) {
    reportWriter = writer;
  }

  @Override
  public final String htmlReport(boolean dark) {
    Function<Boolean, String> writer = reportWriter;
    return writer == null ? null : writer.apply(dark);
  }

  @Override
  public final RequestStats stats() {
    return stats;
  }

  @Override
  public final double now() {
    return clock.now();
  }

  @Override
  public final ExceptionTable exceptions() {
    return exceptions;
  }

  @Override
  public final void log(int level, String logger, String message) {
    logging.write(Level.ofNumber(level), logger, message);
  }

  @Override
  public void logException(String message, String traceback) {
    exceptions.log(ExceptionTable.LOCAL_NODE, message, traceback);
  }

  @Override
  public final void stopTimeout(Duration timeout) {
    stopTimeout = timeout;
  }

  @Override
  public final Duration stopTimeout() {
    return stopTimeout;
  }

  /**
   * The test is to end: a user in an endless loop must not prevent that, as the listeners of the end need Python. Not the
   * run thread's business, which may itself be waiting for that user.
   */
  final void endStuckUsers() {
    Duration patience = stopTimeout.plus(COMPUTING_GRACE);
    script.endStuckUsers(patience, () -> log.warning(RunLog.stuckUser(patience)));
  }

  /** A start was refused, which has been told: the exit code tells it too. */
  final void startHasBeenRefused() {
    unhandledFailure = true;
  }

  /** A start that was refused is the user's business and told in a sentence; anything else is ours. */
  final void startRefused(IllegalArgumentException why) {
    startHasBeenRefused();
    log.lines(Level.CRITICAL, "The test cannot start like that. " + why.getMessage());
  }

  private void workFailed(Throwable failure) {
    unhandledFailure = true;
    log.error("Exception on the run thread", failure);
  }

  @Override
  public final boolean unhandledFailure() {
    return unhandledFailure;
  }

  /** A new test begins: what the last one has counted goes. */
  final void clearResults() {
    clock.begin();
    stats.clearAll(now());
    exceptions.clear();
  }

  @Override
  public final void closeResults() {
    stats.close();
    exceptions.close();
  }

  /** The node quits. Users that would not end run on until the process does: what is told of the run must not change then. */
  final void leaveUsersBehind(int number) {
    if (number > 0) {
      closeResults();
      log.warning(RunLog.usersLeftBehind(number));
    }
  }

  /** All users are there; tells the script, after `--reset-stats` has had its effect. */
  final void fireSpawningComplete(Map<String, ?> arguments) {
    if (resetStatsAfterRamp) {
      log.info("Resetting stats");
      stats.resetAll(now());
    }
    script.fire("spawning_complete", arguments);
  }

  @Override
  public final void onQuitting(Runnable action) {
    onQuitting = action;
  }

  /** Somebody wants this node to end; any thread, as the run thread may be waiting for Python. */
  final void announceQuitting() {
    Runnable action = onQuitting;
    if (action != null) {
      action.run();
    }
  }

  @Override
  public final void onQuit(Runnable action) {
    onQuit = action;
  }

  /** Whether this node has been quit: nothing starts here any more. */
  final boolean hasQuit() {
    return quit.getCount() == 0;
  }

  /** Says that this node has quit, the first time only. */
  final void announceQuit() {
    if (hasQuit()) {
      return;
    }
    quit.countDown();
    if (onQuit != null) {
      onQuit.run();
    }
  }

  final void awaitQuit() throws InterruptedException {
    quit.await();
  }

  @Override
  public final boolean awaitQuit(Duration timeout) throws InterruptedException {
    return quit.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
