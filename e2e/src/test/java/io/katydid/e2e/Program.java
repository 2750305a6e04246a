package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program under test as a child process with captured output. Killed when closed; nothing here waits longer than it is
 * told to.
 */
final class Program implements AutoCloseable {
  private final List<String> command;
  private final Process process;
  private final Capture out;
  private final Capture err;

  private Program(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.out = new Capture(process.getInputStream());
    this.err = new Capture(process.getErrorStream());
  }

  /** Starts a command in a folder with additional environment variables. */
  static Program start(Path folder, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("LOCUST_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      return new Program(command, process);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start " + command, e);
    }
  }

  /** Starts Katydid by its launcher. */
  static Program katydid(Path folder, String... arguments) {
    return katydid(folder, Map.of(), arguments);
  }

  /** The same with additional environment variables. */
  static Program katydid(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Peers.projectFolder().resolve("katydid").toString()));
    command.addAll(List.of(arguments));
    Map<String, String> all = new HashMap<>(environment);
    all.put("KATYDID_NO_BUILD", "1");
    return start(folder, all, command);
  }

  /** Waits for the end; the exit code. */
  int exitCode(int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        fail(command + " did not end within " + seconds + " s.\n" + transcript());
      }
      out.finish();
      err.finish();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until one of the outputs contains a text. */
  void expect(String text, int seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!err.text().contains(text) && !out.text().contains(text)) {
      if (System.nanoTime() > deadline || !process.isAlive() && out.finished() && err.finished()) {
        if (err.text().contains(text) || out.text().contains(text)) {
          return;
        }
        fail("'" + text + "' did not appear within " + seconds + " s in the output of " + command + "\n"
            + transcript());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String stdout() {
    return out.text();
  }

  String stderr() {
    return err.text();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Sends a signal by name, such as TERM or INT, to the process (the launcher execs, so it is the JVM). */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  String transcript() {
    return "--- stdout\n" + out.text() + "\n--- stderr\n" + err.text();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Collects one output of the process on a thread of its own. */
  private static final class Capture {
    private final StringBuffer text = new StringBuffer();
    private final Thread reader;

    Capture(InputStream stream) {
      reader =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try (stream) {
                      byte[] buffer = new byte[8192];
                      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                        text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                      }
                    } catch (IOException e) {
                      text.append("[output lost: ").append(e.getMessage()).append("]");
                    }
                  });
    }

    String text() {
      return text.toString();
    }

    boolean finished() {
      return !reader.isAlive();
    }

    void finish() throws InterruptedException {
      reader.join(5_000);
    }
  }
}
