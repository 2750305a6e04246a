package io.katydid.cluster;

/** A socket cannot be opened. The text tells the user what to do. */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
