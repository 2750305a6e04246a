package io.katydid.cluster;

/** Where the cluster's log lines go, by level. May be called by any thread. */
public interface ClusterLog {
  void debug(String line);

  void info(String line);

  void warning(String line);

  void error(String line);

  /** A failure that is our own bug, or somebody's listener's. */
  void error(String line, Throwable cause);
}
