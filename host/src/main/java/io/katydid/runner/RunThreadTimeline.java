package io.katydid.runner;

import io.katydid.cluster.Timeline;
import io.katydid.log.Log;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;

/** The run thread as the timeline of a cluster protocol. A failure is logged, since nobody waits for the work. */
final class RunThreadTimeline implements Timeline {
  private static final double NANOS_PER_SECOND = 1e9;

  private final RunThread thread;
  private final DoubleSupplier epochSeconds;
  private final Log log;

  /** @param epochSeconds seconds since 1970 */
  RunThreadTimeline(RunThread thread, DoubleSupplier epochSeconds, Log log) {
    this.thread = thread;
    this.epochSeconds = epochSeconds;
    this.log = log;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public double epochSeconds() {
    return epochSeconds.getAsDouble();
  }

  @Override
  public void order(Runnable work) {
    thread.order(() -> guarded(work));
  }

  @Override
  public Timer after(double seconds, Runnable work) {
    Future<?> future = thread.orderAfter((long) (seconds * NANOS_PER_SECOND), () -> guarded(work));
    return () -> future.cancel(false);
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("Exception on the run thread", e);
    }
  }
}
