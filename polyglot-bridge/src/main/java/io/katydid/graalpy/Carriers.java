package io.katydid.graalpy;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many carrier threads the JVM's virtual threads have: few, and more while those are stuck. One at a time runs Python,
 * so each further carrier mostly takes over what the first would have done a moment later, and being woken for it costs
 * more than that. But a carrier whose virtual thread blocks inside Python or in a native call carries nobody else.
 *
 * <p>The number is the whole JVM's; each context's {@link GateWatchdog} looks after it, on its own thread. What one of them
 * takes away too soon another gives again.
 */
final class Carriers {
  /** As many are allowed everywhere, so that some users may block inside Python at a time. */
  private static final int ALLOWED_EVERYWHERE = 4;
  private static final int CROWD = 500;
  private static final int MOST_PROBES = 1 << 17;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final int fewest;
  /** Whether the virtual thread that was started last, to see whether one is carried, has run. */
  private volatile boolean carried = true;

  /** Begins with half the cores, unless the JVM has been told how many. */
  Carriers() {
    fewest = Integer.getInteger("jdk.virtualThreadScheduler.parallelism", Math.max(1, CORES / 2));
    scheduler.setParallelism(fewest);
  }

  /** The largest number there will be. */
  static int most() {
    return Math.max(CORES, ALLOWED_EVERYWHERE);
  }

  /** Whether a virtual thread that was ready at the last look has still not been carried; call at regular intervals. */
  boolean late() {
    if (!carried) {
      return true;
    }
    if (scheduler.getQueuedVirtualThreadCount() > 0) {
      carried = false;
      Thread.startVirtualThread(() -> carried = true);
    }
    return false;
  }

  /** Whether so many virtual threads wait to be carried that it takes long whatever they do. */
  boolean crowded() {
    return scheduler.getQueuedVirtualThreadCount() > CROWD;
  }

  /** One more, if that is allowed. */
  void add() {
    int now = scheduler.getParallelism();
    if (now < most()) {
      scheduler.setParallelism(now + 1);
      int active = scheduler.getMountedVirtualThreadCount();
      // It looks whether to use another one only when a thread gives it work whose last work has been taken, or that has
      // given it so much that its queue has to grow.
      for (int i = 0; i < MOST_PROBES && scheduler.getMountedVirtualThreadCount() <= active; i++) {
        Thread.startVirtualThread(() -> {});
      }
    }
  }

  /** One less, if that leaves as many as at first, and one for each of so many that are stuck. */
  void remove(int stuck) {
    int now = scheduler.getParallelism();
    if (now > fewest + stuck) {
      scheduler.setParallelism(now - 1);
    }
  }
}
