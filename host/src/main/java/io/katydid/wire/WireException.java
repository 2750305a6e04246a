package io.katydid.wire;

/** Bytes that are no message, or data that cannot travel in one. The text is one sentence for the log. */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
