package io.katydid.runner;

import io.katydid.log.Log;
import java.util.function.IntSupplier;

/**
 * Waits until as many workers are ready as `--expect-workers` says (wire-protocol.md section 8). On the main thread.
 */
public final class ExpectedWorkers {
  /** How the waiting ended. */
  public enum Outcome {
    ARRIVED,
    /** `--expect-workers-max-wait` is over; the sentence is in the log. */
    GAVE_UP,
    /** The run is to end before it began. */
    ENDED
  }

  /** Time, as the waiting sees it. */
  public interface Pause {
    /** Seconds since any fixed moment. */
    double seconds();

    /** Waits so many seconds; false if the run is to end. */
    boolean wait(double seconds);
  }

  private static final double LOOK_SECONDS = 0.1;
  private static final double LOG_SECONDS = 1;
  private static final double QUIET_SECONDS = 5;

  private final Log log;
  private final Pause pause;

  public ExpectedWorkers(Log log, Pause pause) {
    this.log = log;
    this.pause = pause;
  }

  /**
   * @param ready how many workers are ready now
   * @param maxWaitSeconds 0 = for ever
   */
  public Outcome await(IntSupplier ready, int expected, double maxWaitSeconds) {
    double begun = pause.seconds();
    double nextLine = 0;
    while (ready.getAsInt() < expected) {
      double waited = pause.seconds() - begun;
      if (maxWaitSeconds > 0 && waited > maxWaitSeconds) {
        log.error("Gave up waiting for workers to connect");
        return Outcome.GAVE_UP;
      }
      if (waited >= nextLine) {
        nextLine += LOG_SECONDS;
        String line = "Waiting for workers to be ready, " + ready.getAsInt() + " of " + expected + " connected";
        if (waited > QUIET_SECONDS) {
          log.info(line);
        } else {
          log.debug(line);
        }
      }
      if (!pause.wait(LOOK_SECONDS)) {
        return Outcome.ENDED;
      }
    }
    return Outcome.ARRIVED;
  }
}
