package io.katydid.stats;

/**
 * One kind of failure, as it is at one moment. Immutable.
 *
 * @param key what it is counted under; a sha256 in hex, other dialects have their own
 * @param method request type
 * @param name request name
 * @param error the error's text or Python repr, object addresses masked
 * @param shown the text for people; in a local run that of the exception, in a distributed one cut out of the repr
 * @param occurrences how often
 * @param firstSeen seconds since 1970, NaN if unknown (workers that do not report it)
 * @param lastSeen seconds since 1970, NaN if unknown
 */
public record StatsError(
    String key,
    String method,
    String name,
    String error,
    String shown,
    long occurrences,
    double firstSeen,
    double lastSeen) {

  /** The line of the console's error report. */
  public String displayText() {
    return method + " " + name + ": " + shown;
  }
}
