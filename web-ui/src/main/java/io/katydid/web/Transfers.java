package io.katydid.web;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What is on its way between this server and others: bodies that come, answers that go. None needs a thread meanwhile,
 * but memory, so they are bounded: each in time, by a smallest rate, and all together in bytes. Any thread begins and
 * ends them; one timer thread calls {@link #look}.
 */
final class Transfers {
  /** Every transfer may take as long as this, and longer by what {@link #SLOWEST_BYTES_PER_SECOND} needs for its bytes. */
  static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(20);

  static final long SLOWEST_BYTES_PER_SECOND = 16 * 1024;
  static final long MOST_BYTES = 64L * 1024 * 1024;

  /** One body or answer. */
  final class Transfer {
    private final long begun = nanoClock.getAsLong();
    private final Runnable abort;
    private volatile long bytes;
    private boolean over;

    private Transfer(Runnable abort) {
      this.abort = abort;
    }

    /** So many bytes more are kept in memory for it. */
    void keeps(int more) {
      synchronized (this) {
        if (over) {
          return;
        }
        bytes += more;
        held.addAndGet(more);
      }
      if (held.get() > MOST_BYTES) {
        makeRoom(this);
      }
    }

    /** It is over, whichever way. */
    synchronized void ends() {
      if (!over) {
        over = true;
        underWay.remove(this);
        held.addAndGet(-bytes);
      }
    }

    private boolean overdue(long now) {
      return now - begun > GRACE_NANOS + TimeUnit.SECONDS.toNanos(1) * bytes / SLOWEST_BYTES_PER_SECOND;
    }
  }

  private final LongSupplier nanoClock;
  private final Set<Transfer> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicLong held = new AtomicLong();

  Transfers(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** @param abort ends it from this side, without throwing; called by any thread, perhaps when it has just ended */
  Transfer begin(Runnable abort) {
    Transfer transfer = new Transfer(abort);
    underWay.add(transfer);
    return transfer;
  }

  /** Ends those that are too slow. */
  void look() {
    long now = nanoClock.getAsLong();
    for (Transfer transfer : underWay) {
      if (transfer.overdue(now)) {
        transfer.ends();
        transfer.abort.run();
      }
    }
  }

  /** The oldest give way: whoever is honest is done soon. */
  private synchronized void makeRoom(Transfer latest) {
    while (held.get() > MOST_BYTES) {
      Transfer oldest = underWay.stream().filter(transfer -> transfer != latest && transfer.bytes > 0)
          .min(Comparator.comparingLong(transfer -> transfer.begun - latest.begun)).orElse(null);
      if (oldest == null) {
        return;
      }
      oldest.ends();
      oldest.abort.run();
    }
  }
}
