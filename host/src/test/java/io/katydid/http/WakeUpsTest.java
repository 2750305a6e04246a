package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WakeUpsTest {
  /** A thread that sleeps until it is woken, so many times, and tells each time. */
  private static final class Sleeper {
    final Thread thread;
    final AtomicInteger woken = new AtomicInteger();
    final Semaphore told = new Semaphore(0);

    Sleeper(Thread.Builder kind, int times) {
      thread = kind.start(() -> {
        for (int i = 0; i < times; i++) {
          LockSupport.park();
          woken.incrementAndGet();
          told.release();
        }
      });
    }

    void awaitSleep() throws InterruptedException {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
    }

    void awaitWoken() throws InterruptedException {
      assertTrue(told.tryAcquire(20, TimeUnit.SECONDS), "never woken");
    }
  }

  private static List<Sleeper> sleepers(int count, int times) {
    List<Sleeper> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Sleeper(Thread.ofVirtual(), times));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 500})
  void allAreWokenInEachRound(int count) throws Exception {
    int rounds = 20;
    List<Sleeper> all = sleepers(count, rounds);
    try (WakeUps wakeUps = new WakeUps()) {
      for (int round = 0; round < rounds; round++) {
        for (Sleeper sleeper : all) {
          sleeper.awaitSleep();
          wakeUps.add(sleeper.thread);
        }
        wakeUps.flush();
        for (Sleeper sleeper : all) {
          sleeper.awaitWoken();
        }
      }
      for (Sleeper sleeper : all) {
        assertEquals(rounds, sleeper.woken.get());
      }
    }
  }

  @Test
  void virtualThreadsSleepOnUntilAllAreReady() throws Exception {
    List<Sleeper> all = sleepers(2, 1);
    try (WakeUps wakeUps = new WakeUps()) {
      all.get(0).awaitSleep();
      wakeUps.add(all.get(0).thread);
      assertEquals(Thread.State.WAITING, all.get(0).thread.getState());
      wakeUps.flush();
      all.get(0).awaitWoken();
      assertEquals(0, all.get(1).woken.get());
      wakeUps.add(all.get(1).thread);
      wakeUps.flush();
      all.get(1).awaitWoken();
    }
  }

  @Test
  void otherThreadsAreWokenAtOnce() throws Exception {
    Sleeper sleeper = new Sleeper(Thread.ofPlatform(), 1);
    try (WakeUps wakeUps = new WakeUps()) {
      sleeper.awaitSleep();
      wakeUps.add(sleeper.thread);
      sleeper.awaitWoken();
    }
  }

  @Test
  void whoWasAddedBeforeTheEndIsStillWoken() throws Exception {
    List<Sleeper> all = sleepers(3, 1);
    try (WakeUps wakeUps = new WakeUps()) {
      for (Sleeper sleeper : all) {
        sleeper.awaitSleep();
        wakeUps.add(sleeper.thread);
      }
    }
    for (Sleeper sleeper : all) {
      sleeper.awaitWoken();
    }
  }
}
