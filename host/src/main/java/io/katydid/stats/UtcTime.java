package io.katydid.stats;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as reports show them. Pure functions. */
public final class UtcTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private UtcTime() {}

  /** Seconds since 1970 as `2026-11-23T17:56:22Z`, the fraction cut off. */
  public static String format(double epochSeconds) {
    return FORMAT.format(Instant.ofEpochSecond((long) epochSeconds));
  }
}
