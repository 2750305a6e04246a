package io.katydid;

import io.katydid.app.Launch;
import io.katydid.health.CompilerDirectives;
import io.katydid.health.HeapKeeper;
import io.katydid.script.ScriptHost;
import java.nio.file.Path;
import java.util.List;

/** Entry point. The only place that ends the process. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    CompilerDirectives.addNamed();
    String program = System.getProperty("katydid.prog", "katydid");
    Path home = Path.of(System.getProperty("user.home"));
    int code;
    try (HeapKeeper keeper = HeapKeeper.open()) {
      code =
          new Launch(program, List.of(args), System.getenv(), Path.of("").toAbsolutePath(), home, System.out, System.err,
                  ScriptHost::find, Main::halt)
              .run();
    }
    System.out.flush();
    // Users' threads may still be in a call that nobody can end; the process ends all the same.
    System.exit(code);
  }

  /** The end without the orderly one: nothing that is still to be closed is waited for. */
  private static void halt(int code) {
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
