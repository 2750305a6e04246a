package io.katydid.runner;

import io.katydid.script.ShapeStep;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The sentences a run writes to the log, word for word as Locust has them (cli.md section 4). Pure. */
final class RunLog {
  private RunLog() {}

  static String allUsersSpawned(Map<String, Integer> byClass) {
    int total = byClass.values().stream().mapToInt(Integer::intValue).sum();
    return "All users spawned: " + counts(byClass) + " (" + total + " total users)";
  }

  /** Counts as Python's json.dumps writes a sorted dict. */
  static String counts(Map<String, Integer> byClass) {
    StringBuilder text = new StringBuilder("{");
    new TreeMap<>(byClass)
        .forEach((name, count) -> text.append(text.length() > 1 ? ", " : "").append('"').append(name)
            .append("\": ").append(count));
    return text.append('}').toString();
  }

  static String slowStop(Duration stopTimeout) {
    return "Not all users finished their tasks & terminated in " + stopTimeout.toMillis() / 1000.0
        + " seconds. Stopping them...";
  }

  static String usersLeftBehind(int number) {
    return (number == 1 ? "1 user has" : number + " users have")
        + " not ended although told to. What they do from now on is not counted.";
  }

  static String stuckUser(Duration patience) {
    return "A user has computed for " + patience.toMillis() / 1000.0
        + " seconds without letting anybody else run. Stopping it, so that the test can end...";
  }

  static String shapeUpdate(ShapeStep step) {
    return String.format(
        Locale.ROOT, "Shape test updating to %d users at %.2f spawn rate", step.users(), step.spawnRate());
  }
}
