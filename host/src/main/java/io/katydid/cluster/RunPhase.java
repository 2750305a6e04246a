package io.katydid.cluster;

import java.util.Locale;

/** The state of a master's run, spelled as Locust does (spec wire-protocol, section 8). */
public enum RunPhase {
  READY,
  SPAWNING,
  RUNNING,
  STOPPING,
  STOPPED;

  /** The name on the wire and in the web API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether users are being started or are running. */
  public boolean active() {
    return this == SPAWNING || this == RUNNING;
  }
}
