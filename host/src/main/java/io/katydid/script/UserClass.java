package io.katydid.script;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A user class of a loaded script, as the dispatcher and the reports need it. Immutable; a new value is made when the
 * script changes it (`/user`, `--config-users`, tags).
 *
 * @param name the name users are counted under (the variable's name in the locustfile)
 * @param weight share among the classes without fixed count; 0 = never chosen
 * @param fixedCount exactly so many users, spawned first; 0 = by weight
 * @param host the class's base URL or null
 * @param tasks the tasks with their share, for the task ratio reports
 */
public record UserClass(String name, double weight, int fixedCount, String host, List<TaskShare> tasks) {

  private static final int LONGEST_TASK_LIST = 1000;

  /**
   * The list that a user chooses from, as short as the shares allow: each task's name as often as its weight says.
   * Tasks of one share are side by side.
   */
  public List<String> weightedTaskNames() {
    for (int length = 1; length <= LONGEST_TASK_LIST; length++) {
      List<String> names = new ArrayList<>();
      for (TaskShare task : tasks) {
        double times = task.ratio() * length;
        if (Math.abs(times - Math.rint(times)) > 1e-6) {
          break;
        }
        names.addAll(Collections.nCopies((int) Math.rint(times), task.name()));
      }
      if (names.size() == length) {
        return names;
      }
    }
    return tasks.stream().map(TaskShare::name).toList();
  }

  /**
   * One task and how often it is chosen among its siblings.
   *
   * @param name the task's function or class name
   * @param ratio share among its siblings, 0..1
   * @param tasks the tasks of a nested task set; empty for a function
   */
  public record TaskShare(String name, double ratio, List<TaskShare> tasks) {}
}
