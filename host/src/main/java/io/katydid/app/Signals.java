package io.katydid.app;

import java.util.List;
import sun.misc.Signal;

/**
 * Turns SIGINT and SIGTERM into reasons for the main thread, so that users are stopped and nothing counted is lost. A
 * second SIGINT or SIGTERM ends the run at once, with its results; a third ends the process.
 */
final class Signals {
  private static final int SIGNAL_EXIT_BASE = 128;

  private Signals() {}

  /** Until there is a test that could be stopped: a signal ends the process, without a word. */
  static void endAtOnce() {
    for (String name : List.of("INT", "TERM")) {
      Signal.handle(
          new Signal(name), signal -> Runtime.getRuntime().halt(SIGNAL_EXIT_BASE + signal.getNumber()));
    }
  }

  static void report(Ending ending, ForcedEnd forcedEnd) {
    handle("INT", Ending.Reason.INTERRUPTED, ending, forcedEnd);
    handle("TERM", Ending.Reason.TERMINATED, ending, forcedEnd);
  }

  private static void handle(String name, Ending.Reason reason, Ending ending, ForcedEnd forcedEnd) {
    Signal.handle(
        new Signal(name),
        first -> {
          ending.report(reason);
          forcedEnd.begin();
          Signal.handle(
              first,
              second -> {
                Signal.handle(second, third -> Runtime.getRuntime().halt(SIGNAL_EXIT_BASE + third.getNumber()));
                forcedEnd.now(SIGNAL_EXIT_BASE + second.getNumber());
              });
        });
  }
}
