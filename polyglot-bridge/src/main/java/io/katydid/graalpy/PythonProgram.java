package io.katydid.graalpy;

import io.katydid.script.Library;
import java.util.List;
import org.graalvm.polyglot.Value;
import sun.misc.Signal;

/**
 * A Python program in a context of its own, which may use Locust as a library. Runs on the calling thread, the program's
 * main thread. Ctrl-C is a KeyboardInterrupt there; the second one ends the process.
 */
final class PythonProgram {
  private static final int INTERRUPTED_EXIT = 130;

  private final PythonContext context;

  PythonProgram(PythonContext context, Library library) {
    this.context = context;
    context.host().offerLibrary(new LibraryPort(context, library));
  }

  /** Runs to its end; the exit code. */
  int run(List<String> words) {
    return context.call(
        () -> {
          raiseOnInterrupt(PythonThread.current(), context.eval("KeyboardInterrupt()"));
          return context.member("_katydid_program", "run").execute(words).asInt();
        });
  }

  private static void raiseOnInterrupt(PythonThread main, Value interrupt) {
    Signal.handle(
        new Signal("INT"),
        signal -> {
          Signal.handle(signal, again -> Runtime.getRuntime().halt(INTERRUPTED_EXIT));
          main.throwIn(interrupt);
        });
  }
}
