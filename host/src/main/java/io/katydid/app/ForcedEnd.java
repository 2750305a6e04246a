package io.katydid.app;

import io.katydid.log.IoReason;
import io.katydid.log.Log;
import io.katydid.runner.Runner;
import io.katydid.script.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * The end of a run that does not need Python. The orderly end calls listeners and waits for users; this one comes when
 * Python can no longer be called, or when somebody sends a second signal. It writes what has been counted, says why, leaves
 * a file with all threads, and ends the process.
 *
 * <p>Made by the main thread, which may itself be the one that waits for Python. {@link #begin} and {@link #now} may be
 * called by any thread, also by a signal's. The work is done on a thread of its own.
 */
public final class ForcedEnd implements AutoCloseable {
  /** How long what is written in the end may take before the process ends without. */
  private static final long WRITING_SECONDS = 20;
  private static final long LOOK_MILLIS = 500;
  /** How long Python may be out of reach at the end, after the users' time to finish. */
  private static final Duration PYTHON_PATIENCE = Duration.ofSeconds(20);

  /** What a run still has to say. */
  interface LastWords {
    /**
     * Writes what has been counted, without Python; called once, on a thread of its own.
     *
     * @return the exit code the run has without what forced its end
     */
    int say();
  }

  /**
   * What the end needs to know of a run.
   *
   * @param scripts the interpreters the orderly end needs
   * @param runner whose users have time to finish
   */
  private record Run(List<Script> scripts, Runner runner, Log log, LastWords lastWords) {
    /** How long Python may be out of reach while the run ends. */
    Duration patience() {
      return PYTHON_PATIENCE.plus(runner.stopTimeout());
    }
  }

  private final IntConsumer halt;
  private final Path folder;
  private final AtomicReference<Run> run = new AtomicReference<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean written = new AtomicBoolean();
  private final CountDownLatch writingOver = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * @param halt ends the process at once with an exit code
   * @param folder where the file with the threads goes
   */
  public ForcedEnd(IntConsumer halt, Path folder) {
    this.halt = halt;
    this.folder = folder;
  }

  /** From now on this run is the one that is ended. */
  void of(List<Script> scripts, Runner runner, Log log, LastWords lastWords) {
    run.set(new Run(scripts, runner, log, lastWords));
  }

  /** The orderly end begins: from now on Python has to answer. The first call counts. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      start(this::watch);
    }
  }

  /** Ends the run at once, with its results. */
  void now(int exitCode) {
    start(() -> end("A second signal: the run ends at once, without its listeners.", code -> exitCode));
  }

  /**
   * Whoever writes the results calls this first.
   *
   * @return false if they have been written, or are being written, by the other end
   */
  boolean mayWrite() {
    return written.compareAndSet(false, true);
  }

  /** Whoever had been allowed to write has done it. */
  void hasWritten() {
    writingOver.countDown();
  }

  private static void start(Runnable work) {
    Thread.ofPlatform().name("forced-end").daemon().start(work);
  }

  private void watch() {
    while (!closed) {
      Run present = run.get();
      if (present != null) {
        for (Script script : present.scripts()) {
          Duration patience = present.patience();
          if (!script.answers(patience) && !closed) {
            end(
                "Python has not answered for " + patience.toSeconds() + " seconds: a user's code keeps it, or it is lost."
                    + " The run ends without its listeners, with what has been counted.",
                code -> code == ExitCode.OK ? ExitCode.UNHANDLED : code);
            return;
          }
        }
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What decides about the exit code. */
  private interface Code {
    int of(int ofRun);
  }

  private void end(String why, Code code) {
    Run present = run.get();
    if (present == null) {
      halt.accept(code.of(ExitCode.OK));
      return;
    }
    present.log().error(why);
    int[] said = {ExitCode.OK};
    if (mayWrite()) {
      Thread.ofPlatform().name("last-words").daemon().start(() -> {
        try {
          said[0] = present.lastWords().say();
        } finally {
          hasWritten();
        }
      });
    }
    try {
      if (!writingOver.await(WRITING_SECONDS, TimeUnit.SECONDS)) {
        present.log().error("The results could not be written within " + WRITING_SECONDS + " seconds.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int exitCode = code.of(said[0]);
    present.log().info(whereThreadsAre(present.scripts()));
    present.log().info("Shutting down (exit code " + exitCode + ")");
    halt.accept(exitCode);
  }

  private String whereThreadsAre(List<Script> scripts) {
    Path file = folder.resolve("katydid-threads-" + ProcessHandle.current().pid() + ".txt");
    try {
      ThreadDump.write(file, scripts.stream().flatMap(script -> script.threads().stream()).toList());
      return "What all threads were doing is in " + file + ".";
    } catch (IOException | RuntimeException e) {
      String reason = e instanceof IOException io ? IoReason.of(io) : e.getMessage();
      return "What all threads were doing could not be written to " + file + ": " + reason + ".";
    }
  }

  /** The orderly end has come to its end. */
  @Override
  public void close() {
    closed = true;
  }
}
