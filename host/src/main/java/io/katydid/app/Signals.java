package io.katydid.app;

import sun.misc.Signal;

/**
 * Turns SIGINT and SIGTERM into reasons for the main thread, so that users are stopped and nothing counted is lost. A
 * second SIGINT or SIGTERM ends the process at once.
 */
final class Signals {
  private static final int SIGNAL_EXIT_BASE = 128;

  private Signals() {}

  static void report(Ending ending) {
    handle("INT", Ending.Reason.INTERRUPTED, ending);
    handle("TERM", Ending.Reason.TERMINATED, ending);
  }

  private static void handle(String name, Ending.Reason reason, Ending ending) {
    Signal.handle(
        new Signal(name),
        signal -> {
          ending.report(reason);
          Signal.handle(
              signal, again -> Runtime.getRuntime().halt(SIGNAL_EXIT_BASE + again.getNumber()));
        });
  }
}
