package io.katydid;

import io.katydid.app.ExitCode;
import io.katydid.app.Launch;
import io.katydid.cli.QuickAnswers;
import io.katydid.health.CompilerDirectives;
import io.katydid.health.HeapKeeper;
import io.katydid.script.ScriptHost;
import io.katydid.standby.JavaEnvironment;
import io.katydid.standby.Standby;
import io.katydid.standby.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This process, as one that gets warm before its run is known and then makes that run. Used by the main thread. */
final class WarmProcess {
  private final Surroundings surroundings;
  private final ScriptHost host;
  private final JavaEnvironment javaEnvironment;

  private WarmProcess(Surroundings surroundings, ScriptHost host, JavaEnvironment javaEnvironment) {
    this.surroundings = surroundings;
    this.host = host;
    this.javaEnvironment = javaEnvironment;
  }

  /** What such a process does from its start to its exit code. */
  interface Life {
    int live() throws IOException;
  }

  /** The whole of such a process's main: ends it. */
  static void live(Life life) {
    CompilerDirectives.addNamed();
    int code;
    try (HeapKeeper keeper = HeapKeeper.open()) {
      code = life.live();
    } catch (IOException | IllegalStateException e) {
      System.err.println("katydid: error: " + e.getMessage());
      code = ExitCode.FAILED;
    }
    System.out.flush();
    System.exit(code);
  }

  /** Opens the interpreter and begins the warm-up. */
  static WarmProcess open() throws IOException {
    Map<String, String> environment = Map.copyOf(System.getenv());
    JavaEnvironment javaEnvironment = JavaEnvironment.open();
    Surroundings surroundings = Surroundings.own(environment);
    ScriptHost host = ScriptHost.find();
    Path folder = Path.of("").toRealPath();
    host.standBy(new ScriptHost.Request(folder, List.of(), Launch.threads(environment), List.of(), environment));
    return new WarmProcess(surroundings, host, javaEnvironment);
  }

  /** What a run's must be equal to. */
  Surroundings surroundings() {
    return surroundings;
  }

  boolean warmingUp() {
    return host.warmingUp();
  }

  /** Makes the run, tells its caller the exit code, and returns the code that tells the launcher that this was a run. */
  int make(Standby.Run run) throws IOException {
    run.begin();
    javaEnvironment.become(run.environment());
    Path home = Path.of(System.getProperty("user.home"));
    int ended =
        new Launch(run.program(), run.words(), run.environment(), run.folder(), home, System.out, System.err, () -> host,
                code -> halt(run, code))
            .run();
    System.out.flush();
    run.end(ended);
    return QuickAnswers.GO_ON;
  }

  /** The end without the orderly one; the caller gets its exit code all the same. */
  private static void halt(Standby.Run run, int code) {
    System.out.flush();
    run.end(code);
    Runtime.getRuntime().halt(QuickAnswers.GO_ON);
  }
}
