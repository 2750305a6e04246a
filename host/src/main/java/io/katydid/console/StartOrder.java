package io.katydid.console;

import java.util.List;

/**
 * What the start form asks for, checked.
 *
 * @param users total number of users; ignored with a shape
 * @param spawnRate users per second; ignored with a shape
 * @param host base URL for the classes, or null to keep what is set
 * @param runTimeSeconds limit of the run, or null for none
 * @param userClasses names of the classes to run, or null for the ones selected before
 * @param shapeClass name of the shape to run; "" for none although the script has one (class picker); null to keep what
 *     is set
 * @param keepsRunTime a run that is on keeps its limit, whatever {@code runTimeSeconds} is
 */
public record StartOrder(
    int users,
    double spawnRate,
    String host,
    Double runTimeSeconds,
    List<String> userClasses,
    String shapeClass,
    boolean keepsRunTime) {
  public StartOrder(
      int users, double spawnRate, String host, Double runTimeSeconds, List<String> userClasses, String shapeClass) {
    this(users, spawnRate, host, runTimeSeconds, userClasses, shapeClass, false);
  }
}
