package io.katydid.report;

import io.katydid.script.UserClass;
import io.katydid.stats.PythonRepr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each task runs: `--show-task-ratio`, `--show-task-ratio-json`, and the answer of `/tasks` (spec cli
 * section 5 and web-api section 8). Pure functions.
 */
public final class TaskRatioReport {
  private static final String RULE = "-".repeat(80);

  private TaskRatioReport() {}

  /**
   * How many users of each class a run of so many users would have, each rounded for itself.
   *
   * @param users wanted number, 0 if not given
   */
  public static Map<String, Long> distribution(List<UserClass> classes, int users) {
    long fixed = classes.stream().mapToLong(UserClass::fixedCount).sum();
    double weights = classes.stream().filter(one -> one.fixedCount() == 0).mapToDouble(UserClass::weight).sum();
    double all = users > 0 ? users : fixed == 0 ? weights : 1;
    double byWeight = Math.max(0, all - fixed);
    Map<String, Long> counts = new LinkedHashMap<>();
    for (UserClass one : classes) {
      double share = weights == 0 ? 0 : one.weight() / weights * byWeight;
      counts.put(one.name(), one.fixedCount() > 0 ? one.fixedCount() : (long) Math.rint(share));
    }
    return counts;
  }

  /**
   * The ratio of each class among the users, and of its tasks.
   *
   * @param users users by class name
   * @param total task ratios of all tasks of the run instead of inside their class
   */
  public static Map<String, Object> tree(List<UserClass> classes, Map<String, ? extends Number> users, boolean total) {
    long sum = users.values().stream().mapToLong(Number::longValue).sum();
    Map<String, Object> tree = new LinkedHashMap<>();
    for (UserClass one : classes) {
      Number count = users.get(one.name());
      double ratio = count == null || sum == 0 ? 0.0 : count.doubleValue() / sum;
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("ratio", ratio);
      node.put("tasks", tasks(one.tasks(), total ? ratio : 1.0, total));
      tree.put(one.name(), node);
    }
    return tree;
  }

  private static Map<String, Object> tasks(List<UserClass.TaskShare> tasks, double parent, boolean total) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (UserClass.TaskShare task : tasks) {
      double ratio = task.ratio() * parent;
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("ratio", ratio);
      if (!task.tasks().isEmpty()) {
        node.put("tasks", tasks(task.tasks(), total ? ratio : 1.0, total));
      }
      tree.put(task.name(), node);
    }
    return tree;
  }

  /** Both trees: `per_class` and `total`. */
  public static Map<String, Object> trees(List<UserClass> classes, Map<String, ? extends Number> users) {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("per_class", tree(classes, users, false));
    both.put("total", tree(classes, users, true));
    return both;
  }

  /** The text of `--show-task-ratio-json`, without a line end. */
  public static String json(List<UserClass> classes, int users) {
    return PythonJson.indented(trees(classes, distribution(classes, users)));
  }

  /** The text of `--show-task-ratio`, with a line end after each line. */
  public static String text(List<UserClass> classes, int users) {
    Map<String, Long> distribution = distribution(classes, users);
    StringBuilder text = new StringBuilder();
    text.append("\n Task ratio per User class\n").append(RULE).append('\n');
    append(text, tree(classes, distribution, false), 0);
    text.append("\n Total task ratio\n").append(RULE).append('\n');
    append(text, tree(classes, distribution, true), 0);
    return text.toString();
  }

  private static void append(StringBuilder text, Map<?, ?> tree, int level) {
    String padding = "  ".repeat(level);
    tree.forEach((name, value) -> {
      Map<?, ?> node = (Map<?, ?>) value;
      String percent = PythonRepr.fixed((Double) node.get("ratio") * 100, 1);
      text.append(' ').append(padded(padding + padded(percent, 6), 10));
      text.append(' ').append(padded(padding + name, 50)).append('\n');
      if (node.get("tasks") instanceof Map<?, ?> tasks) {
        append(text, tasks, level + 1);
      }
    });
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }
}
