package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficGaugeTest {
  private long nowNanos;
  private final TrafficGauge gauge = new TrafficGauge(0);

  /** A second of rounds; the answer to the last one. */
  private boolean second(int roundsPerSecond, int readsPerRound, int connections) {
    boolean heavy = false;
    for (int i = 0; i < roundsPerSecond; i++) {
      nowNanos += TimeUnit.SECONDS.toNanos(1) / roundsPerSecond;
      heavy = gauge.isHeavy(readsPerRound, connections, nowNanos);
    }
    return heavy;
  }

  @ParameterizedTest
  @CsvSource({
    "19000, 1, 100, false, a read at a time below the rate",
    "21000, 1, 100, false, above it it is tried but there is never more than one to collect",
    "10000, 3, 100, true,  several at a time",
    "10000, 3, 15,  false, few connections",
    "10000, 3, 16,  true,  just enough connections",
    "100,   50, 100, false, many at a time but seldom",
  })
  void steadyTraffic(int roundsPerSecond, int readsPerRound, int connections, boolean heavy, String why) {
    second(roundsPerSecond, readsPerRound, connections);
    int heavyTwentieths = 0;
    for (int i = 0; i < 20; i++) {
      nowNanos += TimeUnit.MILLISECONDS.toNanos(1);
      heavyTwentieths += second(roundsPerSecond, readsPerRound, connections) ? 1 : 0;
    }
    assertEquals(heavy, heavyTwentieths > 10, why);
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void itEndsWhenRoundsCollectLittle(int readsPerRound) {
    assertEquals(true, second(10_000, 5, 100));
    assertEquals(false, second(10_000, readsPerRound, 100));
    assertEquals(true, second(10_000, 5, 100));
  }
}
