package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads in Python, on both kinds of thread: killing, recursion, loans of the gate, and who may disturb whom. */
class PythonThreadsTest extends OneContext {
  /** Computes without end, and once more when it has been killed. */
  private static final String STUBBORN =
      """
      seen = []
      def stubborn():
        try:
          while True: pass
        except BaseException as e:
          seen.append(type(e).__name__)
        try:
          while True: pass
        except BaseException as e:
          seen.append(type(e).__name__)
      """;

  private final List<PythonThread> threads = new ArrayList<>();

  /** Starts a thread that runs a Python statement. */
  private PythonThread start(String statement) {
    PythonThread thread =
        context.newThread(
            "test-" + threads.size(),
            () -> {
              context.eval("import _katydid; _katydid.enter_thread()");
              context.eval(statement);
            });
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Waits until a thread computes inside the gate, without entering Python. */
  private void computes(PythonThread thread) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (inGate(thread) == null) {
      assertTrue(System.nanoTime() < deadline, "the thread never came in");
      Thread.sleep(1);
    }
  }

  /** Waits until a thread waits outside of the gate. */
  private void waits(PythonThread thread) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (inGate(thread) != null || context.gate().queueLength() > 0 || thread.thread().getState() != Thread.State.WAITING) {
      assertTrue(System.nanoTime() < deadline, "the thread never waited");
      Thread.sleep(1);
    }
  }

  private PythonGate.Stay inGate(PythonThread thread) {
    for (int place = 0; place < context.gate().places(); place++) {
      PythonGate.Stay stay = context.gate().stayAt(place);
      if (stay != null && stay.python == thread) {
        return stay;
      }
    }
    return null;
  }

  @ParameterizedTest
  @EnumSource
  void aLoopThatNeverBlocksEndsWithGreenletExitWhenItIsKilled(UserThreads kind) throws Exception {
    open(
        kind,
        """
        from greenlet import GreenletExit
        seen = []
        turns = 0
        def spin():
          global turns
          try:
            while True:
              turns += 1
          except GreenletExit:
            seen.append("exit")
          finally:
            seen.append("finally")
        """);
    PythonThread thread = start("spin()");
    computes(thread);
    thread.kill();
    thread.kill();
    ends(thread);
    assertEquals("['exit', 'finally']", python("seen"));
    assertTrue(Long.parseLong(python("turns")) > 0);
  }

  /** What Java code of a locustfile's library may do: call Python back, all the time. */
  public static final class Caller {
    @HostAccess.Export
    public void call(Value function) {
      for (int i = 0; i < 1_000; i++) {
        function.execute();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKillIsGreenletExitAlsoWhereJavaCallsPythonBack(UserThreads kind) throws Exception {
    open(
        kind,
        """
        seen = []
        def nothing(): pass
        def spin(java):
          try:
            while True:
              java.call(nothing)
          except BaseException as e:
            seen.append(type(e).__name__)
        """);
    context.run(() -> context.eval("__import__('builtins')").putMember("caller", new Caller()));
    int kills = 5;
    for (int i = 0; i < kills; i++) {
      PythonThread thread = start("spin(caller)");
      computes(thread);
      thread.kill();
      ends(thread);
    }
    assertEquals(String.valueOf(Collections.nCopies(kills, "'GreenletExit'")), python("seen"));
  }

  private PythonThread startStubborn(UserThreads kind) throws Exception {
    open(kind, STUBBORN);
    PythonThread thread = start("stubborn()");
    computes(thread);
    return thread;
  }

  @ParameterizedTest
  @EnumSource
  void aLoopThatSwallowsItsDeathEndsAtTheSecondKill(UserThreads kind) throws Exception {
    PythonThread thread = startStubborn(kind);
    thread.kill();
    while (thread.killPending()) {
      Thread.sleep(1);
    }
    assertTrue(thread.alive());
    thread.kill();
    ends(thread);
    assertEquals("['GreenletExit', 'GreenletExit']", python("seen"));
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheKilledThreadIsInterrupted(UserThreads kind) throws Exception {
    open(kind, "import time\nseen = []\ndef nap():\n  time.sleep(1.5)\n  seen.append(1)\ndef spin():\n  while True: pass");
    PythonThread napping = start("nap()");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (inGate(napping) != null || context.gate().queueLength() > 0) {
      assertTrue(System.nanoTime() < deadline);
      Thread.sleep(1);
    }
    PythonThread spinning = start("try:\n  spin()\nexcept BaseException as e:\n  seen.append(type(e).__name__)");
    computes(spinning);
    spinning.kill();
    ends(spinning);
    ends(napping);
    assertEquals("['1', 'GreenletExit']", python("sorted(str(x) for x in seen)"));
  }

  @ParameterizedTest
  @EnumSource
  void whoComputesWithoutEndIsKilledOnceThereIsALimit(UserThreads kind) throws Exception {
    PythonThread thread = startStubborn(kind);
    AtomicInteger kills = new AtomicInteger();
    context.limitComputing(Duration.ofMillis(100), kills::incrementAndGet);
    ends(thread);
    assertEquals("['GreenletExit', 'GreenletExit']", python("seen"));
    assertEquals(1, kills.get(), "told once, however often it was killed");
    context.limitNoComputing();
  }

  @Test
  void theHostsOwnThreadMayComputeOnUnderALimit() throws Exception {
    open(
        UserThreads.VIRTUAL,
        """
        import time
        def busy():
          end = time.monotonic() + 1.5
          while time.monotonic() < end: pass
          return "undisturbed"
        """);
    AtomicInteger kills = new AtomicInteger();
    context.limitComputing(Duration.ofMillis(50), kills::incrementAndGet);
    assertEquals("undisturbed", python("busy()"));
    assertEquals(0, kills.get());
  }

  /**
   * The interpreter's lock is wanted by several threads at once while one holds it in Java, and those who wait are told to
   * die. An exception that reaches a thread on its way into Python must not leave the lock behind.
   */
  @ParameterizedTest
  @EnumSource
  void whoIsKilledOnTheWayIntoPythonDoesNotKeepItsLock(UserThreads kind) throws Exception {
    open(
        kind,
        """
        import java
        from greenlet import GreenletExit
        Latch = java.type("java.util.concurrent.CountDownLatch")
        latch = Latch(1)
        await_latch = getattr(latch, "await")
        """);
    Value latch = context.call(() -> context.eval("latch"));
    CountDownLatch open = context.call(() -> latch.asHostObject());
    PythonThread holding = start("await_latch()");
    computes(holding);
    List<PythonThread> entering = new ArrayList<>();
    for (int i = 0; i < context.gate().places() - 1; i++) {
      entering.add(start("pass"));
    }
    for (PythonThread thread : entering) {
      computes(thread);
      thread.kill();
    }
    // Long enough that the watchdog has asked each of them to raise several times.
    Thread.sleep(2_500);
    open.countDown();
    ends(holding);
    for (PythonThread thread : entering) {
      ends(thread);
    }
    assertEquals("2", python("1 + 1"));
  }

  @ParameterizedTest
  @EnumSource
  void recursionOf900WorksInAUserAndEndlessRecursionIsAnError(UserThreads kind) throws Exception {
    open(
        kind,
        """
        seen = []
        def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
        def both():
          seen.append(deep(900))
          try: deep(1000000)
          except RecursionError: seen.append("RecursionError")
        """);
    ends(start("both()"));
    assertEquals("[900, 'RecursionError']", python("seen"));
  }

  @ParameterizedTest
  @EnumSource
  void aSocketThatBlocksLetsOthersRun(UserThreads kind) throws Exception {
    open(
        kind,
        """
        import socket, time
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        seen = []
        def accept():
          other, _ = listener.accept()
          seen.append(other.recv(10))
          other.close()
        def connect():
          with socket.create_connection(listener.getsockname()) as s:
            s.sendall(b"hello")
        """);
    PythonThread accepting = start("accept()");
    waits(accepting);
    PythonThread connecting = start("connect()");
    ends(connecting);
    ends(accepting);
    assertEquals("[b'hello']", python("seen"));
  }

  /** A C module that another context of this JVM has is refused: that is an answer too. */
  @ParameterizedTest
  @EnumSource
  void aCModuleIsLoadedWhileOthersWait(UserThreads kind) throws Exception {
    open(
        kind,
        """
        import time
        seen = []
        def wait():
          while not seen:
            time.sleep(0.001)
        def load():
          time.sleep(0.05)
          try:
            import termios
            seen.append("loaded")
          except (ImportError, SystemError) as e:
            seen.append("refused")
        """);
    List<PythonThread> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(start("wait()"));
    }
    ends(start("load()"));
    for (PythonThread thread : waiting) {
      ends(thread);
    }
    assertTrue(List.of("['loaded']", "['refused']").contains(python("seen")), () -> python("seen"));
  }

  @ParameterizedTest
  @EnumSource
  void nobodyRunsBetweenTwoStatementsThatDoNotBlock(UserThreads kind) throws Exception {
    open(
        kind,
        """
        counter = 0
        def count():
          global counter
          for _ in range(60):
            old = counter
            for _ in range(3000): pass
            counter = old + 1
        """);
    // Loading classes is blocking too, so everything that is needed is loaded before it counts.
    ends(start("count()"));
    long loans = context.gate().loanCount();
    List<PythonThread> counting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      counting.add(start("count()"));
    }
    for (PythonThread thread : counting) {
      ends(thread);
    }
    assertEquals("540", python("counter"));
    assertEquals(loans, context.gate().loanCount());
  }

  @ParameterizedTest
  @EnumSource
  void aThreadKilledBeforeItRunsDiesAtItsFirstWait(UserThreads kind) throws Exception {
    open(kind, "import time\nseen = []\ndef work():\n  seen.append('began')\n  time.sleep(3600)");
    PythonThread thread =
        context.newThread(
            "killed",
            () -> {
              context.eval("import _katydid; _katydid.enter_thread()");
              context.eval("try:\n  work()\nexcept BaseException as e:\n  seen.append(type(e).__name__)");
            });
    thread.kill();
    thread.start();
    ends(thread);
    assertFalse(thread.killPending());
    assertEquals("['began', 'GreenletExit']", python("seen"));
  }

  @ParameterizedTest
  @EnumSource
  void sharedListsDictsAndQueuesNeedNoLocks(UserThreads kind) throws Exception {
    open(
        kind,
        """
        import queue, time
        accounts = list(range(200))
        taken, counts, jobs, done = [], {}, queue.Queue(), []
        for i in range(200): jobs.put(i)
        def user():
          while accounts:
            account = accounts.pop(0)
            counts["taken"] = counts.get("taken", 0) + 1
            taken.append(account)
            if account % 7 == 0: time.sleep(0.001)
            while True:
              try: done.append(jobs.get_nowait())
              except queue.Empty: break
              if len(done) % 5 == 0: time.sleep(0)
        """);
    ends(start("import queue; queue.Queue().empty(); time.sleep(0)"));
    List<PythonThread> users = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      users.add(start("user()"));
    }
    for (PythonThread user : users) {
      ends(user);
    }
    assertEquals("True", python("sorted(taken) == list(range(200)) and counts['taken'] == 200"));
    assertEquals("True", python("sorted(done) == list(range(200))"));
  }

  @ParameterizedTest
  @EnumSource
  void javaThatBlocksLetsOthersRun(UserThreads kind) throws Exception {
    open(
        kind,
        """
        import java
        from katydid import JavaException, blocking
        Latch = java.type("java.util.concurrent.CountDownLatch")
        latch, seen = Latch(1), []
        def wait():
          seen.append("waiting")
          blocking(latch.await_ if hasattr(latch, "await_") else getattr(latch, "await"))
          seen.append("went on")
        def fail():
          try:
            blocking(java.type("java.lang.Integer").parseInt, "x")
          except JavaException as error:
            seen.append(repr(error))
          numbers = java.type("java.util.ArrayList")()
          blocking(numbers.addAll, [1, "two", {"three": 3.5}])
          seen.append(str(numbers))
        """);
    PythonThread waiting = start("wait()");
    until("'waiting' in seen");
    ends(start("latch.countDown(); seen.append('counted')"));
    ends(waiting);
    ends(start("fail()"));
    assertEquals(
        "['waiting', 'counted', 'went on', 'NumberFormatException(\\'For input string: \"x\"\\')', "
            + "\"[1, 'two', {'three': 3.5}]\"]",
        python("seen"));
  }
}
