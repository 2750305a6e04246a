package io.katydid.runner;

import io.katydid.cluster.Timeline;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;

/** The run thread as the timeline of a cluster protocol. */
final class RunThreadTimeline implements Timeline {
  private static final double NANOS_PER_SECOND = 1e9;

  private final RunThread thread;
  private final DoubleSupplier epochSeconds;

  /** @param epochSeconds seconds since 1970 */
  RunThreadTimeline(RunThread thread, DoubleSupplier epochSeconds) {
    this.thread = thread;
    this.epochSeconds = epochSeconds;
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
    thread.order(work);
  }

  @Override
  public Timer after(double seconds, Runnable work) {
    Future<?> future = thread.orderAfter((long) (seconds * NANOS_PER_SECOND), work);
    return () -> future.cancel(false);
  }
}
