package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
  private final Complaints complaints = new Complaints();
  private final List<String> lines = new ArrayList<>();
  private long now = 7;

  private void about(String kind) {
    complaints.about(kind, kind + " is wrong.", now, lines::add);
  }

  @Test
  void theFirstIsToldAndFurtherOnesAreCounted() {
    about("a");
    about("a");
    about("b");
    about("a");
    now += TimeUnit.SECONDS.toNanos(61);
    about("a");
    about("b");
    complaints.tellTheRest(lines::add);
    assertEquals(List.of("a is wrong.", "b is wrong.", "a is wrong. (and 2 more like it since the last time)",
        "b is wrong."), lines);
  }

  @Test
  void whoInventsNamesKeepsOthersFromNothing() {
    for (int i = 0; i < 5_000; i++) {
      about("invented " + i);
    }
    assertEquals(1_001, lines.size(), "a thousand and one for all others");
    lines.clear();
    now += TimeUnit.SECONDS.toNanos(61);
    about("honest");
    about("honest");
    about("invented again");
    assertEquals(List.of("honest is wrong.", "invented again is wrong."), lines);
    lines.clear();
    complaints.tellTheRest(lines::add);
    assertEquals(List.of("There were 1 more complaints like the one about honest.",
        "There were 3999 more complaints like the one about all others."), lines.stream().sorted((a, b) ->
            a.length() - b.length()).toList());
  }
}
