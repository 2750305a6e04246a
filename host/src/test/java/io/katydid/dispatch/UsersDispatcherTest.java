package io.katydid.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the captured cases do not show: waits, edges, bad input, size. */
class UsersDispatcherTest {
  private static final List<DispatchClass> AB =
      List.of(new DispatchClass("A", 1, 0), new DispatchClass("B", 1, 0));

  @Test
  void theLastStepOfACycleAsksForNoWait() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w"), AB);
    dispatcher.newDispatch(5, 2.5, null);
    assertEquals(List.of(0.8, 0.8, 0.0), waits(dispatcher));
    assertFalse(dispatcher.hasMore());
  }

  @Test
  void aWorkerThatJoinsDuringARampIsServedAtOnceAndTheRampGoesOn() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w1"), AB);
    dispatcher.newDispatch(4, 2, null);
    dispatcher.next();
    dispatcher.addWorker("w2");
    DispatchStep dealtAnew = dispatcher.next().orElseThrow();
    assertTrue(dealtAnew.rebalance());
    assertEquals(0.0, dealtAnew.waitSeconds());
    assertEquals(Map.of("w1", Map.of("A", 1, "B", 0), "w2", Map.of("A", 0, "B", 1)), dealtAnew.placement().byWorker());
    assertEquals(4, dispatcher.next().orElseThrow().placement().total());
    assertEquals(Optional.empty(), dispatcher.next());
  }

  @Test
  void aCycleThatOnlyRedistributesHasEndedEvenIfLocustCallsItInProgress() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w1"), AB);
    dispatcher.newDispatch(2, 2, null);
    waits(dispatcher);
    dispatcher.addWorker("w2");
    dispatcher.newDispatch(2, 2, null);
    assertEquals(List.of(0.0), waits(dispatcher));
    assertTrue(dispatcher.dispatchInProgress());
    assertFalse(dispatcher.hasMore());
  }

  @Test
  void addingAWorkerTwiceGivesItOneShare() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w1"), AB);
    dispatcher.newDispatch(4, 4, null);
    waits(dispatcher);
    dispatcher.addWorker("w2");
    dispatcher.addWorker("w2");
    assertEquals(2, dispatcher.placement().of("w2").values().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void withoutTheLastWorkerThePlacementStaysUntilAnotherJoins() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w1"), AB);
    dispatcher.newDispatch(2, 2, null);
    waits(dispatcher);
    dispatcher.removeWorker("w1");
    assertFalse(dispatcher.rebalancePending());
    dispatcher.addWorker("w2");
    assertEquals(Map.of("w2", Map.of("A", 1, "B", 1)), dispatcher.placement().byWorker());
  }

  @Test
  void classesOfWeightZeroEndTheCycleBelowTheTarget() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w"), List.of(new DispatchClass("A", 0, 0)));
    dispatcher.newDispatch(3, 1, null);
    assertEquals(List.of(0.0), waits(dispatcher));
    assertEquals(0, dispatcher.userCount());
  }

  @Test
  void aPlacementHandedOutDoesNotChangeLater() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w"), AB);
    dispatcher.newDispatch(2, 1, null);
    Placement first = dispatcher.next().orElseThrow().placement();
    dispatcher.next();
    assertEquals(1, first.total());
    assertEquals(Map.of("A", 1, "B", 0), first.byClass());
  }

  @Test
  void badInputIsRefusedWithASentence() {
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w"), AB);
    assertThrows(IllegalArgumentException.class, () -> dispatcher.newDispatch(-1, 1, null));
    assertThrows(IllegalArgumentException.class, () -> dispatcher.newDispatch(1, 0, null));
    assertThrows(IllegalArgumentException.class, () -> dispatcher.newDispatch(1, Double.NaN, null));
    assertThrows(IllegalArgumentException.class, () -> dispatcher.newDispatch(1, Double.POSITIVE_INFINITY, null));
    assertThrows(IllegalArgumentException.class, () -> dispatcher.newDispatch(1, 1, List.of("Nobody")));
    assertThrows(IllegalArgumentException.class, () -> new UsersDispatcher(List.of("w"), List.of()));
    assertThrows(IllegalArgumentException.class, () -> new UsersDispatcher(List.of("w"),
        List.of(new DispatchClass("A", 1, 0), new DispatchClass("A", 2, 0))));
    assertThrows(IllegalArgumentException.class, () -> new DispatchClass("A", -1, 0));
  }

  @Test
  void namesAreSortedByCodePoint() {
    String emoji = "\uD83D\uDE00";
    String privateUse = "\uE000";
    UsersDispatcher dispatcher = new UsersDispatcher(List.of("w"),
        List.of(new DispatchClass(emoji, 1, 0), new DispatchClass(privateUse, 1, 0)));
    assertEquals(List.of(privateUse, emoji), dispatcher.placement().classes());
  }

  @Test
  void aThousandWorkersShareAHundredThousandUsersEvenly() {
    List<String> workers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      workers.add("host" + i % 50 + "_" + i);
    }
    List<DispatchClass> classes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      classes.add(new DispatchClass("C" + i, i + 1, 0));
    }
    UsersDispatcher dispatcher = new UsersDispatcher(workers, classes);
    dispatcher.newDispatch(100_000, 100_000, null);
    waits(dispatcher);
    dispatcher.addWorker("late_1");
    Placement placement = dispatcher.placement();
    assertEquals(100_000, placement.total());
    placement.byWorker().forEach((worker, counts) -> {
      int users = counts.values().stream().mapToInt(Integer::intValue).sum();
      assertTrue(users == 99 || users == 100, worker + " has " + users);
    });
  }

  private static List<Double> waits(UsersDispatcher dispatcher) {
    List<Double> waits = new ArrayList<>();
    for (Optional<DispatchStep> step = dispatcher.next(); step.isPresent(); step = dispatcher.next()) {
      waits.add(step.get().waitSeconds());
    }
    return waits;
  }
}
