package io.katydid.graalpy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Prints all threads, virtual ones too, when a test takes longer than its time, and interrupts the test. For every test
 * that enters Python from several threads; the test waits interruptibly.
 */
final class HangWatchdog implements BeforeEachCallback, AfterEachCallback {
  private static final int MOST_CHARACTERS = 200_000;

  private final long seconds;
  private ScheduledExecutorService timer;
  private ScheduledFuture<?> alarm;

  HangWatchdog(long seconds) {
    this.seconds = seconds;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    Thread tester = Thread.currentThread();
    timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("hang-watchdog").factory());
    alarm =
        timer.schedule(
            () -> {
              System.err.println(test.getDisplayName() + " hangs after " + seconds + " s:\n" + threads());
              tester.interrupt();
            },
            seconds,
            TimeUnit.SECONDS);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    alarm.cancel(false);
    timer.shutdownNow();
  }

  /** All threads with their stacks, cut off at a size one can still read. */
  static String threads() {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "threads-" + System.nanoTime() + ".txt").toAbsolutePath();
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      String text = Files.readString(file);
      return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "\n..." : text;
    } catch (IOException e) {
      return "The threads could not be printed: " + e.getMessage();
    } finally {
      file.toFile().delete();
    }
  }
}
