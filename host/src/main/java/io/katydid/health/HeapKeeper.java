package io.katydid.health;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.Set;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Keeps the heap near what is alive. The stop-the-world collectors let the old generation grow to the heap's limit before
 * they look at it, and what Python's compiler leaves behind while it warms up fills hundreds of megabytes that nobody
 * needs. So the old generation is collected whenever it has grown by half of what was alive in it the last time.
 *
 * <p>Opened by whoever runs the program, which closes it at the end. Works on the JVM's notification thread. Does nothing
 * under collectors that decide by themselves (G1, ZGC).
 */
public final class HeapKeeper implements AutoCloseable {
  private static final Set<String> OLD_GENERATIONS = Set.of("PS Old Gen", "Tenured Gen");
  private static final long MEGABYTE = 1 << 20;
  /** Before the first collection nothing is known; a context with a small script needs about this. */
  static final long FIRST_LIMIT_BYTES = 112 * MEGABYTE;
  /** Growth that is always allowed, so that a small heap is not collected all the time. */
  static final long LEAST_GROWTH_BYTES = 40 * MEGABYTE;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final Optional<MemoryPoolMXBean> oldGeneration;
  private final NotificationListener listener = this::crossed;

  private HeapKeeper(Optional<MemoryPoolMXBean> oldGeneration) {
    this.oldGeneration = oldGeneration;
  }

  /** Begins to watch this process's heap. */
  public static HeapKeeper open() {
    HeapKeeper keeper = new HeapKeeper(
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> OLD_GENERATIONS.contains(pool.getName()) && pool.isUsageThresholdSupported())
            .findFirst());
    keeper.oldGeneration.ifPresent(
        pool -> {
          ((NotificationEmitter) keeper.memory).addNotificationListener(keeper.listener, null, null);
          pool.setUsageThreshold(atMost(pool, FIRST_LIMIT_BYTES));
        });
    return keeper;
  }

  /** The bytes in use at which the old generation is collected next, when so many were alive after a collection. */
  static long nextLimit(long aliveBytes) {
    return aliveBytes + Math.max(LEAST_GROWTH_BYTES, aliveBytes / 2);
  }

  private void crossed(Notification notification, Object handback) {
    if (!notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
      return;
    }
    oldGeneration.ifPresent(
        pool -> {
          memory.gc();
          MemoryUsage alive = pool.getCollectionUsage();
          pool.setUsageThreshold(atMost(pool, nextLimit(alive == null ? pool.getUsage().getUsed() : alive.getUsed())));
        });
  }

  /** A threshold above the pool's maximum is refused by the JVM; near it the collector acts by itself. */
  private static long atMost(MemoryPoolMXBean pool, long bytes) {
    long max = pool.getUsage().getMax();
    return max < 0 ? bytes : Math.min(max, bytes);
  }

  @Override
  public void close() {
    oldGeneration.ifPresent(
        pool -> {
          pool.setUsageThreshold(0);
          try {
            ((NotificationEmitter) memory).removeNotificationListener(listener);
          } catch (ListenerNotFoundException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
