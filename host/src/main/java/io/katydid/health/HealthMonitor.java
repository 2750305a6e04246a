package io.katydid.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Watches this process from a thread of its own: how late it wakes up, how much CPU it uses, how long the collector
 * works, how long user threads wait for Python, whether compilers still work. Any thread may read. {@link #begin} marks the
 * start of a run and {@link #end} its end, from which on the figures of the run stay as they are.
 *
 * <p>Whoever is told of the CPU may wait for Python, so that has another thread: the watch goes on.
 */
public final class HealthMonitor implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long PROBE_NANOS = 10_000_000;
  private static final long NANOS_BETWEEN_CPU_SAMPLES = 10 * NANOS_PER_SECOND;
  /** The CPU of a shorter time says nothing. */
  private static final long SHORTEST_CPU_SAMPLE_NANOS = 2 * NANOS_PER_SECOND;
  private static final long LONGEST_LATENESS_MICROS = 60_000_000;

  /**
   * One reading.
   *
   * @param cpuPercent over the last ten seconds, 100 = one core; 0 before the first sample
   * @param memoryBytes resident
   * @param maxLateMillis the worst wake-up during the run
   * @param p99LateMillis its 99th percentile
   * @param gcMillis collector time during the run
   * @param pythonWaitMillis time users waited for Python during the run, all together
   * @param seconds how long the run has lasted
   * @param warmForSeconds how long ago the compilers became idle; NaN = not yet
   * @param warnings sentences for the user; empty = nothing speaks against the results
   */
  public record Reading(
      double cpuPercent,
      long memoryBytes,
      double maxLateMillis,
      double p99LateMillis,
      double gcMillis,
      double pythonWaitMillis,
      double seconds,
      double warmForSeconds,
      List<String> warnings) {

    /** More than nine tenths of all cores were in use in the last ten seconds. */
    public boolean overloaded() {
      return cpuPercent > Verdict.HIGH_CPU_SHARE * 100 * Runtime.getRuntime().availableProcessors();
    }

    /** What is of this moment, not of the run, from another reading. */
    private Reading at(double cpuNow, long memoryNow, double warmForNow) {
      return new Reading(
          cpuNow, memoryNow, maxLateMillis, p99LateMillis, gcMillis, pythonWaitMillis, seconds, warmForNow, warnings);
    }
  }

  private final List<DoubleSupplier> pythonWaits = new CopyOnWriteArrayList<>();
  private final Consumer<Reading> onCpuSample;
  private final long nanosBetweenCpuSamples;
  private final LongSupplier nanos;
  private final Thread thread;
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(body -> Thread.ofPlatform().name("health-told").daemon().unstarted(body));
  private final AtomicBoolean telling = new AtomicBoolean();
  private volatile boolean closed;
  private volatile double cpuPercent;
  private volatile long memoryBytes = ProcessLoad.residentBytes();
  /** Lateness during the run; its lock guards what follows. */
  private final Histogram lateMicros = new Histogram(LONGEST_LATENESS_MICROS, 2);
  private long gcMillisAtBegin = ProcessLoad.gcMillis();
  private double pythonWaitAtBegin;
  private long beginNanos;
  private double worstCpuPercent;
  private long cpuSampleNanos;
  private long cpuAtSample = ProcessLoad.cpuNanos();
  private final WarmUpWatch warmUp = new WarmUpWatch();
  /** The figures of the run that has ended; null while one goes on, or none has been. */
  private Reading ended;
  /** Whether a run goes on. Before the first one there are no results that could be trusted or not. */
  private boolean begun;

  /**
   * @param pythonWaitMillis total time threads have waited for Python so far
   * @param onCpuSample called every ten seconds on a thread of its own; left out while it is still busy with the last one
   */
  public HealthMonitor(DoubleSupplier pythonWaitMillis, Consumer<Reading> onCpuSample) {
    this(pythonWaitMillis, onCpuSample, NANOS_BETWEEN_CPU_SAMPLES, System::nanoTime);
  }

  HealthMonitor(
      DoubleSupplier pythonWaitMillis, Consumer<Reading> onCpuSample, long nanosBetweenCpuSamples, LongSupplier nanos) {
    this.nanos = nanos;
    this.beginNanos = nanos.getAsLong();
    this.cpuSampleNanos = beginNanos;
    pythonWaits.add(pythonWaitMillis);
    this.onCpuSample = onCpuSample;
    this.nanosBetweenCpuSamples = nanosBetweenCpuSamples;
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
      ended = null;
      begun = true;
      lateMicros.reset();
      beginNanos = nanos.getAsLong();
      gcMillisAtBegin = ProcessLoad.gcMillis();
      pythonWaitAtBegin = pythonWaitMillis();
      worstCpuPercent = 0;
      cpuSampleNanos = beginNanos;
      cpuAtSample = ProcessLoad.cpuNanos();
    }
  }

  /** As {@link #begin}, if that has not been said of this run. */
  public void beginUnlessBegun() {
    synchronized (lateMicros) {
      if (!begun) {
        begin();
      }
    }
  }

  /** The run has ended: what is measured from now on does not count for it. */
  public void end() {
    synchronized (lateMicros) {
      if (begun) {
        sampleCpu(nanos.getAsLong(), SHORTEST_CPU_SAMPLE_NANOS);
        ended = figures();
        begun = false;
      }
    }
  }

  private void watch() {
    long lastSecond = nanos.getAsLong();
    CompilerLoad compilers = new CompilerLoad();
    while (!closed) {
      long due = nanos.getAsLong() + PROBE_NANOS;
      LockSupport.parkNanos(PROBE_NANOS);
      long now = nanos.getAsLong();
      long lateBy = Math.max(0, now - due) / 1000;
      boolean sampled;
      synchronized (lateMicros) {
        if (due - PROBE_NANOS - beginNanos >= 0) { // else part of it was before the run
          lateMicros.recordValue(Math.min(lateBy, LONGEST_LATENESS_MICROS));
        }
        sampled = sampleCpu(now, nanosBetweenCpuSamples);
      }
      if (now - lastSecond >= NANOS_PER_SECOND) {
        lastSecond = now;
        sampleCompilers(now, compilers);
      }
      if (sampled && telling.compareAndSet(false, true)) {
        tell(read());
      }
    }
  }

  /** The CPU since the last sample, if that is long enough ago. The caller holds the lock. */
  private boolean sampleCpu(long now, long leastNanos) {
    if (now - cpuSampleNanos < leastNanos) {
      return false;
    }
    long cpu = ProcessLoad.cpuNanos();
    cpuPercent = 100.0 * (cpu - cpuAtSample) / (now - cpuSampleNanos);
    memoryBytes = ProcessLoad.residentBytes();
    cpuAtSample = cpu;
    cpuSampleNanos = now;
    worstCpuPercent = Math.max(worstCpuPercent, cpuPercent);
    return true;
  }

  private void tell(Reading reading) {
    try {
      teller.execute(() -> {
        try {
          onCpuSample.accept(reading);
        } finally {
          telling.set(false);
        }
      });
    } catch (RejectedExecutionException e) {
      telling.set(false); // closed meanwhile
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

  /** How it is now; of a run that has ended, how it was. */
  public Reading read() {
    synchronized (lateMicros) {
      double warmFor = nanos.getAsLong() / 1e9 - warmUp.warmSince();
      return (ended == null ? figures() : ended).at(cpuPercent, memoryBytes, warmFor);
    }
  }

  /** The caller holds the lock. */
  private Reading figures() {
    double p99 = lateMicros.getTotalCount() == 0 ? 0 : lateMicros.getValueAtPercentile(99) / 1000.0;
    double max = lateMicros.getMaxValue() / 1000.0;
    double gcMillis = ProcessLoad.gcMillis() - gcMillisAtBegin;
    double waitMillis = Math.max(0, pythonWaitMillis() - pythonWaitAtBegin);
    double seconds = (nanos.getAsLong() - beginNanos) / 1e9;
    int cores = Runtime.getRuntime().availableProcessors();
    List<String> warnings =
        begun ? Verdict.warnings(cores, worstCpuPercent, p99, gcMillis, waitMillis, seconds) : List.of();
    return new Reading(cpuPercent, memoryBytes, max, p99, gcMillis, waitMillis, seconds, Double.NaN, warnings);
  }

  /** So many times the watch has woken up since the run began. */
  long wakeUps() {
    synchronized (lateMicros) {
      return lateMicros.getTotalCount();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    teller.shutdownNow();
  }
}
