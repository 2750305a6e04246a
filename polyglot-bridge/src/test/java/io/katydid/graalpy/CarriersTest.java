package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CarriersTest {
  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final Carriers carriers = new Carriers();

  @BeforeEach
  void oneContext() {
    carriers.begin();
  }
  private volatile boolean stop;

  @Test
  void anotherCarriesWhatTheOthersCannot() throws Exception {
    int fewest = scheduler.getParallelism();
    List<Thread> spinning = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(fewest);
    for (int i = 0; i < fewest; i++) {
      spinning.add(Thread.startVirtualThread(() -> {
        begun.countDown();
        while (!stop) {
          Thread.onSpinWait();
        }
      }));
    }
    try {
      begun.await();
      List<Thread> waiting = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        waiting.add(Thread.startVirtualThread(() -> {}));
      }
      assertTrue(carriers.wanted());
      assertTrue(waiting.getFirst().isAlive());
      carriers.lent();
      for (Thread thread : waiting) {
        thread.join();
      }
      assertEquals(fewest + 1, scheduler.getParallelism());
    } finally {
      stop = true;
      for (Thread thread : spinning) {
        thread.join();
      }
    }
    carriers.remove();
    assertEquals(fewest + 1, scheduler.getParallelism());
    carriers.repaid();
    carriers.remove();
    carriers.remove();
    assertEquals(fewest, scheduler.getParallelism());
  }

  @Test
  void thereAreNeverMoreThanAllowed() {
    int fewest = scheduler.getParallelism();
    for (int i = 0; i < 20; i++) {
      carriers.add();
    }
    assertEquals(carriers.most(), scheduler.getParallelism());
    for (int i = 0; i < 20; i++) {
      carriers.remove();
    }
    assertEquals(fewest, scheduler.getParallelism());
  }

  @Test
  void thereIsOneForEachContextUpToTheNumberOfCores() {
    int cores = Runtime.getRuntime().availableProcessors();
    for (int contexts = 2; contexts <= cores + 2; contexts++) {
      carriers.begin();
      assertEquals(Math.max(Math.max(1, cores / 2), Math.min(contexts, cores)), scheduler.getParallelism());
    }
    for (int contexts = cores + 1; contexts >= 1; contexts--) {
      carriers.end();
    }
    for (int i = 0; i < 20; i++) {
      carriers.remove();
    }
    assertEquals(Math.max(1, cores / 2), scheduler.getParallelism());
  }
}
