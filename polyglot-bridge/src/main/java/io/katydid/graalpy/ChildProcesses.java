package io.katydid.graalpy;

import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.graalvm.polyglot.io.ProcessHandler;

/**
 * Starts the programs that Python asks for. GraalPy's own way keeps what is written to a program in a buffer until the pipe is
 * closed, so nobody can talk with it; and it gives a program only pipes or our own streams, never a file. One per context;
 * called by the thread that is in Python.
 */
final class ChildProcesses implements ProcessHandler {
  private record Files(String input, String output, String error) {}

  /** What the calling thread has said of the program it is about to start. */
  private final ThreadLocal<Files> next = new ThreadLocal<>();

  /** The next program that the calling thread starts reads and writes these files; null: what Python asks for. */
  void next(String input, String output, String error) {
    next.set(new Files(input, output, error));
  }

  @Override
  public Process start(ProcessCommand command) throws IOException {
    Files files = next.get();
    next.remove();
    ProcessBuilder builder = new ProcessBuilder(command.getCommand());
    if (command.getDirectory() != null) {
      builder.directory(new File(command.getDirectory()));
    }
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(command.getEnvironment());
    builder.redirectInput(redirect(command.getInputRedirect()));
    builder.redirectOutput(redirect(command.getOutputRedirect()));
    builder.redirectError(redirect(command.getErrorRedirect()));
    // Of a program that inherits both GraalPy says that its errors go where its output goes.
    boolean inheritsBoth =
        command.getOutputRedirect() == Redirect.INHERIT && command.getErrorRedirect() == Redirect.INHERIT;
    builder.redirectErrorStream(command.isRedirectErrorStream() && !inheritsBoth);
    if (files != null) {
      to(builder, files);
    }
    return new Child(builder.start());
  }

  private static void to(ProcessBuilder builder, Files files) {
    if (files.input != null) {
      builder.redirectInput(new File(files.input));
    }
    if (files.output != null) {
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(files.output)));
    }
    if (files.error != null) {
      boolean same = files.error.equals(files.output);
      builder.redirectErrorStream(same);
      if (!same) {
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(files.error)));
      }
    }
  }

  private static ProcessBuilder.Redirect redirect(Redirect wanted) {
    return wanted == Redirect.INHERIT ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.PIPE;
  }

  /** The JDK's process, but what is written to it arrives at once. As safe with threads as that. */
  private static final class Child extends Process {
    private final Process process;
    private final OutputStream input;

    Child(Process process) {
      this.process = process;
      this.input = new FilterOutputStream(process.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          out.write(bytes, offset, length);
          out.flush();
        }

        @Override
        public void write(int one) throws IOException {
          out.write(one);
          out.flush();
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return input;
    }

    @Override
    public InputStream getInputStream() {
      return process.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return process.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
      return process.waitFor(timeout, unit);
    }

    @Override
    public int exitValue() {
      return process.exitValue();
    }

    @Override
    public void destroy() {
      process.destroy();
    }

    @Override
    public Process destroyForcibly() {
      process.destroyForcibly();
      return this;
    }

    @Override
    public boolean supportsNormalTermination() {
      return process.supportsNormalTermination();
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public ProcessHandle toHandle() {
      return process.toHandle();
    }

    @Override
    public CompletableFuture<Process> onExit() {
      return process.onExit().thenApply(ended -> this);
    }

    @Override
    public ProcessHandle.Info info() {
      return process.info();
    }

    @Override
    public Stream<ProcessHandle> children() {
      return process.children();
    }

    @Override
    public Stream<ProcessHandle> descendants() {
      return process.descendants();
    }
  }
}
