package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.log.Level;
import io.katydid.log.Logging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ends of a run write one report. */
class HtmlFileTest {
  @TempDir Path folder;
  private Logging logging;

  @BeforeEach
  void open() throws Exception {
    logging = Logging.open(new Logging.Settings(Level.CRITICAL, null, false));
  }

  @AfterEach
  void close() {
    logging.close();
  }

  /** The orderly end waits for Python while it makes the report; the forced end does not, and what it has written stays. */
  @Test
  void theFirstWholeReportIsWrittenAndNoOther() throws Exception {
    Path file = folder.resolve("sub/report.html");
    AtomicInteger made = new AtomicInteger();
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch python = new CountDownLatch(1);
    HtmlFile html =
        new HtmlFile(
            () -> file,
            () -> {
              int number = made.incrementAndGet();
              if (number == 1) {
                waits.countDown();
                await(python);
              }
              return "report " + number;
            },
            logging.log("test"));
    CompletableFuture<Boolean> orderly = CompletableFuture.supplyAsync(html::write);
    await(waits);
    assertTrue(html.write());
    python.countDown();
    assertTrue(orderly.get());
    assertTrue(html.write());
    assertEquals("report 2", Files.readString(file));
    assertEquals(2, made.get());
  }

  @Test
  void aReportThatCannotBeWrittenIsToldOnce() throws Exception {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    HtmlFile html = new HtmlFile(() -> notAFolder.resolve("report.html"), () -> "report", logging.log("test"));
    assertFalse(html.write());
    assertFalse(html.write());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
