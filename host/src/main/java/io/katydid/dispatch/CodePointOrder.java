package io.katydid.dispatch;

import java.util.Comparator;

/** Strings by code point, as Python sorts them; {@link String#compareTo} differs beyond U+FFFF. */
enum CodePointOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        boolean bothOrNeitherPaired = Character.isSurrogate(a.charAt(i)) == Character.isSurrogate(b.charAt(i));
        return bothOrNeitherPaired
            ? Character.compare(a.charAt(i), b.charAt(i))
            : Boolean.compare(Character.isSurrogate(a.charAt(i)), Character.isSurrogate(b.charAt(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
