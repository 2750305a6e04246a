package io.katydid.stats;

import java.util.Comparator;

/** The order of rows in every report: by name, then method, comparing code points as Python does. */
final class EntryOrder {
  static final Comparator<String> BY_CODE_POINT = EntryOrder::compareCodePoints;
  static final Comparator<StatsEntry> BY_NAME_THEN_METHOD =
      Comparator.comparing(StatsEntry::name, BY_CODE_POINT).thenComparing(StatsEntry::method, BY_CODE_POINT);

  private EntryOrder() {}

  private static int compareCodePoints(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        return Character.isSurrogate(left) == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
