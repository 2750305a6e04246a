package io.katydid.http;

import java.io.IOException;

/** A body ended before all of it had come. Never leaves this package; has no stack trace. */
final class CutBody extends IOException {
  private static final long serialVersionUID = 1;

  /** Of what was due last: the whole body, or a piece of a chunk. */
  final long bytesRead;
  final long bytesMissing;

  CutBody(long bytesRead, long bytesMissing) {
    super("IncompleteRead(" + bytesRead + " bytes read, " + bytesMissing + " more expected)");
    this.bytesRead = bytesRead;
    this.bytesMissing = bytesMissing;
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
