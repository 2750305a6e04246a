package io.katydid.cli;

import java.util.List;

/** Finds the option a user may have meant, by the share of letters in common (Ratcliff and Obershelp's measure). */
final class Suggestion {
  private static final double CLOSE_ENOUGH = 0.6;

  private Suggestion() {
  }

  /** The closest of the candidates, of equals the last in the alphabet, or null when none is close. */
  static String closest(String typed, List<String> candidates) {
    String best = null;
    double bestRatio = CLOSE_ENOUGH;
    for (String candidate : candidates) {
      double ratio = 2.0 * common(typed, candidate) / (typed.length() + candidate.length());
      if (ratio > bestRatio || ratio == bestRatio && (best == null || candidate.compareTo(best) > 0)) {
        best = candidate;
        bestRatio = ratio;
      }
    }
    return best;
  }

  /** Letters in the longest common piece, plus those in common left and right of it. */
  private static int common(String a, String b) {
    int length = 0;
    int startA = 0;
    int startB = 0;
    for (int i = 0; i < a.length(); i++) {
      for (int j = 0; j < b.length(); j++) {
        int k = 0;
        while (i + k < a.length() && j + k < b.length() && a.charAt(i + k) == b.charAt(j + k)) {
          k++;
        }
        if (k > length) {
          length = k;
          startA = i;
          startB = j;
        }
      }
    }
    if (length == 0) {
      return 0;
    }
    return length
        + common(a.substring(0, startA), b.substring(0, startB))
        + common(a.substring(startA + length), b.substring(startB + length));
  }
}
