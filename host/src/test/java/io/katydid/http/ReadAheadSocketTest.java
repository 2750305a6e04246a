package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each with a loop that leaves sending to the users' threads, and with one that does it for them. */
@Timeout(60)
class ReadAheadSocketTest {
  /** More than the system's buffers and ours hold together. */
  private static final byte[] MUCH = new byte[20 << 20];

  private static final Executor VIRTUAL = Thread::startVirtualThread;

  static {
    new Random(1).nextBytes(MUCH);
  }

  private ServerSocket listener;
  private SocketLoop loop;
  private ReadAheadSocket client;
  private Socket server;

  /** Either always or never heavy. */
  static final class FixedGauge extends TrafficGauge {
    private final boolean heavy;

    FixedGauge(boolean heavy) {
      super(0);
      this.heavy = heavy;
    }

    @Override
    boolean isHeavy(int newReads, int connections, long nowNanos) {
      return heavy;
    }
  }

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private void connect(boolean heavy) throws IOException {
    loop = new SocketLoop(new FixedGauge(heavy));
    client = new ReadAheadSocket(loop);
    client.connect(listener.getLocalSocketAddress(), 1000);
    server = listener.accept();
    if (heavy) {
      // The loop hears of it at the end of its first round.
      roundTrip();
      assertTrue(loop.busy());
    }
  }

  private void roundTrip() throws IOException {
    client.getOutputStream().write(7);
    assertEquals(7, server.getInputStream().read());
    server.getOutputStream().write(8);
    assertEquals(8, client.getInputStream().read());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    loop.close();
    server.close();
    listener.close();
  }

  private static <T> CompletableFuture<T> onAVirtualThread(Callable<T> body) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return body.call();
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    }, VIRTUAL);
  }

  private static Throwable causeOf(CompletableFuture<?> failed) {
    return assertThrows(ExecutionException.class, () -> failed.get(30, TimeUnit.SECONDS)).getCause();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void muchArrivesWhole(boolean heavy) throws Exception {
    connect(heavy);
    CompletableFuture<Void> sent = onAVirtualThread(() -> {
      server.getOutputStream().write(MUCH);
      server.close();
      return null;
    });
    assertArrayEquals(MUCH, client.getInputStream().readAllBytes());
    sent.get();
    assertEquals(-1, client.getInputStream().read());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNotReadStaysWithTheSystem(boolean heavy) throws Exception {
    connect(heavy);
    CompletableFuture<Void> sent = onAVirtualThread(() -> {
      server.getOutputStream().write(MUCH);
      return null;
    });
    while (client.getInputStream().available() < 256 * 1024) {
      Thread.sleep(1);
    }
    Thread.sleep(100);
    assertTrue(client.getInputStream().available() <= (256 + 64) * 1024);
    assertTrue(!sent.isDone());
    assertArrayEquals(MUCH, client.getInputStream().readNBytes(MUCH.length));
    sent.get();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void muchIsSentWholeAndInOrder(boolean heavy) throws Exception {
    connect(heavy);
    CompletableFuture<Void> sent = onAVirtualThread(() -> {
      // Small pieces, which the loop takes, and large ones, which wait for them.
      int from = 0;
      for (int i = 0; from < MUCH.length; i++) {
        int n = Math.min(i % 3 == 0 ? 100_000 : 1_000, MUCH.length - from);
        client.getOutputStream().write(MUCH, from, n);
        from += n;
      }
      return null;
    });
    Thread.sleep(100);
    assertArrayEquals(MUCH, server.getInputStream().readNBytes(MUCH.length));
    sent.get();
    roundTrip();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingEndsAReadThatWaits(boolean heavy) throws Exception {
    connect(heavy);
    CompletableFuture<Integer> read = onAVirtualThread(() -> client.getInputStream().read());
    Thread.sleep(50);
    client.close();
    assertEquals("Socket closed", causeOf(read).getMessage());
    assertEquals(-1, server.getInputStream().read());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingEndsAWriteThatWaits(boolean heavy) throws Exception {
    connect(heavy);
    CompletableFuture<Void> written = onAVirtualThread(() -> {
      client.getOutputStream().write(MUCH);
      return null;
    });
    Thread.sleep(100);
    assertTrue(!written.isDone());
    client.close();
    assertTrue(causeOf(written) instanceof SocketException);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptEndsAReadThatWaits(boolean heavy) throws Exception {
    connect(heavy);
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    Thread reader = Thread.startVirtualThread(() -> {
      try {
        client.getInputStream().read();
      } catch (IOException e) {
        failed.complete(e);
      }
    });
    Thread.sleep(50);
    reader.interrupt();
    assertTrue(failed.get(30, TimeUnit.SECONDS) instanceof SocketException);
    assertTrue(client.isClosed());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLoopsEndIsTheConnections(boolean heavy) throws Exception {
    connect(heavy);
    CompletableFuture<Integer> read = onAVirtualThread(() -> client.getInputStream().read());
    Thread.sleep(50);
    loop.close();
    assertTrue(causeOf(read) instanceof SocketException);
    assertEquals(-1, server.getInputStream().read());
    try (ReadAheadSocket late = new ReadAheadSocket(loop)) {
      assertThrows(IOException.class, () -> late.connect(listener.getLocalSocketAddress(), 1000));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aResetIsNoEnd(boolean heavy) throws Exception {
    connect(heavy);
    server.setSoLinger(true, 0);
    server.close();
    IOException failure = assertThrows(IOException.class, () -> client.getInputStream().read());
    assertTrue(failure.getMessage().contains("reset"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLimitEndsOneReadAndNotTheConnection(boolean heavy) throws Exception {
    connect(heavy);
    client.setSoTimeout(50);
    assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
    client.setSoTimeout(2000);
    assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
    client.setSoTimeout(0);
    roundTrip();
  }

  /** What a user does between the arrival and its read is not the server's time. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTimeIsThatOfTheArrival(boolean heavy) throws Exception {
    connect(heavy);
    long before = System.nanoTime();
    server.getOutputStream().write(1);
    InputStream in = client.getInputStream();
    while (in.available() == 0) {
      Thread.sleep(1);
    }
    long arrived = System.nanoTime();
    in.read();
    long noted = client.lastArrivalNanos();
    assertTrue(noted - before >= 0 && arrived - noted >= 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLoopsDelayIsKnown(boolean heavy) throws Exception {
    connect(heavy);
    roundTrip();
    // What has been read need not be answered.
    client.beginExchange(0);
    long before = client.heldBackNanos();
    client.getOutputStream().write(7);
    assertEquals(7, server.getInputStream().read());
    assertEquals(heavy, client.heldBackNanos() > before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestThatLeavesLateIsKnown(boolean heavy) throws Exception {
    connect(heavy);
    roundTrip();
    long before = client.heldBackNanos();
    client.beginExchange(System.nanoTime() - 50_000_000);
    client.getOutputStream().write(7);
    assertEquals(7, server.getInputStream().read());
    assertTrue(client.heldBackNanos() - before >= 50_000_000);
    long once = client.heldBackNanos();
    client.getOutputStream().write(7);
    assertEquals(7, server.getInputStream().read());
    assertTrue(client.heldBackNanos() - once < 50_000_000);
  }

  /** The system notes when something arrives, also while the loop cannot go on. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"}, disabledReason = "only this system's times can be had")
  void theTimeIsThatOfTheArrivalAlsoIfTheLoopComesLate() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean hold = new AtomicBoolean();
    CountDownLatch held = new CountDownLatch(1);
    loop = new SocketLoop(new TrafficGauge(0) {
      @Override
      boolean isHeavy(int newReads, int connections, long nowNanos) {
        if (hold.get()) {
          held.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
        return false;
      }
    });
    client = new ReadAheadSocket(loop);
    client.connect(listener.getLocalSocketAddress(), 1000);
    server = listener.accept();
    server.setTcpNoDelay(true);
    roundTrip();
    roundTrip();
    hold.set(true);
    loop.wake();
    held.await();
    long before = System.nanoTime();
    server.getOutputStream().write(1);
    Thread.sleep(20);
    long after = System.nanoTime();
    hold.set(false);
    goOn.countDown();
    assertEquals(1, client.getInputStream().read());
    long noted = client.lastArrivalNanos();
    assertTrue(noted - before >= 0 && after - noted > 0, noted - before + " ns after it was sent");
  }

  /** A fault of the loop's own is told, and leaves nobody waiting. */
  @Test
  void whoWaitsIsWokenIfTheLoopBreaks() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> told.complete(e));
    try {
      loop = new SocketLoop(new TrafficGauge(0) {
        @Override
        boolean isHeavy(int newReads, int connections, long nowNanos) {
          if (broken.get()) {
            throw new IllegalStateException("on purpose");
          }
          return false;
        }
      });
      client = new ReadAheadSocket(loop);
      client.connect(listener.getLocalSocketAddress(), 1000);
      server = listener.accept();
      roundTrip();
      CompletableFuture<Integer> next = onAVirtualThread(() -> client.getInputStream().read());
      broken.set(true);
      loop.wake();
      assertTrue(assertThrows(ExecutionException.class, next::get).getCause() instanceof SocketException);
      assertEquals("on purpose", told.get().getMessage());
      ReadAheadSocket another = new ReadAheadSocket(loop);
      assertThrows(IOException.class, () -> another.connect(listener.getLocalSocketAddress(), 1000));
      another.close();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  /** A user that cannot go on when a reply is there lets the server wait with what it sends next. */
  @Test
  void theUsersDelayIsKnown() throws Exception {
    connect(false);
    roundTrip();
    long before = client.heldBackNanos();
    CompletableFuture<Void> next = onAVirtualThread(() -> {
      client.getInputStream().read();
      client.getOutputStream().write(7);
      return null;
    });
    Thread.sleep(50);
    AtomicBoolean stop = new AtomicBoolean();
    int carriers = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class).getParallelism();
    CountDownLatch spinning = new CountDownLatch(carriers);
    for (int i = 0; i < carriers; i++) {
      Thread.startVirtualThread(() -> {
        spinning.countDown();
        while (!stop.get()) {
          Thread.onSpinWait();
        }
      });
    }
    spinning.await();
    server.getOutputStream().write(1);
    while (client.getInputStream().available() == 0) {
      Thread.sleep(1);
    }
    Thread.sleep(50);
    stop.set(true);
    next.get();
    assertTrue(client.heldBackNanos() - before >= 50_000_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void replyAndDelayMakeTheResponseTime(boolean heavy) throws Exception {
    connect(heavy);
    try (RawServer http = RawServer.replying(RawServer.ok("x"))) {
      HttpSession user = new HttpSession(SessionSettings.DEFAULTS, new TlsContexts(), loop);
      for (int i = 0; i < 3; i++) {
        long before = System.nanoTime();
        HttpExchange done = user.execute(new HttpCall("POST", http.url("/")).body("y"));
        long outside = System.nanoTime() - before;
        assertNull(done.failure());
        assertTrue(done.responseNanos() > 0 && done.responseNanos() < outside);
        assertTrue(done.reply().elapsedNanos() > 0 && done.reply().elapsedNanos() <= done.responseNanos());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyConnectionsAtOnce(boolean heavy) throws Exception {
    connect(heavy);
    try (RawServer http = new RawServer((request, out) -> {
      out.write(RawServer.ok(request.line()).getBytes());
      return true;
    })) {
      Thread[] users = new Thread[50];
      int[] right = new int[users.length];
      for (int u = 0; u < users.length; u++) {
        int number = u;
        users[u] = Thread.startVirtualThread(() -> {
          HttpSession user = new HttpSession(SessionSettings.DEFAULTS, new TlsContexts(), loop);
          for (int i = 0; i < 20; i++) {
            HttpExchange done = user.execute(new HttpCall("GET", http.url("/" + number + "/" + i)));
            right[number] += ("GET /" + number + "/" + i + " HTTP/1.1").equals(done.reply().text()) ? 1 : 0;
          }
        });
      }
      for (int u = 0; u < users.length; u++) {
        assertTrue(users[u].join(Duration.ofSeconds(30)));
        assertEquals(20, right[u]);
      }
    }
  }
}
