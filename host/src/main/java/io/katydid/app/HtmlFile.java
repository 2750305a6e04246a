package io.katydid.app;

import io.katydid.console.HtmlReport;
import io.katydid.console.TestConsole;
import io.katydid.log.IoReason;
import io.katydid.log.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The file of `--html`. The orderly end of a run and the forced one may both come to write it, at the same time: the first that
 * has the whole report writes it, the other one waits for that. Any thread.
 */
final class HtmlFile {
  private enum State { MISSING, WRITTEN, FAILED }

  private final Supplier<Path> path;
  private final Supplier<String> report;
  private final Log log;
  /** Guarded by this. */
  private State state = State.MISSING;

  /**
   * @param path where it goes; null = no file is wanted
   * @param report makes the whole text; may wait for Python, so for ever
   */
  HtmlFile(Supplier<Path> path, Supplier<String> report, Log log) {
    this.path = path;
    this.report = report;
    this.log = log;
  }

  /** False if there should be a report and it could not be written. */
  boolean write() {
    if (path == null) {
      return true;
    }
    String text = settled() ? null : report.get();
    synchronized (this) {
      if (state == State.MISSING) {
        state = write(path.get(), text) ? State.WRITTEN : State.FAILED;
      }
      return state == State.WRITTEN;
    }
  }

  private synchronized boolean settled() {
    return state != State.MISSING;
  }

  private boolean write(Path file, String text) {
    try {
      log.debug("Writing html report to file: " + file);
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.writeString(file, text);
      return true;
    } catch (IOException e) {
      log.error("The HTML report " + file + " cannot be written: " + IoReason.of(e));
      return false;
    }
  }

  /** The report as text. */
  static String text(TestConsole console, boolean dark) {
    StringBuilder text = new StringBuilder();
    try {
      ServiceLoader.load(HtmlReport.class)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no HTML report on the class path"))
          .write(console, dark, null, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
