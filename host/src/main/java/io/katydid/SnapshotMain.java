package io.katydid;

import io.katydid.app.ExitCode;
import io.katydid.health.ProcessLoad;
import io.katydid.standby.Snapshot;
import io.katydid.standby.Standby;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Entry point of the process that {@code katydid prepare} puts on disk: warms up, waits until it has been brought back for a
 * run, and makes that run.
 */
public final class SnapshotMain {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** Of a core. The compilers go on for a while after the warm-up's last request. */
  private static final double QUIET = 0.1;
  private static final long MOST_WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(90);
  /** Whoever brings the process back has its run ready. */
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private SnapshotMain() {}

  /** The only word is the file to be created when the process may be put on disk. */
  public static void main(String[] args) {
    WarmProcess.live(() -> run(Path.of(args[0])));
  }

  private static int run(Path ready) throws IOException {
    Snapshot.giveUpRights();
    WarmProcess process = WarmProcess.open();
    awaitQuiet(process);
    System.gc();
    Optional<Path> socket = Snapshot.taken(ready);
    if (socket.isEmpty()) {
      return ExitCode.OK;
    }
    Optional<Standby.Run> run;
    try (Standby standby = Standby.at(socket.get())) {
      long began = System.nanoTime();
      run = standby.await(Snapshot.surroundings(process.surroundings()), () -> System.nanoTime() - began < MOST_WAIT_NANOS);
    }
    return run.isEmpty() ? ExitCode.OK : process.make(run.get());
  }

  /** Until the warm-up is over and its compilers are done. */
  private static void awaitQuiet(WarmProcess process) {
    long began = System.nanoTime();
    double load = 1;
    while ((process.warmingUp() || load > QUIET) && System.nanoTime() - began < MOST_WARM_UP_NANOS) {
      long from = System.nanoTime();
      long used = ProcessLoad.cpuNanos();
      LockSupport.parkNanos(LOOK_NANOS);
      load = (double) (ProcessLoad.cpuNanos() - used) / (System.nanoTime() - from);
    }
  }
}
