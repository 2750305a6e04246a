package io.katydid.runner;

import java.util.Locale;

/** The states of a run, spelled as Locust does on the wire and in the web API (wire-protocol.md section 3). */
public enum RunnerState {
  READY,
  SPAWNING,
  RUNNING,
  CLEANUP,
  STOPPING,
  STOPPED;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether users are being started or are running. */
  public boolean active() {
    return this == SPAWNING || this == RUNNING;
  }
}
