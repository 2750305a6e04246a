package io.katydid.http;

import java.io.IOException;

/**
 * Carries a {@link Failure} from where it was seen up to the session. Never leaves this package; has no stack trace.
 */
final class CallFailed extends IOException {
  private static final long serialVersionUID = 1;

  final transient Failure.Kind kind;
  final int errno;

  CallFailed(Failure.Kind kind, String message) {
    this(kind, message, 0);
  }

  CallFailed(Failure.Kind kind, String message, int errno) {
    super(message);
    this.kind = kind;
    this.errno = errno;
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
