package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of users from cold that sleep, compute, lock, queue, and a few that block in sockets: nothing stands still. */
@Tag("heavy")
class ManyUsersTest {
  private static final int USERS = 3_000;
  private static final int SOCKET_USERS = 20;
  private static final long PATIENCE_SECONDS = 55;

  private static final String SOURCE =
      """
      import queue, socket, threading, time
      lock = threading.Lock()
      jobs = queue.Queue()
      condition = threading.Condition()
      done = 0
      listener = socket.socket()
      listener.bind(("127.0.0.1", 0))
      listener.listen(50)
      def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
      def serve(times):
        for _ in range(times):
          other, _ = listener.accept()
          other.sendall(other.recv(100).upper())
          other.close()
      def user(n):
        global done
        time.sleep((n % 100) / 1000)
        fib(8)
        with lock:
          time.sleep(0)
        if n % 2:
          jobs.put(n)
        else:
          jobs.get()
        with condition:
          done += 1
          condition.notify_all()
      def socket_user():
        global done
        with socket.create_connection(listener.getsockname()) as s:
          s.sendall(b"ping")
          assert s.recv(100) == b"PING"
        with lock:
          done += 1
      """;

  @RegisterExtension final HangWatchdog watchdog = new HangWatchdog(PATIENCE_SECONDS + 10);

  @ParameterizedTest
  @EnumSource
  void thousandsOfUsersFromColdAllFinish(UserThreads kind) throws Exception {
    try (Engine engine = PythonEngine.create();
        PythonContext context = PythonTestContext.open(engine, kind)) {
      context.run(() -> context.eval(SOURCE));
      List<PythonThread> users = new ArrayList<>();
      start(context, users, "serve(" + SOCKET_USERS + ")");
      for (int i = 0; i < USERS; i++) {
        start(context, users, "user(" + i + ")");
        if (i % (USERS / SOCKET_USERS) == 0) {
          start(context, users, "socket_user()");
        }
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      for (PythonThread user : users) {
        assertTrue(
            user.awaitEnd(deadline - System.nanoTime(), TimeUnit.NANOSECONDS),
            () -> user.name() + " stands still:\n" + HangWatchdog.threads());
      }
      assertEquals(USERS + SOCKET_USERS, context.call(() -> context.eval("done").asInt()));
    }
  }

  private static void start(PythonContext context, List<PythonThread> users, String statement) {
    PythonThread user =
        context.newThread(
            "user-" + users.size(),
            () -> {
              context.eval("import _katydid; _katydid.enter_thread()");
              context.eval(statement);
            });
    users.add(user);
    user.start();
  }
}
