package io.katydid.http;

import java.util.concurrent.TimeUnit;

/**
 * Whether so much arrives that it is worth collecting for a moment. Pure: told of each round of a {@link SocketLoop}, by
 * its thread.
 */
class TrafficGauge {
  private static final int HEAVY_READS_PER_SECOND = 20_000;
  private static final int HEAVY_READS_PER_ROUND = 2;
  /** With fewer connections a user's next request would wait without anything to collect meanwhile. */
  private static final int HEAVY_CONNECTIONS = 16;

  private static final int READS_TO_JUDGE = 256;
  private static final int ROUNDS_TO_JUDGE = 64;

  private boolean heavy;
  private int reads;
  private int rounds;
  private long sinceNanos;

  TrafficGauge(long nowNanos) {
    sinceNanos = nowNanos;
  }

  /**
   * Another round is over. Traffic becomes heavy by its rate, and light when a round collects next to nothing.
   *
   * @param newReads reads of the round
   * @param connections how many there are
   */
  boolean isHeavy(int newReads, int connections, long nowNanos) {
    reads += newReads;
    rounds++;
    if (heavy ? rounds >= ROUNDS_TO_JUDGE : reads >= READS_TO_JUDGE) {
      heavy = connections >= HEAVY_CONNECTIONS && (heavy
          ? reads >= rounds * HEAVY_READS_PER_ROUND
          : nowNanos - sinceNanos < TimeUnit.SECONDS.toNanos(1) / HEAVY_READS_PER_SECOND * reads);
      reads = 0;
      rounds = 0;
      sinceNanos = nowNanos;
    }
    return heavy;
  }
}
