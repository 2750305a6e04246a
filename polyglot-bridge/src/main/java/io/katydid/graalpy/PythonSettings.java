package io.katydid.graalpy;

import io.katydid.script.ThreadKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a context is set up.
 *
 * @param pythonPath folders in front of the standard library: our packages, then the user's
 * @param threads the kind of thread users run on
 * @param bytecodeCache where compiled `.pyc` files are kept; empty = nowhere
 * @param libraries the class loader of the user's Java libraries, or our own
 * @param environment the variables that Python sees
 * @param workingDirectory what relative paths in a locustfile refer to
 */
public record PythonSettings(
    List<Path> pythonPath, ThreadKind threads, Optional<Path> bytecodeCache, ClassLoader libraries,
    Map<String, String> environment, Path workingDirectory) {

  /** Whether a context made with these can serve where the others are asked for, once it is told what it can be told later. */
  boolean fit(PythonSettings others) {
    return UserThreads.of(threads) == UserThreads.of(others.threads) && libraries == others.libraries && bytecodeCache.equals(others.bytecodeCache);
  }
}
