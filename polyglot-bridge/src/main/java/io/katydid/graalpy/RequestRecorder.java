package io.katydid.graalpy;

/**
 * Where the statistics of a context's requests go. Called by the user's own thread, outside the gate for plain requests
 * and inside it for those a script has judged itself; must not block and must be safe for many threads.
 */
@FunctionalInterface
public interface RequestRecorder {
  /** Given as the time of a request that is counted but not timed. */
  long NOT_TIMED = -1;

  /**
   * Counts one finished request.
   *
   * @param method request type as the script wrote it
   * @param name the statistics row
   * @param responseTimeNanos time of the exchange, or {@link #NOT_TIMED}
   * @param length bytes of the decoded body
   * @param error Python's repr of the exception if the request failed, else null
   */
  void record(String method, String name, long responseTimeNanos, long length, String error);
}
