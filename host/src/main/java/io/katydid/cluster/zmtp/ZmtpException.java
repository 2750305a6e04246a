package io.katydid.cluster.zmtp;

import java.io.IOException;

/** The other side has sent what ZMTP or a limit forbids. The text goes on from "it": `announced a frame of ...`. */
public final class ZmtpException extends IOException {
  private static final long serialVersionUID = 1L;

  public ZmtpException(String message) {
    super(message);
  }
}
