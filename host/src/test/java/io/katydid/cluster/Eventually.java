package io.katydid.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** Waits for something that other threads or processes bring about. */
final class Eventually {
  private Eventually() {
  }

  static void eventually(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        Assertions.fail("Not within " + patience + ": " + what);
      }
      Thread.sleep(10);
    }
  }

  static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
    eventually(what, Duration.ofSeconds(20), condition);
  }
}
