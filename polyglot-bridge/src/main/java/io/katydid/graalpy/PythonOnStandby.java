package io.katydid.graalpy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A context that was opened before its script is known, and warms up with both kinds of HTTP clients. Code is compiled for
 * a context, so the script must be loaded into this very one. Made and taken once, by the main thread.
 *
 * @param settings what the context was opened with
 */
record PythonOnStandby(PythonSettings settings, PythonContext context, IdleWarmUp warmUp) {
  private static final long MOST_END_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Begins the warm-up, where Python is compiled.
   *
   * @throws IOException if there is no port for its server
   */
  static PythonOnStandby open(PythonSettings settings, PythonContext context) throws IOException {
    IdleWarmUp warmUp = new IdleWarmUp(context);
    context.run(() -> context.module("_katydid_standby").invokeMember("prepare"));
    if (context.compiles()) {
      warmUp.begin(context.call(() -> PlainData.strings(context.member("_katydid_warm_up", "KINDS"))));
    }
    return new PythonOnStandby(settings, context, warmUp);
  }

  /**
   * The context, with the variables, the working directory and the path of the run that begins now. Its warm-up is over, or
   * its users do their last turn.
   */
  PythonContext take(PythonSettings run) {
    end();
    context.threads().wanted(run.threads());
    context.run(
        () ->
            context
                .module("_katydid_standby")
                .invokeMember(
                    "begin",
                    run.environment(),
                    run.workingDirectory().toString(),
                    texts(settings.pythonPath()),
                    texts(run.pythonPath())));
    return context;
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  private void end() {
    warmUp.end();
    long began = System.nanoTime();
    while (warmUp.working() && System.nanoTime() - began < MOST_END_NANOS) {
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Nobody needs it. */
  void close() {
    end();
    context.close();
    warmUp.closeServer();
  }
}
