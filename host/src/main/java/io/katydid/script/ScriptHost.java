package io.katydid.script;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Makes interpreters and loads scripts into them. Found through {@link java.util.ServiceLoader}; one per process. */
public interface ScriptHost extends AutoCloseable {
  /**
   * What a script needs to know when it is loaded.
   *
   * @param folder what relative paths in a script refer to
   * @param files the locustfiles, resolved
   * @param threads what users run on
   * @param words the command line as the script sees it in `sys.argv`: the program's name, then its words
   * @param environment the variables as the script sees them in `os.environ`
   * @param progress hears, on the loading thread, what is done now, as in `last import: redis`
   */
  record Request(
      Path folder,
      List<Path> files,
      ThreadKind threads,
      List<String> words,
      Map<String, String> environment,
      Consumer<String> progress) {
    public Request(
        Path folder, List<Path> files, ThreadKind threads, List<String> words, Map<String, String> environment) {
      this(folder, files, threads, words, environment, step -> {});
    }
  }

  /** The one on the class path. */
  static ScriptHost find() {
    return ServiceLoader.load(ScriptHost.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no script host on the class path"));
  }

  /**
   * Opens a new interpreter and loads the files. May be called several times (`--processes`).
   *
   * @throws ScriptException with a message for the user if a file cannot be used
   */
  Script load(Request request) throws ScriptException;

  /**
   * Opens an interpreter for a script that is not known yet, and makes it as fast as it can while it waits. The next {@link
   * #load} takes it if its request fits, which may differ in all but the kind of threads and the Java libraries beside its files.
   *
   * @throws IOException if it cannot be made fast
   */
  void standBy(Request expected) throws IOException;

  /** Whether the interpreter of {@link #standBy} is still getting faster. */
  boolean warmingUp();

  /**
   * A Python program to run.
   *
   * @param words what stands behind `python` on a command line: a file, or `-m` and a module, or `-c` and code; then the
   *     program's own words
   * @param threads what its users and greenlets run on
   */
  record Program(List<String> words, ThreadKind threads) {}

  /** Runs a program in an interpreter of its own, on the calling thread; its exit code. */
  int run(Program program, Library library);

  /** Whether Python gets compiled; otherwise it runs in the interpreter. */
  boolean compiles();

  @Override
  void close();
}
