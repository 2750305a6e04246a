package io.katydid.web;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords, and nobody else: after ten failures from one address within five minutes no further try
 * from there is looked at until the five minutes are over. Once all together have failed two hundred times, an address has one
 * failure only: many addresses do not help a guesser much, and who knows the password gets in from any that has not failed. IPv6
 * addresses count by their network of 64 bits, which one machine may have for itself. Called by any web thread; bounded memory.
 */
final class LoginThrottle {
  private static final int MAX_FAILURES = 10;
  private static final int MAX_FAILURES_OF_ALL = 200;
  private static final int MAX_ADDRESSES = 5_000;
  private static final long WINDOW_NANOS = 300L * 1_000_000_000L;
  private static final String EVERYBODY = "";
  private static final int IPV6_BYTES = 16;

  private static final class Count {
    private final long since;
    private int failures;

    private Count(long since) {
      this.since = since;
    }
  }

  private final LongSupplier nanoClock;
  private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
      return size() > MAX_ADDRESSES;
    }
  };

  LoginThrottle(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  synchronized boolean mayTry(String address) {
    boolean guessedByMany = current(EVERYBODY).failures >= MAX_FAILURES_OF_ALL;
    return current(network(address)).failures < (guessedByMany ? 1 : MAX_FAILURES);
  }

  synchronized void failed(String address) {
    current(EVERYBODY).failures++;
    current(network(address)).failures++;
  }

  synchronized void succeeded(String address) {
    counts.remove(network(address));
  }

  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, IPV6_BYTES / 2) : address;
    } catch (IllegalArgumentException e) {
      return address;
    }
  }

  private Count current(String address) {
    long now = nanoClock.getAsLong();
    Count count = counts.get(address);
    if (count == null || now - count.since > WINDOW_NANOS) {
      count = new Count(now);
      counts.put(address, count);
    }
    return count;
  }
}
