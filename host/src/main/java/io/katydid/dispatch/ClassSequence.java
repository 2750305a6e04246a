package io.katydid.dispatch;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Which class the next user is of: missing users of fixed count classes first, then by weight. A block of fixed users,
 * once begun, is finished before anything else.
 */
final class ClassSequence {
  private final List<DispatchClass> classes;
  private final int[] chosen;
  private final WeightedSequence weighted = new WeightedSequence();
  private WeightedSequence fixedBlock;
  private int fixedLeft;

  /**
   * @param classes all classes, sorted by name
   * @param chosen indexes of the classes to take users from, ascending
   */
  ClassSequence(List<DispatchClass> classes, int[] chosen) {
    this.classes = classes;
    this.chosen = chosen;
    for (int index : chosen) {
      if (!classes.get(index).fixed()) {
        weighted.add(index, classes.get(index).weight());
      }
    }
  }

  /** True in the middle of a block of fixed users: missing ones are not to be counted again yet. */
  boolean insideFixedBlock() {
    return fixedLeft > 0;
  }

  /**
   * Begins a block with the users that fixed count classes lack; {@code running} tells how many of a class there are.
   */
  void beginFixedBlock(IntUnaryOperator running) {
    fixedBlock = new WeightedSequence();
    for (int index : chosen) {
      DispatchClass userClass = classes.get(index);
      int missing = userClass.fixed() ? userClass.fixedCount() - running.applyAsInt(index) : 0;
      if (missing > 0) {
        fixedBlock.add(index, missing);
        fixedLeft += missing;
      }
    }
  }

  /** Index of the next user's class, or {@link WeightedSequence#NOTHING}. */
  int next() {
    if (fixedLeft > 0) {
      fixedLeft--;
      return fixedBlock.next();
    }
    return weighted.next();
  }
}
