package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.script.ThreadKind;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Which threads users and greenlets get, and who may load compiled code. */
class UserThreadChoiceTest {
  @Test
  void usersGetPlatformThreadsOnceCompiledCodeIsLoaded() {
    UserThreadChoice choice = new UserThreadChoice(ThreadKind.FITTING);
    assertEquals(UserThreads.VIRTUAL, choice.ofUsers());
    assertNull(choice.refusal("first", false));
    assertNull(choice.refusal("second", true), "users are on platform threads already");
    assertEquals(UserThreads.PLATFORM, choice.ofUsers());
    assertEquals(UserThreads.PLATFORM, choice.ofGreenlets());
    assertEquals("first", choice.compiled());
  }

  @Test
  void whatAScriptStartsWhileItIsLoadedMayUseCompiledCodeThatItLoadsLater() {
    UserThreadChoice choice = new UserThreadChoice(ThreadKind.FITTING);
    choice.loading(true);
    assertEquals(UserThreads.PLATFORM, choice.ofGreenlets());
    choice.loading(false);
    assertEquals(UserThreads.VIRTUAL, choice.ofGreenlets());
  }

  @Test
  void usersOnVirtualThreadsKeepIt() {
    UserThreadChoice choice = new UserThreadChoice(ThreadKind.FITTING);
    assertTrue(choice.refusal("late", true).contains("at the top of the locustfile"));
    assertEquals(UserThreads.VIRTUAL, choice.ofUsers());
    assertNull(choice.compiled());
  }

  @Test
  void aVirtualThreadNeverLoadsIt() throws InterruptedException {
    UserThreadChoice choice = new UserThreadChoice(ThreadKind.FITTING);
    assertTrue(onVirtualThread(choice).contains("at the top of the locustfile"));
    assertNull(choice.refusal("first", false));
    assertTrue(onVirtualThread(choice).contains("at the top of the locustfile"), "one that was there before");
  }

  @Test
  void whoWantsVirtualThreadsDoesWithout() {
    UserThreadChoice choice = new UserThreadChoice(ThreadKind.FITTING);
    choice.wanted(ThreadKind.VIRTUAL);
    choice.loading(true);
    assertEquals(UserThreads.VIRTUAL, choice.ofGreenlets());
    assertTrue(choice.refusal("first", false).contains("--user-threads virtual"));
  }

  private static String onVirtualThread(UserThreadChoice choice) throws InterruptedException {
    AtomicReference<String> refusal = new AtomicReference<>();
    Thread.ofVirtual().start(() -> refusal.set(choice.refusal("late", false))).join();
    return refusal.get();
  }
}
