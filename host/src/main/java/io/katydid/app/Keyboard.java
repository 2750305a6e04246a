package io.katydid.app;

import io.katydid.log.Log;
import io.katydid.runner.Runner;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Single keys on a terminal while a test runs: w/W more users, s/S fewer, Enter opens the web UI (cli.md section 2,
 * "Keyboard"). One daemon thread reads; closing gives the terminal its line mode back. Where standard input is no
 * terminal there is no keyboard.
 */
final class Keyboard implements AutoCloseable {
  private static final double RATE = 100;
  private static final long POLL_MILLIS = 200;
  /** Were this process put into the background, the terminal would stop whoever changes its mode. */
  private static final long STTY_SECONDS = 2;

  private final Runner runner;
  private final Log log;
  private final Runnable onEnter;
  private final String savedMode;
  private volatile boolean closed;

  private Keyboard(Runner runner, Log log, Runnable onEnter, String savedMode) {
    this.runner = runner;
    this.log = log;
    this.onEnter = onEnter;
    this.savedMode = savedMode;
  }

  /** Begins to listen, if there is a terminal. */
  static Optional<Keyboard> listen(Runner runner, Log log, Runnable onEnter) {
    // Spares a process where there is none. (A console of Java's wants standard output to be one too.)
    String mode = TerminalInput.mayBeTerminal() && !TerminalInput.inBackground() ? stty("-g") : null;
    if (mode == null || mode.isBlank()) {
      log.debug("Terminal was not a tty. Keyboard input disabled");
      return Optional.empty();
    }
    stty("-icanon", "-echo", "min", "0");
    Keyboard keyboard = new Keyboard(runner, log, onEnter, mode.strip());
    Thread.ofPlatform().name("keyboard").daemon().start(keyboard::read);
    return Optional.of(keyboard);
  }

  private void read() {
    InputStream in = System.in;
    try {
      while (!closed) {
        if (in.available() > 0) {
          press(in.read());
        } else {
          Thread.sleep(POLL_MILLIS);
        }
      }
    } catch (IOException e) {
      log.debug("The keyboard can no longer be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void press(int key) {
    switch (key) {
      case 'w' -> change(1);
      case 'W' -> change(10);
      case 's' -> change(-1);
      case 'S' -> change(-10);
      case '\n', '\r' -> onEnter.run();
      default -> { }
    }
  }

  private void change(int users) {
    if (runner.state().equals("spawning")) {
      log.warning(
          users > 0
              ? "Already spawning users, can't spawn more right now"
              : "Spawning users, can't stop right now");
      return;
    }
    runner.start(Math.max(0, runner.userCount() + users), RATE, null);
  }

  /** Runs `stty` on the terminal of this process; its output, or null if there is none to run or it does not end. */
  private static String stty(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return null;
      }
      return process.exitValue() == 0 ? new String(process.getInputStream().readAllBytes()) : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void close() {
    closed = true;
    stty(savedMode);
  }
}
