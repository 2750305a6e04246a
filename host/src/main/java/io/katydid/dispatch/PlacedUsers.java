package io.katydid.dispatch;

import java.util.Arrays;

/** The users placed so far, last one on top: worker and class of each, two ints a user. */
final class PlacedUsers {
  private int[] workers = new int[64];
  private int[] classes = new int[64];
  private int size;

  void push(int worker, int userClass) {
    if (size == workers.length) {
      workers = Arrays.copyOf(workers, size * 2);
      classes = Arrays.copyOf(classes, size * 2);
    }
    workers[size] = worker;
    classes[size] = userClass;
    size++;
  }

  /** Removes the top; {@link #poppedWorker} and {@link #poppedClass} then tell what it was. */
  void pop() {
    size--;
  }

  int poppedWorker() {
    return workers[size];
  }

  int poppedClass() {
    return classes[size];
  }

  void clear() {
    size = 0;
  }
}
