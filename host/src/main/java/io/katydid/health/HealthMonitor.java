package io.katydid.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;

/**
 * Watches this process from a thread of its own: how late it wakes up, how much CPU it uses, how long the collector
 * works, how long user threads wait for Python, whether compilers still work. Any thread may read; {@link #begin} marks the start of a run.
 */
public final class HealthMonitor implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
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
   * @param warmForSeconds how long ago the compilers became idle; NaN = not yet
   * @param warnings sentences for the user; empty = results can be trusted
   */
  public record Reading(
      double cpuPercent,
      long memoryBytes,
      double maxLateMillis,
      double p99LateMillis,
      double gcMillis,
      double pythonWaitMillis,
      double warmForSeconds,
      List<String> warnings) {

    /** More than nine tenths of all cores were in use in the last ten seconds. */
    public boolean overloaded() {
      return cpuPercent > Verdict.HIGH_CPU_SHARE * 100 * Runtime.getRuntime().availableProcessors();
    }
  }

  private final List<DoubleSupplier> pythonWaits = new CopyOnWriteArrayList<>();
  private final Consumer<Reading> onCpuSample;
  private final Thread thread;
  private final Histogram lateMicros = new Histogram(LONGEST_LATENESS_MICROS, 2);
  private volatile boolean closed;
  private volatile double cpuPercent;
  private volatile long memoryBytes = ProcessLoad.residentBytes();
  /** Guarded by {@link #lateMicros}. */
  private long gcMillisAtBegin = ProcessLoad.gcMillis();
  private double pythonWaitAtBegin;
  private long beginNanos = System.nanoTime();
  private double worstCpuPercent;
  private final WarmUpWatch warmUp = new WarmUpWatch();

  /**
   * @param pythonWaitMillis total time threads have waited for Python so far
   * @param onCpuSample called every ten seconds on the monitor's thread
   */
  public HealthMonitor(DoubleSupplier pythonWaitMillis, Consumer<Reading> onCpuSample) {
    pythonWaits.add(pythonWaitMillis);
    this.onCpuSample = onCpuSample;
    this.thread = Thread.ofPlatform().name("health").daemon().priority(Thread.MAX_PRIORITY).unstarted(this::watch);
  }

  /**
   * Counts the waits for one more interpreter of this process.
   *
   * @param pythonWaitMillis total time threads have waited for it so far
   */
  public void alsoCount(DoubleSupplier pythonWaitMillis) {
    pythonWaits.add(pythonWaitMillis);
  }

  private double pythonWaitMillis() {
    return pythonWaits.stream().mapToDouble(DoubleSupplier::getAsDouble).sum();
  }

  public void start() {
    thread.start();
  }

  /** A run begins: what was measured before does not count for it. */
  public void begin() {
    synchronized (lateMicros) {
      lateMicros.reset();
      beginNanos = System.nanoTime();
      gcMillisAtBegin = ProcessLoad.gcMillis();
      pythonWaitAtBegin = pythonWaitMillis();
      worstCpuPercent = 0;
    }
  }

  private void watch() {
    long lastSample = System.nanoTime();
    long lastSecond = lastSample;
    long cpuBefore = ProcessLoad.cpuNanos();
    CompilerLoad compilers = new CompilerLoad();
    while (!closed) {
      long due = System.nanoTime() + PROBE_NANOS;
      LockSupport.parkNanos(PROBE_NANOS);
      long now = System.nanoTime();
      long lateBy = Math.max(0, now - due) / 1000;
      synchronized (lateMicros) {
        lateMicros.recordValue(Math.min(lateBy, LONGEST_LATENESS_MICROS));
      }
      if (now - lastSecond >= NANOS_PER_SECOND) {
        lastSecond = now;
        sampleCompilers(now, compilers);
      }
      if (now - lastSample >= SECONDS_BETWEEN_CPU_SAMPLES * NANOS_PER_SECOND) {
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

  private void sampleCompilers(long now, CompilerLoad compilers) {
    synchronized (lateMicros) {
      if (warmUp.warm()) {
        return;
      }
    }
    double worked = compilers.seconds();
    synchronized (lateMicros) {
      warmUp.sample(now / 1e9, worked);
    }
  }

  /** How it is now. */
  public Reading read() {
    synchronized (lateMicros) {
      double p99 = lateMicros.getTotalCount() == 0 ? 0 : lateMicros.getValueAtPercentile(99) / 1000.0;
      double max = lateMicros.getMaxValue() / 1000.0;
      double gcMillis = ProcessLoad.gcMillis() - gcMillisAtBegin;
      double waitMillis = Math.max(0, pythonWaitMillis() - pythonWaitAtBegin);
      List<String> warnings =
          Verdict.warnings(
              Runtime.getRuntime().availableProcessors(),
              worstCpuPercent,
              p99,
              gcMillis,
              waitMillis,
              (System.nanoTime() - beginNanos) / 1e9);
      return new Reading(
          cpuPercent,
          memoryBytes,
          max,
          p99,
          gcMillis,
          waitMillis,
          System.nanoTime() / 1e9 - warmUp.warmSince(),
          warnings);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
