package io.katydid.graalpy;

import com.oracle.graal.python.runtime.PythonContext;
import com.oracle.truffle.api.source.Source;

/**
 * Truffle's language for native functions, which GraalPy sets up at the first C module that is imported: parsing XML, an
 * unusual regular expression, sqlite3. It waits then for every thread that is in the context, and those that wait in Java
 * never answer. So it is set up while there is only one thread.
 */
final class NativeFunctions {
  private NativeFunctions() {}

  /** Called on the first thread of a context, inside of it. */
  static void setUp() {
    PythonContext.get(null).getEnv().parseInternal(Source.newBuilder("nfi", "default", "native").internal(true).build()).call();
  }
}
