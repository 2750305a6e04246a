package io.katydid.script;

import java.time.Duration;

/**
 * One running user. Started by {@link Script#spawn}; runs on its own thread until it ends by itself or is stopped.
 * All methods may be called from any thread and never run user code on the caller's thread.
 */
public interface ScriptUser {
  String userClass();

  boolean alive();

  /**
   * Asks the user to end before its next task or wait; a waiting user ends at once. `on_stop` runs on the user's
   * thread.
   */
  void stopGracefully();

  /** Ends the user at its next blocking call, and a loop without one too. `on_stop` still runs. */
  void kill();

  /** Whether it has obeyed a {@link #kill} and is at its `on_stop`, which may take its time. */
  boolean leaves();

  /** Waits for the end; true if the user has ended. */
  boolean join(Duration timeout) throws InterruptedException;
}
