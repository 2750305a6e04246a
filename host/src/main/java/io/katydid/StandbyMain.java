package io.katydid;

import io.katydid.cli.QuickAnswers;
import io.katydid.standby.Standby;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Entry point of a process on standby: warms up, waits for one run that is handed over and makes it. Ends with {@link
 * QuickAnswers#GO_ON} after the run, so that the launcher starts the next.
 */
public final class StandbyMain {
  private final PrintStream err = System.err;

  private StandbyMain() {}

  /** The only word is the socket's file. */
  public static void main(String[] args) {
    WarmProcess.live(() -> new StandbyMain().run(Path.of(args[0])));
  }

  private int run(Path file) throws IOException {
    WarmProcess process;
    Optional<Standby.Run> run;
    try (Standby standby = Standby.at(file)) {
      Runtime.getRuntime().addShutdownHook(new Thread(standby::withdraw));
      process = WarmProcess.open();
      err.println("katydid: on standby for the next run, warming up");
      run = standby.await(process.surroundings(), announcementOf(process));
    }
    err.println("katydid: a run has begun: " + run.orElseThrow().program() + " " + String.join(" ", run.get().words()));
    return process.make(run.get());
  }

  /** Says once that the warm-up is over, and never that the waiting is. */
  private BooleanSupplier announcementOf(WarmProcess process) {
    boolean[] announced = {false};
    return () -> {
      if (!announced[0] && !process.warmingUp()) {
        announced[0] = true;
        err.println("katydid: warm. Ctrl-C ends it");
      }
      return true;
    };
  }
}
