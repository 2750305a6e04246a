package io.katydid.web;

import io.katydid.console.TestSetup;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** File names of downloads: start of the test, locustfile, host. Only letters, digits, dot, dash and underscore. */
final class DownloadName {
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH'h'mm");
  private static final int MAX_PART = 100;

  private DownloadName() {}

  /**
   * @param kind the last word, or "" for none
   * @param extension without the dot
   */
  static String of(TestSetup setup, double startEpochSeconds, String kind, String extension) {
    Instant start = Instant.ofEpochMilli((long) (startEpochSeconds * 1000));
    String time = MINUTES.format(start.atZone(ZoneId.systemDefault()));
    StringBuilder name = new StringBuilder("Locust_").append(time).append('_').append(safe(setup.locustfile()));
    if (setup.host() != null && !setup.host().isEmpty()) {
      name.append('_').append(safe(setup.host()));
    }
    if (!kind.isEmpty()) {
      name.append('_').append(kind);
    }
    return name.append('.').append(extension).toString();
  }

  /** What a browser would make of the text when it saves the file: every other character becomes an underscore. */
  private static String safe(String text) {
    String cleaned = text.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[._]+", "");
    return cleaned.length() > MAX_PART ? cleaned.substring(0, MAX_PART) : cleaned;
  }
}
