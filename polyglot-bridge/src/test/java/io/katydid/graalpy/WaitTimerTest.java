package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitTimerTest {
  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  private final WaitTimer timer = new WaitTimer("timer-of-a-test");

  @AfterEach
  void closes() {
    timer.close();
  }

  private static WaitTimer.Alarm alarm(Runnable action) {
    return new WaitTimer.Alarm() {
      @Override
      void ring() {
        action.run();
      }
    };
  }

  private boolean ringsAfter(long nanos) throws InterruptedException {
    CountDownLatch rung = new CountDownLatch(1);
    assertTrue(timer.set(alarm(rung::countDown), nanos));
    return rung.await(60, TimeUnit.SECONDS);
  }

  @Test
  void everyAlarmRingsOnceAndNotEarly() throws InterruptedException {
    int threads = 4;
    int each = 5_000;
    AtomicInteger early = new AtomicInteger();
    AtomicInteger rung = new AtomicInteger();
    CountDownLatch last = new CountDownLatch(threads * each);
    for (int t = 0; t < threads; t++) {
      Random random = new Random(t);
      Thread.ofPlatform().start(() -> {
        for (int i = 0; i < each; i++) {
          long after = random.nextLong(TimeUnit.MILLISECONDS.toNanos(50));
          long from = System.nanoTime();
          timer.set(alarm(() -> {
            early.addAndGet(System.nanoTime() - from < after ? 1 : 0);
            rung.incrementAndGet();
            last.countDown();
          }), after);
        }
      });
    }
    assertTrue(last.await(60, TimeUnit.SECONDS));
    assertTrue(ringsAfter(TimeUnit.MILLISECONDS.toNanos(60)));
    assertEquals(0, early.get());
    assertEquals(threads * each, rung.get());
  }

  @Test
  void itIsWokenForAnEarlierAlarm() throws InterruptedException {
    AtomicInteger never = new AtomicInteger();
    timer.set(alarm(never::incrementAndGet), Long.MAX_VALUE);
    timer.set(alarm(never::incrementAndGet), HOUR_NANOS);
    for (int i = 0; i < 100; i++) {
      assertTrue(ringsAfter(TimeUnit.MILLISECONDS.toNanos(1)));
    }
    assertTrue(ringsAfter(0));
    assertEquals(0, never.get());
  }

  @Test
  void oneThatFailsIsReportedAndKeepsNoOtherFromRinging() throws Exception {
    CompletableFuture<Throwable> reported = new CompletableFuture<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reported.complete(e));
    try {
      timer.set(alarm(() -> {
        throw new OutOfMemoryError("no thread");
      }), 0);
      assertEquals("no thread", reported.get(60, TimeUnit.SECONDS).getMessage());
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertTrue(ringsAfter(0));
  }

  @Test
  void thoseThatWereCalledOffDoNotRingAndAreForgotten() throws InterruptedException {
    AtomicInteger rung = new AtomicInteger();
    List<WeakReference<WaitTimer.Alarm>> calledOff = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      WaitTimer.Alarm alarm = alarm(rung::incrementAndGet);
      timer.set(alarm, i % 2 == 0 ? HOUR_NANOS : TimeUnit.MILLISECONDS.toNanos(100));
      timer.callOff(alarm);
      calledOff.add(new WeakReference<>(alarm));
    }
    assertTrue(ringsAfter(TimeUnit.MILLISECONDS.toNanos(150)));
    assertEquals(0, rung.get());
    System.gc();
    long kept = calledOff.stream().filter(alarm -> alarm.get() != null).count();
    assertTrue(kept < 2_500, kept + " of 20,000 are kept");
  }

  @Test
  void itSaysWhenItIsClosed() {
    timer.close();
    assertFalse(timer.set(alarm(() -> { }), 0));
  }
}
