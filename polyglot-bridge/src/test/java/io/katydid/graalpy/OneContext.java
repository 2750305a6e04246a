package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that each open a context, look into it while threads run there, and fail with all stacks where something hangs. */
abstract class OneContext {
  static final long PATIENCE_SECONDS = 50;

  private static Engine engine;

  @RegisterExtension final HangWatchdog watchdog = new HangWatchdog(PATIENCE_SECONDS + 5);
  PythonContext context;

  @BeforeAll
  static void openEngine() {
    engine = PythonEngine.create();
  }

  @AfterAll
  static void closeEngine() {
    engine.close(true);
  }

  @AfterEach
  void close() {
    context.close();
  }

  /** Opens the test's context and runs a source in it. */
  void open(UserThreads kind, String source) {
    context = PythonTestContext.open(engine, kind);
    context.run(() -> context.eval(source));
  }

  void ends(PythonThread thread) throws InterruptedException {
    assertTrue(
        thread.awaitEnd(PATIENCE_SECONDS, TimeUnit.SECONDS),
        () -> thread.name() + " goes on:\n" + HangWatchdog.threads());
  }

  String python(String expression) {
    return context.call(() -> context.eval("str(" + expression + ")").asString());
  }

  /** Waits until an expression is true. */
  void until(String expression) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!python(expression).equals("True")) {
      assertTrue(System.nanoTime() < deadline, () -> expression + " never came true:\n" + HangWatchdog.threads());
      Thread.sleep(1);
    }
  }
}
