package io.katydid.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a peer has sent without trusting it: what is missing or of another kind is the default, lists end. */
final class PeerData {
  /** More user classes than any test has. */
  private static final int MOST_COUNTS = 10_000;
  /** As many log lines as Locust's workers keep. */
  private static final int MOST_LINES = 500;

  private static final int LONGEST_TOLD = 300;

  private PeerData() {
  }

  /** A peer's word as it is told in a sentence: not longer than a name needs to be. */
  static String told(String word) {
    return word == null || word.length() <= LONGEST_TOLD ? word : word.substring(0, LONGEST_TOLD) + "...";
  }

  /** The data as a map, empty if it is none. */
  static Map<?, ?> map(Object data) {
    return data instanceof Map<?, ?> map ? map : Map.of();
  }

  static String text(Object value, String otherwise) {
    return value instanceof String text ? text : otherwise;
  }

  static double number(Object value, double otherwise) {
    return value instanceof Number number && Double.isFinite(number.doubleValue()) ? number.doubleValue() : otherwise;
  }

  static long whole(Object value, long otherwise) {
    return value instanceof Number number ? number.longValue() : otherwise;
  }

  /** Names to numbers; entries of another kind, negative numbers and what is too much are left out. */
  static Map<String, Integer> counts(Object value) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    map(value).forEach((name, count) -> {
      if (counts.size() < MOST_COUNTS && name instanceof String text && count instanceof Long number && number >= 0
          && number <= Integer.MAX_VALUE) {
        counts.put(text, number.intValue());
      }
    });
    return counts;
  }

  /** The last five hundred elements as text. */
  static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.subList(Math.max(0, list.size() - MOST_LINES), list.size())
          .forEach(element -> texts.add(String.valueOf(element)));
    }
    return texts;
  }
}
