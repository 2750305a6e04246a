package io.katydid.http;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Something that some threads hand over and another takes, all that there is at a time, without a lock and without a node for
 * each. {@link #push} is for any thread; what has been taken belongs to the taker.
 */
abstract class Chained<T extends Chained<T>> {
  /** The one handed over before this. */
  T before;
  /** The one handed over after it; known once they have been taken in order. */
  T next;

  /** Hands `item` over after what waits at `last`. */
  static <T extends Chained<T>> void push(AtomicReference<T> last, T item) {
    T before;
    do {
      before = last.get();
      item.before = before;
    } while (!last.compareAndSet(before, item));
  }

  /** The first of those up to `last`, each with the next; null for none. */
  static <T extends Chained<T>> T inOrder(T last) {
    T first = null;
    for (T each = last; each != null; each = each.before) {
      each.next = first;
      first = each;
    }
    return first;
  }
}
