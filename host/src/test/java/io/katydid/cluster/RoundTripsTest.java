package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RoundTripsTest {
  private final RoundTrips trips = new RoundTrips();

  @Test
  void anAnswerBelongsToTheOldestHeartbeat() {
    assertEquals(Double.NaN, trips.lastMillis());
    trips.sent(0);
    trips.sent(1_000_000_000);
    trips.answered(1_500_000_000);
    assertEquals(1500, trips.lastMillis());
    trips.answered(1_600_000_000);
    assertEquals(600, trips.lastMillis());
    trips.answered(1_700_000_000);
    assertEquals(600, trips.lastMillis(), "nothing was under way");
  }

  @Test
  void afterManyUnansweredOnesItBeginsAnew() {
    for (int i = 0; i < 11; i++) {
      trips.sent(i * 1_000_000_000L);
    }
    trips.answered(10_002_000_000L);
    assertEquals(2, trips.lastMillis());
  }
}
