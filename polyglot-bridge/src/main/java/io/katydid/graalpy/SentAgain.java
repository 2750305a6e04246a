package io.katydid.graalpy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts the requests of a context that were sent twice, because the server had closed a kept connection without a reply, and tells the
 * log: of the first, the tenth, the hundredth and so on. Any thread.
 */
final class SentAgain {
  private final AtomicLong count = new AtomicLong();
  private volatile long tellAt = 1;
  private volatile Consumer<String> log = text -> {};

  /** Where to tell from now on. */
  void tell(Consumer<String> where) {
    log = where;
  }

  void add(String method, String url) {
    long all = count.incrementAndGet();
    if (all == tellAt) {
      tellAt = all * 10;
      log.accept((all == 1 ? "The server closed" : all + " times the server has closed")
          + " a connection that it had kept open when the next request came, without a reply. " + (all == 1 ? "This one was"
          : "Each was") + " sent once more on a new connection, as HTTP allows for its method, and the server may have got it"
          + " twice: " + method + " " + url);
    }
  }
}
