package io.katydid.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body read while it is sent; its errors are told apart from the network's. Belongs to the sending thread. */
final class UploadStream extends FilterInputStream {
  UploadStream(InputStream source) {
    super(source);
  }

  @Override
  public int read(byte[] target, int from, int n) throws IOException {
    try {
      return in.read(target, from, n);
    } catch (IOException | RuntimeException e) {
      throw new CallFailed(Failure.Kind.SOURCE, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** The source belongs to the caller. */
  @Override
  public void close() {}
}
