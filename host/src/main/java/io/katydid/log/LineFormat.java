package io.katydid.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Turns a record into Locust's line: {@code [2026-11-23 17:53:46,231] host/INFO/locust.main: text}. */
public final class LineFormat {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  private final String host;
  private final DateTimeFormatter time;

  /** {@code hostName} is shortened at its first dot. */
  public LineFormat(String hostName, ZoneId zone) {
    int dot = hostName.indexOf('.');
    this.host = dot < 0 ? hostName : hostName.substring(0, dot);
    this.time = TIME.withZone(zone);
  }

  /** The line without a line end. Any thread. */
  public String line(Instant when, Level level, String logger, String message) {
    return new StringBuilder(64 + message.length())
        .append('[').append(time.format(when)).append("] ")
        .append(host).append('/').append(level).append('/').append(logger).append(": ")
        .append(message).toString();
  }
}
