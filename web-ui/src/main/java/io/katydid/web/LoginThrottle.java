package io.katydid.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords: after ten failures from one address within five minutes, or two hundred from all
 * together, no further try is looked at until the five minutes are over. Called by any web thread; bounded memory.
 */
final class LoginThrottle {
  private static final int MAX_FAILURES = 10;
  private static final int MAX_FAILURES_OF_ALL = 200;
  private static final int MAX_ADDRESSES = 5_000;
  private static final long WINDOW_NANOS = 300L * 1_000_000_000L;
  private static final String EVERYBODY = "";

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
    return current(EVERYBODY).failures < MAX_FAILURES_OF_ALL && current(address).failures < MAX_FAILURES;
  }

  synchronized void failed(String address) {
    current(EVERYBODY).failures++;
    current(address).failures++;
  }

  synchronized void succeeded(String address) {
    counts.remove(address);
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
