package io.katydid.script;

import java.nio.file.Path;
import java.util.List;

/** Makes interpreters and loads scripts into them. Found through {@link java.util.ServiceLoader}; one per process. */
public interface ScriptHost extends AutoCloseable {
  /**
   * What a script needs to know when it is loaded.
   *
   * @param files the locustfiles, resolved
   * @param virtualThreads whether users run on virtual threads
   * @param words the command line as the script sees it in `sys.argv`: the program's name, then its words
   */
  record Request(List<Path> files, boolean virtualThreads, List<String> words) {}

  /**
   * Opens a new interpreter and loads the files. May be called several times (`--processes`).
   *
   * @throws ScriptException with a message for the user if a file cannot be used
   */
  Script load(Request request) throws ScriptException;

  /**
   * A Python program to run.
   *
   * @param words what stands behind `python` on a command line: a file, or `-m` and a module, or `-c` and code; then the
   *     program's own words
   * @param virtualThreads whether its users and greenlets run on virtual threads
   */
  record Program(List<String> words, boolean virtualThreads) {}

  /** Runs a program in an interpreter of its own, on the calling thread; its exit code. */
  int run(Program program, Library library);

  /** Whether Python gets compiled; otherwise it runs in the interpreter. */
  boolean compiles();

  @Override
  void close();
}
