package io.katydid.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapKeeperTest {
  private static final int MEGABYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource({"0, 40", "20, 60", "80, 120", "100, 150", "1000, 1500"})
  void allowsHalfAsMuchAgainButNotLessThanASmallAmount(long aliveMegabytes, long limitMegabytes) {
    assertEquals(limitMegabytes * MEGABYTE, HeapKeeper.nextLimit(aliveMegabytes * MEGABYTE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseParallelGC", "-XX:+UseSerialGC"})
  void keepsAHeapSmallThatTheCollectorWouldLetGrow(String collector) throws Exception {
    long without = largestOldGeneration(collector, false);
    long with = largestOldGeneration(collector, true);
    assertTrue(without > 400, "the program is meant to let the old generation grow, but it had only " + without + " MB");
    assertTrue(with < 250, "the old generation grew to " + with + " MB");
  }

  @Test
  void doesNothingUnderACollectorThatDecidesByItself() throws Exception {
    assertTrue(largestOldGeneration("-XX:+UseG1GC", true) >= 0);
  }

  private static long largestOldGeneration(String collector, boolean kept) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), collector, "-Xmx1g",
                "-XX:MaxNewSize=64m", "-cp", System.getProperty("java.class.path"), Promoter.class.getName(),
                Boolean.toString(kept))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, output);
    return Long.parseLong(output);
  }

  /** A program whose garbage is old before it dies; prints the most that its old generation has held, in megabytes. */
  static final class Promoter {
    private Promoter() {}

    public static void main(String[] args) throws InterruptedException {
      try (HeapKeeper keeper = Boolean.parseBoolean(args[0]) ? HeapKeeper.open() : null) {
        Deque<byte[]> alive = new ArrayDeque<>();
        for (int i = 0; i < 60_000; i++) {
          alive.add(new byte[20_000]);
          if (alive.size() > 4_000) {
            alive.remove();
          }
          if (i % 1_000 == 0) {
            Thread.sleep(10);
          }
        }
      }
      long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
          .mapToLong(pool -> pool.getPeakUsage().getUsed())
          .max()
          .orElse(0);
      System.out.println(peak / MEGABYTE);
    }
  }
}
