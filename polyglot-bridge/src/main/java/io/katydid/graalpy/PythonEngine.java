package io.katydid.graalpy;

import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;

/** Makes the one engine of a process. Contexts on the same engine share compiled code. */
public final class PythonEngine {
  /**
   * One instance for all contexts (an engine insists on that). Everything is accessible: a locustfile is the user's own
   * code and may use Java as it likes.
   */
  static final HostAccess HOST_ACCESS = HostAccess.ALL;

  /** Calls and loop rounds after which a function is compiled; see docs/design/start-up.md. */
  private static final int CALLS_BEFORE_FIRST_COMPILATION = 5_000;

  private static final int CALLS_BEFORE_LAST_COMPILATION = 20_000;

  /**
   * Not compiled by themselves: each str.rpartition counts as a million loop rounds, so what an import calls would be
   * compiled first of all, and the compiler started for it. (docs/graalpy-issues)
   */
  private static final String NEVER_COMPILED =
      "~_find_and_load_unlocked,~bytecode find_spec at,~bytecode parent at,~StringBuiltins.rpartition,~StringBuiltins.rfind";

  private PythonEngine() {}

  public static Engine create() {
    try {
      // With a compiler the engine warns about virtual threads: what it warns of was tried, see docs/design.
      return builder()
          .option("engine.WarnVirtualThreadSupport", "false")
          .option("engine.DynamicCompilationThresholds", "false")
          .option("engine.FirstTierCompilationThreshold", String.valueOf(CALLS_BEFORE_FIRST_COMPILATION))
          .option("engine.LastTierCompilationThreshold", String.valueOf(CALLS_BEFORE_LAST_COMPILATION))
          .option("engine.CompileOnly", NEVER_COMPILED)
          .build();
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
