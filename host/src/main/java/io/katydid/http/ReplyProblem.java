package io.katydid.http;

/**
 * Why a reply cannot be trusted: its headers contradict each other about where the body ends. What each client of Python says
 * about it; null = it takes the reply. Pure.
 */
record ReplyProblem(CallFailed forRequests, CallFailed forGevent) {
  static final ReplyProblem NONE = new ReplyProblem(null, null);

  // Numbers of llhttp's errors, which geventhttpclient shows.
  private static final int UNEXPECTED_CONTENT_LENGTH = 4;
  private static final int INVALID_CONTENT_LENGTH = 11;
  private static final int INVALID_TRANSFER_ENCODING = 15;
  private static final int MOST_DIGITS = 18;

  /** @param lengths values of Content-Length, joined with commas */
  static ReplyProblem of(String lengths, boolean chunked) {
    String text = lengths.strip();
    CallFailed forRequests = chunked || !contradicts(text) ? null : failure(
        "Content-Length contained multiple unmatching values (" + text + ")", 0);
    CallFailed forGevent = chunked
        ? failure("Transfer-Encoding can't be present with Content-Length", INVALID_TRANSFER_ENCODING)
        : strictly(text);
    return forRequests == null && forGevent == null ? NONE : new ReplyProblem(forRequests, forGevent);
  }

  private static CallFailed strictly(String text) {
    if (text.isEmpty()) {
      return failure("Empty Content-Length", INVALID_CONTENT_LENGTH);
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return contradicts(text)
            ? failure("Duplicate Content-Length", UNEXPECTED_CONTENT_LENGTH)
            : failure("Invalid character in Content-Length", INVALID_CONTENT_LENGTH);
      }
    }
    return text.length() > MOST_DIGITS + 1 ? failure("Content-Length overflow", INVALID_CONTENT_LENGTH) : null;
  }

  private static CallFailed failure(String message, int number) {
    return new CallFailed(Failure.Kind.BAD_REPLY_HEADER, message, number);
  }

  /** Whether several values are all numbers and not all the same. */
  private static boolean contradicts(String text) {
    if (text.indexOf(',') < 0) {
      return false;
    }
    long first = -1;
    boolean differ = false;
    for (String part : text.split(",", -1)) {
      long n = number(part);
      if (n < 0) {
        return false;
      }
      differ |= first >= 0 && n != first;
      first = n;
    }
    return differ;
  }

  /** The length as urllib3 takes it: -1 where it is no number. More than anybody sends is as good as endless. */
  static long length(String lengths) {
    long length = -1;
    for (String part : lengths.split(",", -1)) {
      length = number(part);
      if (length < 0) {
        return -1;
      }
    }
    return length;
  }

  private static long number(String part) {
    String text = part.strip();
    int i = text.startsWith("+") ? 1 : 0;
    if (i == text.length()) {
      return -1;
    }
    long n = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      n = n > Long.MAX_VALUE / 10 - 1 ? Long.MAX_VALUE : n * 10 + c - '0';
    }
    return n;
  }

  /** Throws what a client with these rules says about it. */
  void check(ClientRules rules) throws CallFailed {
    CallFailed mine = rules == ClientRules.REQUESTS ? forRequests : forGevent;
    if (mine != null) {
      throw mine;
    }
  }
}
