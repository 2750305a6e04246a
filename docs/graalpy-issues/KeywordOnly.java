import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * Calling a function with 17 parameters that have a default and may only be given by name, and one with the same
 * parameters that may also be given by position. With a compiler the call of the first becomes about 20,000 nodes of
 * compiled code, that of the second 600 (see the output of -Dpolyglot.engine.TraceCompilation=true).
 */
public class KeywordOnly {
  static final String SETUP =
      """
      import time
      NAMES = [f"p{number}=None" for number in range(17)]
      exec("def only(url, *, " + ", ".join(NAMES) + "): return url")
      exec("def also(url, " + ", ".join(NAMES) + "): return url")
      def measure(function):
          begun = time.perf_counter()
          for _ in range(100000):
              function("/", p3=1)
          return (time.perf_counter() - begun) / 100000 * 1e9
      """;

  public static void main(String[] args) {
    try (Context context = Context.newBuilder("python").allowAllAccess(true).option("engine.WarnInterpreterOnly", "false").build()) {
      context.eval("python", SETUP);
      Value measure = context.eval("python", "measure");
      for (int round = 0; round < 5; round++) {
        System.out.printf("only by name %6.0f ns, also by position %6.0f ns%n",
            measure.execute(context.eval("python", "only")).asDouble(),
            measure.execute(context.eval("python", "also")).asDouble());
      }
    }
  }
}
