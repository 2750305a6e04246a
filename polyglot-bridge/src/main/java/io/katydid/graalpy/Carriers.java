package io.katydid.graalpy;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many carrier threads the JVM's virtual threads have: few, and more while those are stuck. One at a time runs Python in
 * a context, so each further carrier mostly takes over what the first would have done a moment later, and being woken for it
 * costs more than that. But a carrier whose virtual thread blocks inside Python or in a native call carries nobody else.
 *
 * <p>One for the process, as the number is the JVM's. Shared by the {@link GateWatchdog}s of all contexts, each of which says
 * what it sees in its own; what one takes away too soon another gives again. Any thread.
 */
final class Carriers {
  /** As many are allowed everywhere while nobody blocks inside Python: names are looked up, much is decompressed. */
  private static final int ALLOWED_EVERYWHERE = 4;
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int CROWD = 500;
  private static final int MOST_PROBES = 1 << 17;

  /** Guarded by this, as what follows. Only looked up when it is needed: that takes a moment. */
  private VirtualThreadSchedulerMXBean scheduler;
  private int contexts;
  private int loans;

  /** The largest number there will be now: those that block inside Python carry nobody else. */
  synchronized int most() {
    return Math.max(CORES, ALLOWED_EVERYWHERE) + loans;
  }

  private synchronized VirtualThreadSchedulerMXBean scheduler() {
    if (scheduler == null) {
      scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    }
    return scheduler;
  }

  /** Half the cores, one for each context where that is more, unless the JVM has been told how many. */
  private int fewest() {
    return Integer.getInteger("jdk.virtualThreadScheduler.parallelism", Math.clamp(contexts, Math.max(1, CORES / 2), CORES));
  }

  /** Another context has begun. */
  synchronized void begin() {
    contexts++;
    scheduler().setParallelism(Math.max(fewest(), contexts == 1 ? 1 : scheduler().getParallelism()));
  }

  /** A context has ended. */
  synchronized void end() {
    contexts--;
  }

  /** Whether virtual threads wait to be carried. */
  boolean wanted() {
    return scheduler().getQueuedVirtualThreadCount() > 0;
  }

  /** Whether so many virtual threads wait to be carried that it takes long whatever they do. */
  boolean crowded() {
    return scheduler().getQueuedVirtualThreadCount() > CROWD;
  }

  /** A thread blocks its carrier inside Python, and another one has been let in: there is one more for that one. */
  synchronized void lent() {
    loans++;
    add();
  }

  /** That thread goes on. */
  synchronized void repaid() {
    loans--;
  }

  /** One more, if that is allowed. */
  synchronized void add() {
    int now = scheduler().getParallelism();
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

  /** One less, if that leaves as many as at first, and one for each loan. */
  synchronized void remove() {
    int now = scheduler().getParallelism();
    if (now > fewest() + loans) {
      scheduler.setParallelism(now - 1);
    }
  }
}
