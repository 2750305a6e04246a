package io.katydid.http;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Reads the dates of Expires in all the forms servers send, by the token rules of RFC 6265 section 5.1.1. Pure. */
final class CookieDate {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private CookieDate() {}

  /** Epoch seconds, or {@link Cookie#SESSION} if that is no date. Times are GMT whatever zone they name. */
  static long epochSeconds(String text) {
    int day = -1;
    int month = -1;
    int year = -1;
    int[] time = null;
    for (String token : text.toLowerCase(Locale.ROOT).split("[^a-z0-9:]+")) {
      if (time == null && token.indexOf(':') > 0) {
        time = time(token);
      } else if (month < 0 && token.length() >= 3 && MONTHS.contains(token.substring(0, 3))) {
        month = MONTHS.indexOf(token.substring(0, 3)) + 1;
      } else if (token.matches("\\d{1,4}")) {
        int number = Integer.parseInt(token);
        if (day < 0 && token.length() <= 2) {
          day = number;
        } else if (year < 0) {
          year = number < 70 ? number + 2000 : number < 100 ? number + 1900 : number;
        }
      }
    }
    if (day < 0 || month < 0 || year < 0 || time == null) {
      return Cookie.SESSION;
    }
    try {
      return Math.max(0, LocalDateTime.of(year, month, day, time[0], time[1], time[2]).toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Cookie.SESSION;
    }
  }

  private static int[] time(String token) {
    String[] parts = token.split(":");
    int[] time = new int[3];
    for (int i = 0; i < parts.length && i < 3; i++) {
      if (!parts[i].matches("\\d{1,2}")) {
        return null;
      }
      time[i] = Integer.parseInt(parts[i]);
    }
    return time;
  }
}
