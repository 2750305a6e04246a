package io.katydid.runner;

import io.katydid.health.OpenFiles;
import io.katydid.log.Log;
import java.time.Duration;
import java.util.Map;

/**
 * Carries out orders about the users of this process on a thread of its own. Stopping users can take as long as they are
 * allowed to finish, and the run thread has to go on: with the master's messages, the load shape, the next order. Orders
 * are absolute numbers, so of those that wait only the newest is carried out. Called on the run thread.
 */
final class UserOrders implements AutoCloseable {
  private record Order(Map<String, Integer> wanted, Duration stopTimeout, Runnable done, Runnable failed) {}

  private final RunThread users;
  private final UserPool pool;
  private final RunThread runner;
  private final Runnable onSlowStop;
  private final Log log;
  /** Guarded by this. */
  private Order waiting;
  /** Whether the limit of open files has been mentioned; used on the users' thread. */
  private boolean toldOfFiles;

  /** @param runner where the ends of orders are told */
  UserOrders(UserPool pool, RunThread runner, Runnable onSlowStop, Log log) {
    this.pool = pool;
    this.runner = runner;
    this.onSlowStop = onSlowStop;
    this.log = log;
    this.users = new RunThread("users", failure -> log.error("Users could not be started or stopped", failure));
  }

  /**
   * Brings the users to these numbers; an order that has not begun yet is replaced and its end not told.
   *
   * @param failed told instead of {@code done} when a user could not be made
   */
  void apply(Map<String, Integer> wanted, Duration stopTimeout, Runnable done, Runnable failed) {
    synchronized (this) {
      waiting = new Order(wanted, stopTimeout, done, failed);
    }
    users.order(this::applyWaiting);
  }

  private void applyWaiting() {
    Order order;
    synchronized (this) {
      order = waiting;
      waiting = null;
    }
    if (order != null) {
      tellOfFiles(order.wanted().values().stream().mapToLong(Integer::longValue).sum());
      boolean carriedOut = pool.apply(order.wanted(), order.stopTimeout(), onSlowStop);
      runner.order(carriedOut ? order.done() : order.failed());
    }
  }

  private void tellOfFiles(long users) {
    if (!toldOfFiles) {
      OpenFiles.tooFewFor(users).ifPresent(
          sentence -> {
            toldOfFiles = true;
            log.warning(sentence);
          });
    }
  }

  /** Stops all users; an order that has not begun yet is dropped. */
  void stopAll(Duration stopTimeout, Runnable done) {
    synchronized (this) {
      waiting = null;
    }
    pool.expectStopAll();
    users.order(
        () -> {
          try {
            pool.stopAll(stopTimeout, onSlowStop);
          } finally {
            runner.order(done);
          }
        });
  }

  @Override
  public void close() {
    users.close();
  }
}
