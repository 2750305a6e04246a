package io.katydid.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Log lines of workers, which come and go for weeks. */
class WorkerLogsTest {
  private final Set<String> there = new HashSet<>();
  private final WorkerLogs logs = new WorkerLogs(there::contains);

  @Test
  void ofWorkersThatHaveLeftTheLastAreKeptAndOfThoseThatAreThereAll() {
    for (int i = 0; i < 100; i++) {
      there.add("old" + i);
      logs.put("old" + i, List.of("line of " + i));
    }
    for (int i = 0; i < 5000; i++) {
      there.add("pod" + i);
      logs.put("pod" + i, List.of("a line"));
      there.remove("pod" + i);
    }
    Set<String> kept = logs.all().keySet();
    assertTrue(kept.containsAll(there), "those that are there");
    assertTrue(kept.contains("pod4999") && !kept.contains("pod4000"), "the last of those that have left");
    assertTrue(kept.size() <= 100 + WorkerLogs.MOST_GONE, "kept " + kept.size());
    there.clear();
    assertEquals(WorkerLogs.MOST_GONE, logs.all().size(), "all have left");
  }

  @Test
  void whatAWorkerSendsReplacesWhatItSentAndIsBounded() {
    there.add("w");
    logs.put("w", List.of("a"));
    logs.put("w", Collections.nCopies(5000, "x".repeat(20_000)));
    assertEquals(WorkerLogs.MOST_LINES, logs.all().get("w").size());
    assertTrue(logs.all().get("w").getFirst().length() < 11_000);
    for (int i = 0; i < 20; i++) {
      there.add("w" + i);
      logs.put("w" + i, Collections.nCopies(500, "x".repeat(5000)));
    }
    long sum = logs.all().values().stream().flatMap(List::stream).mapToLong(String::length).sum();
    assertTrue(sum <= WorkerLogs.MOST_CHARACTERS, "characters " + sum);
    assertTrue(logs.all().containsKey("w19"), "the last that sent");
  }
}
