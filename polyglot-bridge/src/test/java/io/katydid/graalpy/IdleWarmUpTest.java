package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IdleWarmUpTest {
  private static final List<String> RECORDED = new CopyOnWriteArrayList<>();
  private static Engine engine;
  private static PythonContext context;

  @BeforeAll
  static void open() {
    engine = PythonEngine.create();
    context = PythonTestContext.open(engine, UserThreads.VIRTUAL);
    context.http().recordWith((method, name, nanos, length, error) -> RECORDED.add(method + " " + name));
  }

  @AfterAll
  static void close() {
    context.close();
    engine.close();
  }

  @Test
  void usersOfBothClientsWorkUntilATestBeginsAndAreCountedNowhere() throws Exception {
    IdleWarmUp warmUp = new IdleWarmUp(context);
    warmUp.begin(List.of("HttpUser", "FastHttpUser"));
    await(() -> warmUp.turns() > 400);
    assertTrue(warmUp.loadsProcess());
    warmUp.end();
    await(() -> !warmUp.working());
    assertEquals(List.of(), RECORDED);
  }

  @Test
  void endsByItself() throws Exception {
    IdleWarmUp warmUp = new IdleWarmUp(context, 40);
    warmUp.begin(List.of("HttpUser"));
    await(() -> warmUp.turns() > 40 && !warmUp.working());
    assertEquals(List.of(), RECORDED);
  }

  @Test
  void doesNotBeginOnceATestHasOrWithoutAClientToWarm() throws Exception {
    IdleWarmUp late = new IdleWarmUp(context);
    late.end();
    late.begin(List.of("HttpUser"));
    assertFalse(late.working());
    IdleWarmUp withoutClients = new IdleWarmUp(context);
    withoutClients.begin(List.of());
    assertFalse(withoutClients.working());
    assertFalse(withoutClients.loadsProcess());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10);
    }
  }
}
