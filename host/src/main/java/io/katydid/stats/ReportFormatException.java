package io.katydid.stats;

/** A worker's report is not what the protocol says; the message names the field. Nothing of it has been counted. */
public final class ReportFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  ReportFormatException(String message) {
    super(message);
  }
}
