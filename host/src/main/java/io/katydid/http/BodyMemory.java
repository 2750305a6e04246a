package io.katydid.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the large bodies may take that are being read and decompressed at the same time: all of a context's users
 * together. So a server that sends what never ends, or a few megabytes that decompress to gigabytes, makes requests fail and not the
 * process. Any thread.
 */
final class BodyMemory {
  /** Of the heap. As much again is taken for a moment when pieces are put together, and by what Python makes of a body. */
  private static final int SHARE = 4;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  BodyMemory() {
    this(Runtime.getRuntime().maxMemory() / SHARE);
  }

  BodyMemory(long most) {
    this.most = most;
  }

  /** How much there is for all. */
  long most() {
    return most;
  }

  /** Takes so many bytes; false if there are not as many left. Who has taken some gives them back. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
