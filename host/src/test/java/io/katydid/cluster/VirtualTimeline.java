package io.katydid.cluster;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock moved by hand. Work runs inside {@link #advance} on the caller's thread, in order of time, then of arrival.
 */
final class VirtualTimeline implements Timeline {
  private record Task(long at, long number, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long now;
  private long number;
  private double setBackSeconds;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public double epochSeconds() {
    return 1_795_456_400 + now / 1e9 - setBackSeconds;
  }

  @Override
  public void order(Runnable work) {
    after(0, work);
  }

  @Override
  public Timer after(double seconds, Runnable work) {
    Task task = new Task(now + (long) (Math.max(0, seconds) * 1e9), number++, work);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** What happens to the time of day when somebody corrects it. */
  void setClockBack(double seconds) {
    setBackSeconds = seconds;
  }

  /** Lets this much time pass. */
  void advance(double seconds) {
    long end = now + (long) (seconds * 1e9);
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task next = tasks.poll();
      now = Math.max(now, next.at());
      next.work().run();
    }
    now = end;
  }

  /** Runs what is due now. */
  void settle() {
    advance(0);
  }
}
