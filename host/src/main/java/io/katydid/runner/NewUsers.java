package io.katydid.runner;

import io.katydid.script.NewUser;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The users that are started for one order, until all of them have been made or one could not be. Owned by the thread that
 * carries the order out, which waits here; their scripts tell from the users' threads.
 */
final class NewUsers {
  private final CountDownLatch notMade;
  private volatile boolean failed;

  NewUsers(int number) {
    notMade = new CountDownLatch(number);
  }

  /** One of them; each is asked for once. */
  One next() {
    return new One();
  }

  final class One implements NewUser {
    private final AtomicBoolean counted = new AtomicBoolean();

    @Override
    public boolean wanted() {
      return !failed;
    }

    @Override
    public void made() {
      if (counted.compareAndSet(false, true)) {
        notMade.countDown();
      }
    }

    @Override
    public void failed() {
      failed = true;
      made();
    }

    /** It has ended, perhaps before it was made. */
    void ended() {
      made();
    }
  }

  /** Whether one of them could not be made. */
  boolean haveFailed() {
    return failed;
  }

  /** Waits until all are made or one could not be; false if that takes longer. */
  boolean await(Duration patience) throws InterruptedException {
    return failed || notMade.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
