package io.katydid.app;

import io.katydid.runner.ExpectedWorkers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Where the main thread waits for a reason to go on: a signal, the end of the run time, somebody's quit. Any thread may
 * report one; only the main thread takes them.
 */
public final class Ending {
  /** What has happened. */
  public enum Reason {
    /** SIGINT, Ctrl-C. */
    INTERRUPTED,
    /** SIGTERM. */
    TERMINATED,
    /** `--run-time` is over. */
    RUN_TIME,
    /** The load shape has ended. */
    SHAPE,
    /** The run was quit by user code, the master, or a lost master. */
    QUIT,
    /** The program cannot go on; the sentence is in the log already. */
    FAILED
  }

  private final BlockingQueue<Reason> reasons = new LinkedBlockingQueue<>();

  public void report(Reason reason) {
    reasons.add(reason);
  }

  /** Waits for the next reason. */
  Reason await() {
    while (true) {
      try {
        return reasons.take();
      } catch (InterruptedException e) {
        // The main thread is interrupted by nobody who wants it to end; signals come as reasons.
      }
    }
  }

  /** For waiting that a reason to end cuts short; the reason stays to be taken. */
  ExpectedWorkers.Pause asPause() {
    return new ExpectedWorkers.Pause() {
      @Override
      public double seconds() {
        return System.nanoTime() / 1e9;
      }

      @Override
      public boolean wait(double seconds) {
        try {
          Reason reason = await((long) (seconds * 1e9));
          if (reason != null) {
            report(reason);
          }
          return reason == null;
        } catch (InterruptedException e) {
          return false;
        }
      }
    };
  }

  /** Waits for the next reason; null if the time is over first. */
  Reason await(long nanos) throws InterruptedException {
    return reasons.poll(nanos, TimeUnit.NANOSECONDS);
  }

}
