package io.katydid;

import io.katydid.app.ExitCode;
import io.katydid.app.Launch;
import io.katydid.cli.QuickAnswers;
import io.katydid.health.CompilerDirectives;
import io.katydid.health.HeapKeeper;
import io.katydid.script.ScriptHost;
import io.katydid.standby.Standby;
import io.katydid.standby.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Entry point of a process on standby: warms up, waits for one run that is handed over and makes it. Ends with {@link
 * QuickAnswers#GO_ON} after the run, so that the launcher starts the next.
 */
public final class StandbyMain {
  private final Path folder = Path.of("").toAbsolutePath();
  private final PrintStream err = System.err;

  private StandbyMain() {}

  /** The only word is the socket's file. */
  public static void main(String[] args) {
    CompilerDirectives.addNamed();
    int code;
    try (HeapKeeper keeper = HeapKeeper.open()) {
      code = new StandbyMain().run(Path.of(args[0]));
    } catch (IOException | IllegalStateException e) {
      System.err.println("katydid: error: " + e.getMessage());
      code = ExitCode.FAILED;
    }
    System.out.flush();
    System.exit(code);
  }

  private int run(Path file) throws IOException {
    Standby.Run run;
    ScriptHost host;
    try (Standby standby = Standby.at(file)) {
      Runtime.getRuntime().addShutdownHook(new Thread(standby::withdraw));
      host = ScriptHost.find();
      host.standBy(new ScriptHost.Request(List.of(), Launch.virtualThreads(System.getenv()), List.of(), System.getenv()));
      err.println("katydid: on standby for the next run in " + folder + ", warming up");
      run = standby.await(Surroundings.own(folder, System.getenv()), announcementOf(host));
    }
    err.println("katydid: a run has begun: " + run.program() + " " + String.join(" ", run.words()));
    run.begin();
    Path home = Path.of(System.getProperty("user.home"));
    Map<String, String> environment = run.environment();
    int code =
        new Launch(run.program(), run.words(), environment, folder, home, System.out, System.err, () -> host).run();
    System.out.flush();
    run.end(code);
    return QuickAnswers.GO_ON;
  }

  /** Says once that the warm-up is over. */
  private Runnable announcementOf(ScriptHost host) {
    boolean[] announced = {false};
    return () -> {
      if (!announced[0] && !host.warmingUp()) {
        announced[0] = true;
        err.println("katydid: warm. Ctrl-C ends it");
      }
    };
  }
}
