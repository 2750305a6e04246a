package io.katydid.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Says on standard error that the locustfiles are still being loaded, when that takes long: nothing else can be seen
 * meanwhile, because logging begins with the options that a locustfile may add. The lines are written by a thread of its
 * own; made and closed by the main thread.
 */
final class LoadingNotice implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final String program;
  private final String files;
  private final PrintStream err;
  private final Duration period;
  private final Thread thread;
  private volatile boolean closed;
  private volatile String step = "Python is being started";

  private LoadingNotice(String program, List<Path> files, PrintStream err, Duration period) {
    this.program = program;
    this.files = files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", "));
    this.err = err;
    this.period = period;
    this.thread = Thread.ofPlatform().name("loading-notice").daemon().unstarted(this::run);
  }

  static LoadingNotice about(String program, List<Path> files, PrintStream err) {
    return about(program, files, err, PERIOD);
  }

  /**
   * @param period between two lines, and before the first
   */
  static LoadingNotice about(String program, List<Path> files, PrintStream err, Duration period) {
    LoadingNotice notice = new LoadingNotice(program, files, err, period);
    notice.thread.start();
    return notice;
  }

  private void run() {
    long began = System.nanoTime();
    for (int lines = 1; !closed; lines++) {
      long next = began + lines * period.toNanos();
      while (!closed && next - System.nanoTime() > 0) {
        LockSupport.parkNanos(this, next - System.nanoTime());
      }
      if (!closed) {
        err.println(line(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)));
      }
    }
  }

  private String line(long seconds) {
    return program + ": still loading " + files + " and what it imports, " + seconds + " s (" + step + ")";
  }

  /** What is done now. Called by the thread that loads. */
  void now(String step) {
    this.step = step;
  }

  /** No line comes after this has returned. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
