package io.katydid.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Locust's notation for a length of time: {@code 20}, {@code 20s}, {@code 3m}, {@code 1h20m}, {@code 3h30m10s}. */
public final class TimeSpan {
  private static final Pattern PLAIN = Pattern.compile("\\d{1,9}");
  private static final Pattern PARTS = Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int SECONDS_PER_HOUR = 3600;

  private TimeSpan() {
  }

  /**
   * The length in whole seconds.
   *
   * @throws IllegalArgumentException with Locust's sentence
   */
  public static int seconds(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("Invalid time span format");
    }
    if (PLAIN.matcher(text).matches()) {
      return Integer.parseInt(text);
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw invalid();
    }
    long sum = part(parts, 1) * SECONDS_PER_HOUR + part(parts, 2) * SECONDS_PER_MINUTE + part(parts, 3);
    if (sum > Integer.MAX_VALUE) {
      throw invalid();
    }
    return (int) sum;
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        "Invalid time span format. Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.");
  }
}
