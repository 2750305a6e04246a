package io.katydid;

import io.katydid.app.ProgramLaunch;
import io.katydid.health.CompilerDirectives;
import java.nio.file.Path;
import java.util.List;

/** Entry point of `katydid python`. Ends the process, as {@link Main} does for runs from the command line. */
public final class PythonMain {
  private PythonMain() {}

  public static void main(String[] args) {
    CompilerDirectives.addNamed();
    String program = System.getProperty("katydid.prog", "katydid");
    Path home = Path.of(System.getProperty("user.home"));
    Path cwd = Path.of("").toAbsolutePath();
    int code =
        new ProgramLaunch(program, List.of(args), System.getenv(), cwd, home, System.out, System.err).run();
    System.out.flush();
    // Greenlets of the program may still run; as with Python and gevent they end with it.
    System.exit(code);
  }
}
