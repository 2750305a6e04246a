package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users on the threads of their turns: who shares them, what stays a user's own, and how waits end. */
class TurnThreadsTest extends OneContext {
  private final List<PythonThread> users = new ArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Starts a user whose turns are the source's turn(user, killed): seconds to wait, or -1. */
  private PythonThread start() {
    int number = users.size();
    Value turn = context.call(() -> context.eval("turn"));
    TurnThreads.User user = context.turnThreads().newUser(
        "user-" + number,
        killed -> {
          threads.add(Thread.currentThread());
          return turn.execute(number, killed).asDouble();
        },
        ended::incrementAndGet);
    users.add(user.thread());
    user.start();
    return user.thread();
  }

  private void start(int count) {
    for (int i = 0; i < count; i++) {
      start();
    }
  }

  private void allEnd() throws InterruptedException {
    for (PythonThread user : users) {
      ends(user);
    }
    assertEquals(users.size(), ended.get());
  }

  @ParameterizedTest
  @EnumSource
  void aUserThatAnErrorOfOursEndsIsToldAndTheOthersGoOn(UserThreads kind) throws Exception {
    open(kind, "def turn(user, killed): return -1");
    List<Throwable> reasons = Collections.synchronizedList(new ArrayList<>());
    for (Throwable error : List.of(new IllegalStateException("ours"), new StackOverflowError())) {
      TurnThreads.User user = context.turnThreads().newUser(
          "broken",
          new TurnThreads.Turns() {
            @Override
            public double untilWait(boolean killed) {
              if (error instanceof RuntimeException e) {
                throw e;
              }
              throw (Error) error;
            }

            @Override
            public void failed(Throwable reason) {
              reasons.add(reason);
            }
          },
          ended::incrementAndGet);
      users.add(user.thread());
      user.start();
      ends(user.thread());
      start(3);
    }
    allEnd();
    assertEquals("[java.lang.IllegalStateException: ours, java.lang.StackOverflowError]", reasons.toString());
  }

  @Test
  void manyUsersThatWaitShareAFewThreadsAndKeepTheirNumbers() throws Exception {
    open(
        UserThreads.VIRTUAL,
        """
        import threading
        idents = {}
        turns = {}
        def turn(user, killed):
          idents.setdefault(user, set()).add(threading.get_ident())
          turns[user] = turns.get(user, 0) + 1
          return 0.02 if turns[user] < 5 else -1
        """);
    start(500);
    allEnd();
    assertEquals("500", python("sum(1 for n in turns.values() if n == 5)"));
    assertEquals("500", python("len(set.union(*idents.values()))"));
    assertEquals(users.get(7).ident(), Long.parseLong(python("idents[7].pop()")));
    assertTrue(threads.size() < 50, threads.size() + " threads");
  }

  @ParameterizedTest
  @EnumSource
  void aWaitEndsWhenTheUserIsKilled(UserThreads kind) throws Exception {
    open(
        kind,
        """
        seen = []
        waits = set()
        def turn(user, killed):
          if killed:
            seen.append(user)
            return -1
          waits.add(user)
          return 3600
        """);
    start(50);
    until("len(waits) == 50");
    users.forEach(PythonThread::kill);
    allEnd();
    assertEquals("50", python("len(set(seen))"));
  }

  @Test
  void killsThatComeJustWhenAWaitBeginsOrEndsAreSeenOnce() throws Exception {
    open(
        UserThreads.VIRTUAL,
        """
        deaths = []
        def turn(user, killed):
          if killed:
            deaths.append(user)
            return -1
          return 0.001
        """);
    start(300);
    for (PythonThread user : users) {
      user.kill();
      Thread.onSpinWait();
    }
    allEnd();
    assertEquals("300 300", python("f'{len(deaths)} {len(set(deaths))}'"));
  }

  /** What is filed under a thread is the user's own, in all of its turns, and nobody finds it afterwards. */
  @ParameterizedTest
  @ValueSource(strings = {
      "store = threading.local()",
      """
      class Store(threading.local):
        def __init__(self, first):
          self.first = first
      store = Store(7)
      """,
      """
      import contextvars
      class Store:
        def __getattr__(self, name):
          found = names[name].get(None)
          if found is None: raise AttributeError(name)
          return found
        def __setattr__(self, name, value):
          names[name].set(value)
      names = {'user': contextvars.ContextVar('user')}
      store = Store()
      """})
  void thingsOfAThreadStayTheUsersOwn(String store) throws Exception {
    open(
        UserThreads.VIRTUAL,
        "import threading\n" + store + "\n"
            + """
            wrong = []
            turns = {}
            def turn(user, killed):
              turns[user] = turns.get(user, 0) + 1
              found = getattr(store, 'user', None)
              if turns[user] == 2:
                if found is not None: wrong.append((user, found))
                store.user = user
              elif turns[user] > 2 and found != user:
                wrong.append((user, found))
              elif turns[user] == 5:
                return -1
              return 0.002
            """);
    for (int round = 0; round < 3; round++) {
      start(40);
      allEnd();
    }
    assertEquals("[]", python("wrong"));
  }

  @Test
  void aUserThatFailsHarmsNobody() throws Exception {
    open(
        UserThreads.VIRTUAL,
        """
        turns = {}
        def turn(user, killed):
          turns[user] = turns.get(user, 0) + 1
          if user % 3 == 0 and turns[user] == 2:
            raise KeyError(user)
          return 0.001 if turns[user] < 4 else -1
        """);
    start(60);
    allEnd();
    assertEquals("40", python("sum(1 for n in turns.values() if n == 4)"));
  }

  @Test
  void othersHaveTheirTurnsWhileOneBlocksInPython() throws Exception {
    open(
        UserThreads.VIRTUAL,
        """
        import socket
        server = socket.socket()
        server.bind(('127.0.0.1', 0))
        server.listen()
        turns = {}
        def turn(user, killed):
          turns[user] = turns.get(user, 0) + 1
          if user == 0:
            server.accept()
            return -1
          return 0.001 if turns[user] < 20 else -1
        """);
    start(10);
    for (PythonThread user : users.subList(1, 10)) {
      ends(user);
    }
    python("socket.create_connection(server.getsockname()).close()");
    allEnd();
  }

  @Test
  void aTurnThatComputesForEverIsInterruptedByAKill() throws Exception {
    open(
        UserThreads.VIRTUAL,
        """
        from greenlet import GreenletExit
        seen = []
        def turn(user, killed):
          if user not in seen:
            seen.append(user)
            return 0.001
          try:
            computing.countDown()
            while True:
              pass
          except GreenletExit:
            seen.append('exit')
          return -1
        """);
    CountDownLatch computing = new CountDownLatch(1);
    context.run(() -> context.eval("globals()").putHashEntry("computing", computing));
    PythonThread user = start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    // Without Python, which the user keeps everybody else from.
    while (computing.getCount() != 0) {
      assertTrue(System.nanoTime() < deadline, "the user never came in");
      Thread.sleep(1);
    }
    user.kill();
    ends(user);
    assertEquals("[0, 'exit']", python("seen"));
  }

  @Test
  void usersThatWaitEndWithTheContext() throws Exception {
    open(
        UserThreads.VIRTUAL,
        """
        waits = set()
        def turn(user, killed):
          waits.add(user)
          return 3600
        """);
    start(20);
    until("len(waits) == 20");
    context.close();
    allEnd();
  }
}
