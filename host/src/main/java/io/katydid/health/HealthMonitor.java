package io.katydid.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;

/**
 * Watches this process from a thread of its own: how late it wakes up, how much CPU it uses, how long the collector
 * works, how long user threads wait for Python. Any thread may read; {@link #begin} marks the start of a run.
 */
public final class HealthMonitor implements AutoCloseable {
  /** Above this share of all cores, response times contain waiting for a core. */
  private static final double HIGH_CPU_SHARE = 0.9;
  /** A timer this late (99th percentile, milliseconds) delays users by as much. */
  private static final double LATE_MILLIS = 20;
  private static final long PROBE_NANOS = 10_000_000;
  private static final int SECONDS_BETWEEN_CPU_SAMPLES = 10;
  private static final long LONGEST_LATENESS_MICROS = 60_000_000;

  /**
   * One reading.
   *
   * @param cpuPercent over the last ten seconds, 100 = one core; 0 before the first sample
   * @param memoryBytes resident
   * @param maxLateMillis the worst wake-up since the run began
   * @param p99LateMillis its 99th percentile
   * @param gcMillis collector time since the run began
   * @param pythonWaitMillis time users waited for Python since the run began, all together
   * @param warnings sentences for the user; empty = results can be trusted
   */
  public record Reading(
      double cpuPercent,
      long memoryBytes,
      double maxLateMillis,
      double p99LateMillis,
      double gcMillis,
      double pythonWaitMillis,
      List<String> warnings) {

    /** More than nine tenths of all cores were in use in the last ten seconds. */
    public boolean overloaded() {
      return cpuPercent > HIGH_CPU_SHARE * 100 * Runtime.getRuntime().availableProcessors();
    }
  }

  private final DoubleSupplier pythonWaitMillis;
  private final Consumer<Reading> onCpuSample;
  private final Thread thread;
  private final Histogram lateMicros = new Histogram(LONGEST_LATENESS_MICROS, 2);
  private volatile boolean closed;
  private volatile double cpuPercent;
  private volatile long memoryBytes = ProcessLoad.residentBytes();
  /** Guarded by {@link #lateMicros}. */
  private long gcMillisAtBegin = ProcessLoad.gcMillis();
  private double pythonWaitAtBegin;
  private double worstCpuPercent;

  /**
   * @param pythonWaitMillis total time threads have waited for Python so far
   * @param onCpuSample called every ten seconds on the monitor's thread
   */
  public HealthMonitor(DoubleSupplier pythonWaitMillis, Consumer<Reading> onCpuSample) {
    this.pythonWaitMillis = pythonWaitMillis;
    this.onCpuSample = onCpuSample;
    this.thread = Thread.ofPlatform().name("health").daemon().priority(Thread.MAX_PRIORITY).unstarted(this::watch);
  }

  public void start() {
    thread.start();
  }

  /** A run begins: what was measured before does not count for it. */
  public void begin() {
    synchronized (lateMicros) {
      lateMicros.reset();
      gcMillisAtBegin = ProcessLoad.gcMillis();
      pythonWaitAtBegin = pythonWaitMillis.getAsDouble();
      worstCpuPercent = 0;
    }
  }

  private void watch() {
    long lastSample = System.nanoTime();
    long cpuBefore = ProcessLoad.cpuNanos();
    while (!closed) {
      long due = System.nanoTime() + PROBE_NANOS;
      LockSupport.parkNanos(PROBE_NANOS);
      long now = System.nanoTime();
      long lateBy = Math.max(0, now - due) / 1000;
      synchronized (lateMicros) {
        lateMicros.recordValue(Math.min(lateBy, LONGEST_LATENESS_MICROS));
      }
      if (now - lastSample >= SECONDS_BETWEEN_CPU_SAMPLES * 1_000_000_000L) {
        long cpu = ProcessLoad.cpuNanos();
        cpuPercent = 100.0 * (cpu - cpuBefore) / (now - lastSample);
        memoryBytes = ProcessLoad.residentBytes();
        cpuBefore = cpu;
        lastSample = now;
        synchronized (lateMicros) {
          worstCpuPercent = Math.max(worstCpuPercent, cpuPercent);
        }
        onCpuSample.accept(read());
      }
    }
  }

  /** How it is now. */
  public Reading read() {
    int cores = Runtime.getRuntime().availableProcessors();
    synchronized (lateMicros) {
      double p99 = lateMicros.getTotalCount() == 0 ? 0 : lateMicros.getValueAtPercentile(99) / 1000.0;
      double max = lateMicros.getMaxValue() / 1000.0;
      List<String> warnings = new ArrayList<>();
      if (worstCpuPercent > HIGH_CPU_SHARE * 100 * cores) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "This load generator used %.0f%% of its %d cores: response times may contain its own delays. "
                    + "Use fewer users here or add workers.",
                worstCpuPercent / cores, cores));
      }
      if (p99 > LATE_MILLIS) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "Timers of this load generator were up to %.0f ms late (99%%): waits are longer than asked for. "
                    + "Give it more CPU or add workers.",
                p99));
      }
      return new Reading(
          cpuPercent,
          memoryBytes,
          max,
          p99,
          ProcessLoad.gcMillis() - gcMillisAtBegin,
          Math.max(0, pythonWaitMillis.getAsDouble() - pythonWaitAtBegin),
          warnings);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
