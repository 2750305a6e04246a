package io.katydid.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watch over this process. Waits are for what must come, however late it is. */
@Timeout(60)
class HealthMonitorTest {
  private static final long OFTEN_NANOS = 20_000_000;

  private final AtomicInteger told = new AtomicInteger();
  private final AtomicReference<Thread> teller = new AtomicReference<>();
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final HealthMonitor monitor = new HealthMonitor(() -> 0, this::listen, OFTEN_NANOS, System::nanoTime);

  private void listen(HealthMonitor.Reading reading) {
    told.incrementAndGet();
    teller.set(Thread.currentThread());
    busy.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    release.countDown();
    monitor.close();
  }

  private void awaitWakeUps(long more) throws InterruptedException {
    long wanted = monitor.wakeUps() + more;
    while (monitor.wakeUps() < wanted) {
      Thread.sleep(5);
    }
  }

  @Test
  void aListenerThatWaitsDoesNotStopTheWatch() throws Exception {
    monitor.start();
    assertTrue(busy.await(30, TimeUnit.SECONDS));
    awaitWakeUps(20);
    assertEquals(1, told.get(), "who is still busy with a reading is not given more of them");
    assertNotSame(Thread.currentThread(), teller.get());
    release.countDown();
    while (told.get() < 3) {
      Thread.sleep(5);
    }
  }

  @Test
  void aListenerThatFailsIsToldAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (HealthMonitor other = new HealthMonitor(() -> 0, reading -> {
      calls.incrementAndGet();
      throw new IllegalStateException("of a listener");
    }, OFTEN_NANOS, System::nanoTime)) {
      other.start();
      while (calls.get() < 3) {
        Thread.sleep(5);
      }
    }
  }

  @Test
  void beforeTheFirstRunThereIsNothingToWarnOf() throws Exception {
    AtomicLong passed = new AtomicLong();
    try (HealthMonitor other = new HealthMonitor(
        () -> passed.get() / 1e5, reading -> {}, OFTEN_NANOS, () -> System.nanoTime() + passed.get())) {
      passed.set(20_000_000_000L);
      assertEquals(List.of(), other.read().warnings());
      other.end();
      assertEquals(List.of(), other.read().warnings(), "nothing has ended");
      other.begin();
      passed.addAndGet(20_000_000_000L);
      assertEquals(1, other.read().warnings().size(), "ten users waited for Python all the time");
      other.end();
      passed.addAndGet(20_000_000_000L);
      assertEquals(20, other.read().seconds(), 1);
      assertEquals(1, other.read().warnings().size());
    }
  }

  @Test
  void theFiguresOfAnEndedRunStayAsTheyWere() throws Exception {
    AtomicInteger waited = new AtomicInteger();
    try (HealthMonitor other = new HealthMonitor(waited::get, reading -> {}, OFTEN_NANOS, System::nanoTime)) {
      other.start();
      other.begin();
      waited.set(500);
      other.end();
      HealthMonitor.Reading ended = other.read();
      assertEquals(500, ended.pythonWaitMillis());
      waited.set(900);
      other.end();
      HealthMonitor.Reading later = other.read();
      assertEquals(500, later.pythonWaitMillis());
      assertEquals(ended.maxLateMillis(), later.maxLateMillis());
      assertEquals(ended.seconds(), later.seconds());
      assertEquals(ended.warnings(), later.warnings());

      other.beginUnlessBegun();
      waited.set(1000);
      assertEquals(100, other.read().pythonWaitMillis(), "the next run begins at zero");
      other.beginUnlessBegun();
      assertEquals(100, other.read().pythonWaitMillis(), "and only once");
    }
  }
}
