package io.katydid.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of tasks that shares stand for. */
final class UserClassTest {
  private static List<String> names(Object... namesAndRatios) {
    List<UserClass.TaskShare> tasks = new java.util.ArrayList<>();
    for (int i = 0; i < namesAndRatios.length; i += 2) {
      tasks.add(new UserClass.TaskShare((String) namesAndRatios[i], (double) namesAndRatios[i + 1], List.of()));
    }
    return new UserClass("Shopper", 1, 0, null, tasks).weightedTaskNames();
  }

  @Test
  void aTaskIsNamedAsOftenAsItsWeightSays() {
    assertEquals(List.of("a", "a", "b"), names("a", 2.0 / 3, "b", 1.0 / 3));
    assertEquals(List.of("a", "b"), names("a", 0.5, "b", 0.5));
    assertEquals(List.of("a", "b", "b", "c", "c", "c", "c"), names("a", 1.0 / 7, "b", 2.0 / 7, "c", 4.0 / 7));
    assertEquals(List.of(), names());
  }

  @Test
  void sharesThatNoShortListHasAreNamedOnce() {
    assertEquals(List.of("a", "b"), names("a", 0.1234567, "b", 0.8765433));
  }
}
