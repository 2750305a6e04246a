package io.katydid.health;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * How long this process's compilers have worked so far: the JVM's own, and the threads that compile Python. One thread
 * calls it.
 */
final class CompilerLoad {
  private static final String PYTHON_COMPILERS = "TruffleCompilerThread";

  private final CompilationMXBean jvm = ManagementFactory.getCompilationMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  /** CPU of each compiling thread when it was last seen. */
  private Map<Long, Long> nanosByThread = new HashMap<>();
  /** CPU of those that have ended, as idle ones do. */
  private long endedNanos;

  /** In seconds since the start of the process. */
  double seconds() {
    if (threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()) {
      Map<Long, Long> seen = new HashMap<>();
      for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
        if (info != null && info.getThreadName().startsWith(PYTHON_COMPILERS)) {
          long before = nanosByThread.getOrDefault(info.getThreadId(), 0L);
          seen.put(info.getThreadId(), Math.max(before, threads.getThreadCpuTime(info.getThreadId())));
        }
      }
      nanosByThread.keySet().removeAll(seen.keySet());
      endedNanos += nanosByThread.values().stream().mapToLong(Long::longValue).sum();
      nanosByThread = seen;
    }
    long python = endedNanos + nanosByThread.values().stream().mapToLong(Long::longValue).sum();
    long compiled = jvm != null && jvm.isCompilationTimeMonitoringSupported() ? jvm.getTotalCompilationTime() : 0;
    return compiled / 1e3 + python / 1e9;
  }
}
