package io.katydid.http;

/** URLs as they would be sent, for scripts that prepare a request before they send it. Pure. */
public final class PreparedUrl {
  private PreparedUrl() {}

  /** Why the URL cannot be used, or null. */
  public static Failure problem(String raw) {
    try {
      Url.parse(raw, null);
      return null;
    } catch (CallFailed e) {
      return new Failure(e.kind, e.getMessage(), raw, "", 0, 0, 0, -1, 0);
    }
  }

  /** The quoted URL; of one with a problem the text as given. */
  public static String text(String raw) {
    try {
      return Url.parse(raw, null).text();
    } catch (CallFailed e) {
      return raw;
    }
  }
}
