package io.katydid.graalpy;

import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;

/**
 * Makes the one engine of a process, whose contexts share the compiler. They share code only as long as no collection comes
 * between their loading of it (docs/graalpy-issues/ForgottenModules.java).
 */
public final class PythonEngine {
  /**
   * One instance for all contexts (an engine insists on that). Everything is accessible: a locustfile is the user's own
   * code and may use Java as it likes.
   */
  static final HostAccess HOST_ACCESS = HostAccess.ALL;

  private PythonEngine() {}

  public static Engine create() {
    try {
      // With a compiler the engine warns about virtual threads: what it warns of was tried, see docs/design.
      return builder().option("engine.WarnVirtualThreadSupport", "false").build();
    } catch (IllegalArgumentException e) {
      // Without a compiler there is no such option.
      return builder().build();
    }
  }

  private static Engine.Builder builder() {
    return Engine.newBuilder("python").allowExperimentalOptions(true).option("engine.WarnInterpreterOnly", "false");
  }

  /** Whether Python is compiled (a Graal compiler is there) or only interpreted. */
  public static boolean compiles(Engine engine) {
    return !"Interpreted".equals(engine.getImplementationName());
  }
}
