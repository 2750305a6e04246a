package io.katydid.cluster;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What all peers together may cost a master's socket, so that no number of them can exhaust its memory or its files.
 *
 * @param frameBytes the longest frame of a message
 * @param waitingBytes messages that have come and have not been handled: the more there are, the less is read
 * @param unfinishedBytes messages that have begun to come: when there is more, the worst peer is disconnected
 * @param unsentBytes messages that peers have not taken yet: when there is more, the worst peer is disconnected
 * @param unsentBytesOfOne the same of one peer: when there is more, further messages for it are dropped
 * @param connections open at a time
 * @param handshakes open at a time whose handshake is not done: the oldest makes room for the next
 * @param handshakeSeconds how long a handshake may take
 */
record RouterLimits(
    long frameBytes,
    long waitingBytes,
    long unfinishedBytes,
    long unsentBytes,
    long unsentBytesOfOne,
    int connections,
    int handshakes,
    int handshakeSeconds) {
  /** What a message may cost beside its bytes until it is handled: the objects that carry it through a queue. */
  static final int MESSAGE_OVERHEAD = 320;

  private static final long MOST_WAITING = 64L << 20;
  private static final long MOST_UNSENT = 256L << 20;
  private static final long MOST_UNSENT_OF_ONE = 16L << 20;
  private static final int MOST_CONNECTIONS = 10_000;
  /** What a connection may cost whatever the others do, with a margin. */
  private static final long HEAP_OF_ONE = 64 << 10;
  private static final int MOST_HANDSHAKES = 1_000;
  private static final int HANDSHAKE_SECONDS = 30;

  /** For this process: shares of its heap and of the files it may open. */
  static RouterLimits ofThisProcess(long frameBytes) {
    return of(frameBytes, Runtime.getRuntime().maxMemory(), openFiles());
  }

  /** @param openFiles that the system allows; 0 = it does not tell */
  static RouterLimits of(long frameBytes, long heapBytes, long openFiles) {
    long waiting = Math.min(MOST_WAITING, heapBytes / 16);
    long files = openFiles <= 0 ? MOST_CONNECTIONS : Math.max(16, openFiles / 2);
    int connections = (int) Math.min(Math.min(files, MOST_CONNECTIONS), heapBytes / HEAP_OF_ONE);
    return new RouterLimits(frameBytes, waiting, frameBytes + waiting / 2, Math.min(MOST_UNSENT, heapBytes / 8),
        Math.min(MOST_UNSENT_OF_ONE, heapBytes / 32), connections, Math.min(MOST_HANDSHAKES, connections / 2),
        HANDSHAKE_SECONDS);
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount()
        : 0;
  }
}
