package io.katydid.dispatch;

/**
 * What the dispatcher must know of a user class.
 *
 * @param name unique name
 * @param weight share among the classes without a fixed count; 0 = never chosen
 * @param fixedCount number of users wanted before any weighted one is placed; 0 = by weight
 */
public record DispatchClass(String name, double weight, int fixedCount) {

  public DispatchClass {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("A user class needs a name.");
    }
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("The weight of " + name + " must be zero or a positive number, not "
          + weight + ".");
    }
    if (fixedCount < 0) {
      throw new IllegalArgumentException("The fixed_count of " + name + " must not be negative, but is "
          + fixedCount + ".");
    }
  }

  boolean fixed() {
    return fixedCount != 0;
  }
}
